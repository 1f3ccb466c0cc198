<?php
/**
 * What was refused in this visit.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Facts\Purchase;

/**
 * A method that was refused for a purchase is not offered for the same purchase again; for another one the service is asked anew. A
 * payment that failed is remembered for the whole visit.
 */
final class Declines {
	private const NAME = 'tresen_declined';
	private const MAX  = 20;

	/**
	 * The service has refused a method for this purchase.
	 */
	public static function refused( string $gateway, Purchase $purchase ): void {
		self::add( $gateway . '|' . self::hash( $purchase ) );
	}

	/**
	 * A payment by a method has failed.
	 */
	public static function failed( string $gateway ): void {
		self::add( $gateway . '|' );
	}

	/**
	 * Whether a method is not to be offered for this purchase.
	 */
	public static function hold( string $gateway, Purchase $purchase ): bool {
		$all = self::all();
		return in_array( $gateway . '|', $all, true ) || in_array( $gateway . '|' . self::hash( $purchase ), $all, true );
	}

	/**
	 * What was refused so far.
	 *
	 * @return string[]
	 */
	private static function all(): array {
		$shop = WC();
		$all  = $shop && $shop->session ? $shop->session->get( self::NAME ) : null;
		return is_array( $all ) ? $all : array();
	}

	/**
	 * One more.
	 */
	private static function add( string $what ): void {
		$shop = WC();
		if ( $shop && $shop->session ) {
			$shop->session->set( self::NAME, array_slice( array_unique( array_merge( self::all(), array( $what ) ) ), -self::MAX ) );
		}
	}

	/**
	 * The purchase, apart from who buys.
	 */
	private static function hash( Purchase $purchase ): string {
		return substr( hash( 'sha256', (string) wp_json_encode( $purchase->client_facts() ) ), 0, 32 );
	}
}
