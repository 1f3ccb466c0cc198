<?php
/**
 * Amounts: WooCommerce has decimals, the service whole minor units of the currency.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

/**
 * Turns one into the other, by the currency's own digits and not by how many the shop shows.
 *
 * Nothing is multiplied as a float: 19.99 as a float is a little less.
 */
final class Money {
	/**
	 * Currencies without two digits (ISO 4217).
	 */
	private const DIGITS = array(
		0 => 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF',
		3 => 'BHD IQD JOD KWD LYD OMR TND',
		4 => 'CLF UYW',
	);

	/**
	 * How many digits a currency has behind the point.
	 */
	public static function digits( string $currency ): int {
		foreach ( self::DIGITS as $digits => $currencies ) {
			if ( in_array( $currency, explode( ' ', $currencies ), true ) ) {
				return $digits;
			}
		}
		return 2;
	}

	/**
	 * Whole minor units; half of one goes away from zero.
	 *
	 * @param string|float|int|null $amount As WooCommerce has it.
	 */
	public static function minor( $amount, string $currency ): int {
		$text = is_string( $amount ) ? trim( $amount ) : number_format( (float) $amount, 8, '.', '' );
		if ( ! preg_match( '/^(-?)(\d{0,13})(?:\.(\d*))?$/', $text, $parts ) || '' === $text || '-' === $text ) {
			// Texts such as `1e3` are numbers too.
			return is_numeric( $text ) ? self::minor( (float) $text, $currency ) : 0;
		}
		$digits   = self::digits( $currency );
		$fraction = str_pad( $parts[3] ?? '', $digits + 1, '0' );
		$minor    = (int) ( $parts[2] . substr( $fraction, 0, $digits ) );
		$minor   += (int) $fraction[ $digits ] >= 5 ? 1 : 0;
		return '-' === $parts[1] ? -$minor : $minor;
	}

	/**
	 * As the service has it.
	 *
	 * @param string|float|int|null $amount As WooCommerce has it.
	 */
	public static function of( $amount, string $currency ): array {
		return self::of_minor( self::minor( $amount, $currency ), $currency );
	}

	/**
	 * As the service has it.
	 */
	public static function of_minor( int $minor, string $currency ): array {
		return array(
			'minor'    => $minor,
			'currency' => $currency,
		);
	}

	/**
	 * As WooCommerce has it.
	 *
	 * @param array $money As the service has it.
	 */
	public static function decimal( array $money ): string {
		$digits = self::digits( (string) $money['currency'] );
		$minor  = (int) $money['minor'];
		$text   = str_pad( (string) abs( $minor ), $digits + 1, '0', STR_PAD_LEFT );
		$whole  = 0 === $digits ? $text : substr( $text, 0, -$digits ) . '.' . substr( $text, -$digits );
		return ( $minor < 0 ? '-' : '' ) . $whole;
	}

	/**
	 * Whether two are one amount.
	 *
	 * @param mixed $one   What may be an amount.
	 * @param array $other An amount.
	 */
	public static function same( $one, array $other ): bool {
		return is_array( $one ) && ( $one['minor'] ?? null ) === $other['minor'] && ( $one['currency'] ?? null ) === $other['currency'];
	}
}
