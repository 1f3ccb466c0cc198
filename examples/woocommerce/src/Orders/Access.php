<?php
/**
 * The customer's own account on the shop's pages: the token of `<tresen-account>`.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\TresenError;

/**
 * WooCommerce has checked who looks: signed in, or with the order's own key. So here stands more than behind the link in a mail, and the
 * link stays what it is. A token is told once and ends by itself: each page opens an access of its own, and none is kept.
 */
final class Access {
	/**
	 * How long it counts: as long as somebody may leave a page open and come back to it.
	 */
	private const MINUTES = 60;

	/**
	 * Whose account it is, of an order with a claim; null of every other order.
	 *
	 * @param \WC_Order $order The order.
	 * @return string[]|null `customers` or `guests`, and the number under which the service knows the person.
	 */
	public static function person( $order ): ?array {
		$record = OrderRecord::of( $order );
		$person = $record->all()['person'] ?? null;
		return '' !== $record->receivable() && is_array( $person ) && 2 === count( $person ) ? $person : null;
	}

	/**
	 * A token for the account of whoever placed an order, opened at that order; null where nothing is owed by a claim, or nobody answers.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function token( $order ): ?string {
		$client = Plugin::instance()->client();
		$person = self::person( $order );
		if ( null === $client || null === $person ) {
			return null;
		}
		$doing = 'account of order ' . $order->get_id();
		try {
			$token = $client->open_account( $person[0], $person[1], OrderRecord::of( $order )->receivable(), self::MINUTES )['token'];
			Log::is_well( $doing );
			return $token;
		} catch ( TresenError $error ) {
			Log::error( $doing, $error );
			return null;
		}
	}
}
