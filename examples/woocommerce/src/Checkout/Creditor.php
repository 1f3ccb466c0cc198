<?php
/**
 * Whether mandates of this shop name their creditor.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Settings;

/**
 * A mandate without the creditor's identifier is none (SEPA Direct Debit Core Rulebook, AT-02; EU 260/2012, annex no. 3). The service
 * remarks that of a policy and offers the method all the same; here it is not sold. Where the provider has a mandate of its own the
 * policy's method names no such consent.
 */
final class Creditor {
	/** The text of the service that is a mandate. */
	private const MANDATE = 'sepa_debit';

	private const GATEWAY = 'tresen_sepa_debit';

	/**
	 * Whether a method asks for a mandate in the merchant's own name.
	 */
	public static function is_needed( array $method ): bool {
		return self::MANDATE === ( $method['consent'] ?? '' );
	}

	/**
	 * Whether any of these is sold by us and asks for one.
	 *
	 * @param array[] $methods Of `preview`.
	 */
	public static function is_needed_for( array $methods ): bool {
		return self::is_sold() && array() !== array_filter( $methods, array( self::class, 'is_needed' ) );
	}

	/**
	 * Whether the policy of a session names the creditor, which its hash does not tell; null where nobody answers.
	 */
	public static function is_named( Client $client, string $session ): ?bool {
		try {
			$is_named = '' !== (string) ( $client->checkout( $session )['merchant']['creditor_id'] ?? '' );
		} catch ( TresenError $error ) {
			return null;
		}
		if ( Settings::get( 'lacks_creditor' ) === $is_named ) {
			Settings::set( array( 'lacks_creditor' => ! $is_named ) );
		}
		return $is_named;
	}

	/**
	 * Whether direct debit is switched on, and is not offered because the policy lacks the identifier.
	 */
	public static function is_missing(): bool {
		return self::is_sold() && Settings::get( 'lacks_creditor' );
	}

	/**
	 * Whether the merchant has switched direct debit on.
	 */
	private static function is_sold(): bool {
		return 'yes' === ( Gateways::own()[ self::GATEWAY ]->enabled ?? 'no' );
	}
}
