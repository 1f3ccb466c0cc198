<?php
/**
 * The customer's way to what is open: the token of `<tresen-account>`.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\TresenError;

/**
 * A customer has one link at a time, about everything of theirs that is open; a new one takes the place of the one before, also of
 * that in a mail. So one is asked for only when somebody looks, and only where the last one no longer leads anywhere.
 */
final class PayLink {
	private const META = '_tresen_paylink';

	/**
	 * Tokens that were looked at in this request.
	 *
	 * @var array<string, string|null>
	 */
	private static $seen = array();

	/**
	 * The token for an order; null where nothing is owed by a claim, or nobody answers. All open orders of a customer have the same.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function token( $order ): ?string {
		$client     = Plugin::instance()->client();
		$receivable = OrderRecord::of( $order )->receivable();
		if ( null === $client || '' === $receivable ) {
			return null;
		}
		try {
			$kept = self::kept( $order );
			if ( ( $kept['until'] ?? 0 ) > time() + HOUR_IN_SECONDS && in_array( $receivable, $kept['about'], true ) && self::leads_somewhere( $client, $kept['token'] ) ) {
				return $kept['token'];
			}
			$issued = $client->pay_link( $receivable );
			self::keep(
				$order,
				array(
					'token' => $issued['token'],
					'until' => (int) strtotime( $issued['expires_at'] ),
					'about' => self::open_claims( $order, $receivable ),
				)
			);
			self::$seen[ $issued['token'] ] = $issued['token'];
			Log::is_well( 'pay link of order ' . $order->get_id() );
			return $issued['token'];
		} catch ( TresenError $error ) {
			Log::error( 'pay link of order ' . $order->get_id(), $error );
			return null;
		}
	}

	/**
	 * Whether a token still does. A mail that was sent since has brought another one.
	 */
	private static function leads_somewhere( $client, string $token ): bool {
		if ( ! array_key_exists( $token, self::$seen ) ) {
			try {
				$state                = $client->pay_link_state( $token )['state'] ?? '';
				self::$seen[ $token ] = in_array( $state, array( 'superseded', 'expired' ), true ) ? null : $token;
			} catch ( \Tresen\WooCommerce\Service\ApiError $error ) {
				self::$seen[ $token ] = null;
			}
		}
		return null !== self::$seen[ $token ];
	}

	/**
	 * The claims that a new link is about: the customer's open ones, and the one that was looked at.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function open_claims( $order, string $receivable ): array {
		$about = array( $receivable );
		if ( $order->get_customer_id() > 0 ) {
			foreach ( wc_get_orders(
				array(
					'customer_id' => $order->get_customer_id(),
					'type'        => 'shop_order',
					'limit'       => 50,
					// phpcs:disable WordPress.DB.SlowDBQuery -- of one customer.
					'meta_key'    => OrderRecord::META_OPEN,
					'meta_value'  => 'yes',
					// phpcs:enable
				)
			) as $other ) {
				$about[] = OrderRecord::of( $other )->receivable();
			}
		}
		return array_values( array_unique( array_filter( $about ) ) );
	}

	/**
	 * What is kept: with the customer, of a guest with the order.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function kept( $order ): array {
		$customer = (int) $order->get_customer_id();
		$kept     = $customer > 0 ? get_user_meta( $customer, self::META, true ) : ( OrderRecord::of( $order )->all()['paylink'] ?? array() );
		return is_array( $kept ) && is_array( $kept['about'] ?? null ) ? $kept : array();
	}

	/**
	 * Keeps it.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function keep( $order, array $link ): void {
		$customer = (int) $order->get_customer_id();
		if ( $customer > 0 ) {
			update_user_meta( $customer, self::META, $link );
		} else {
			OrderRecord::of( $order )->set( array( 'paylink' => $link ) );
			$order->save();
		}
	}
}
