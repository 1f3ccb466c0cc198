<?php
/**
 * What methods are called before somebody calls them otherwise.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

use Tresen\WooCommerce\Settings;

/**
 * A policy names its methods for machines; a merchant reads words.
 */
final class Names {
	/**
	 * The word for a kind of method; the kind itself where it is none of the policy's.
	 */
	public static function of_kind( string $kind ): string {
		$words = array(
			'invoice'     => __( 'Invoice', 'tresen' ),
			'pay_later'   => __( 'Pay later', 'tresen' ),
			'instalments' => __( 'Instalments', 'tresen' ),
			'sepa_debit'  => __( 'SEPA direct debit', 'tresen' ),
			'card'        => __( 'Card', 'tresen' ),
			'wallet'      => __( 'Wallet', 'tresen' ),
			'prepayment'  => __( 'Prepayment', 'tresen' ),
		);
		return $words[ $kind ] ?? $kind;
	}

	/**
	 * The word for a method: that of its kind, but for ids of the ready policies that say more.
	 */
	public static function of_method( string $method ): string {
		$more  = array(
			'company_invoice' => __( 'Invoice for companies', 'tresen' ),
			'paypal'          => 'PayPal',
			'eps'             => 'eps',
			'ideal'           => 'iDEAL',
		);
		$kinds = Settings::get( 'kinds' );
		return $more[ $method ] ?? self::of_kind( (string) ( $kinds[ $method ] ?? $method ) );
	}

	/**
	 * The words for all methods of the policy, or for all kinds before a decision has named any; where two would read the same, each
	 * has its id behind it.
	 *
	 * @return array<string, string> By their ids.
	 */
	public static function of_policy(): array {
		$kinds = Settings::get( 'kinds' );
		$names = array();
		foreach ( array() === $kinds ? array( 'card', 'wallet', 'sepa_debit', 'invoice', 'pay_later', 'instalments', 'prepayment' ) : array_keys( $kinds ) as $method ) {
			$names[ (string) $method ] = self::of_method( (string) $method );
		}
		return self::apart( $names );
	}

	/**
	 * Names that differ: those that do not are followed by their ids.
	 *
	 * @param array<string, string> $names By their ids.
	 * @return array<string, string>
	 */
	public static function apart( array $names ): array {
		$count = array_count_values( $names );
		foreach ( $names as $id => $name ) {
			$names[ $id ] = $count[ $name ] > 1 ? $name . ' (' . $id . ')' : $name;
		}
		return $names;
	}
}
