<?php
/**
 * The hash of a cart, which binds a decision to what was bought. The definition: js/docs/cart-hash.md.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * SHA-256 over the canonical JSON (RFC 8785) of a cart.
 */
final class CartHash {
	/**
	 * The hash, in lower-case hex.
	 *
	 * @param array $cart With `lines` and `total`, as it is sent.
	 */
	public static function of( array $cart ): string {
		$lines = array_map( array( self::class, 'line' ), $cart['lines'] );
		return hash( 'sha256', '{"lines":[' . implode( ',', $lines ) . '],"total":' . self::money( $cart['total'] ) . '}' );
	}

	/**
	 * A line; keys in sorted order.
	 */
	private static function line( array $line ): string {
		return sprintf(
			'{"amount":%s,"name":%s,"quantity":%d,"sku":%s}',
			self::money( $line['amount'] ),
			self::text( $line['name'] ),
			$line['quantity'],
			self::text( $line['sku'] )
		);
	}

	/**
	 * An amount.
	 */
	private static function money( array $money ): string {
		return sprintf( '{"currency":%s,"minor":%d}', self::text( $money['currency'] ), $money['minor'] );
	}

	/**
	 * A text, escaped only where JSON demands it; `JSON_UNESCAPED_LINE_TERMINATORS` because PHP escapes two characters more.
	 */
	private static function text( string $text ): string {
		return (string) wp_json_encode( $text, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_LINE_TERMINATORS );
	}
}
