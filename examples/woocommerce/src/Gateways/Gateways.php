<?php
/**
 * Which gateways stand under the policy: ours, and those of other plugins that the merchant has put there.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

use Tresen\WooCommerce\Settings;

/**
 * The list, and what may be asked of it.
 */
final class Gateways {
	/**
	 * Ours, by the kind of method that each stands for.
	 */
	private const KINDS = array(
		'tresen_invoice'     => 'invoice',
		'tresen_pay_later'   => 'pay_later',
		'tresen_instalments' => 'instalments',
		'tresen_sepa_debit'  => 'sepa_debit',
		'tresen_prepayment'  => 'prepayment',
	);

	/**
	 * Kinds by which the goods are never sent before the money is there, or is somebody else's risk.
	 */
	private const SAFE = array( 'prepayment', 'card', 'wallet' );

	/**
	 * The filter `woocommerce_payment_gateways`.
	 *
	 * @param array $classes Names of classes.
	 */
	public static function register( $classes ): array {
		return array_merge( (array) $classes, array( Invoice::class, PayLater::class, Instalments::class, SepaDebit::class, Prepayment::class ) );
	}

	/**
	 * Ours, by their ids.
	 *
	 * @return Gateway[]
	 */
	public static function own(): array {
		$own = array();
		foreach ( self::all() as $gateway ) {
			if ( $gateway instanceof Gateway ) {
				$own[ $gateway->id ] = $gateway;
			}
		}
		return $own;
	}

	/**
	 * Every gateway under the policy, with the id of its method. Which of several methods of one kind an own gateway stands for is
	 * known only with a decision: `Decision::method_for_gateway()`.
	 *
	 * @return array<string, string>
	 */
	public static function under_policy(): array {
		return array_intersect_key( self::KINDS, self::own() ) + self::mapping();
	}

	/**
	 * Whether a gateway stands under the policy.
	 */
	public static function is_under_policy( string $gateway ): bool {
		return '' !== self::kind( $gateway ) || '' !== self::mapped_method( $gateway );
	}

	/**
	 * The kind of one of ours; empty for one that is not.
	 */
	public static function kind( string $gateway ): string {
		return self::KINDS[ $gateway ] ?? '';
	}

	/**
	 * Gateways of other plugins, with the ids of their methods.
	 *
	 * @return array<string, string>
	 */
	public static function mapping(): array {
		$mapping = Settings::get( 'mapping' );
		return is_array( $mapping ) ? array_filter( array_diff_key( $mapping, self::KINDS ), 'is_string' ) : array();
	}

	/**
	 * The method under which another plugin's gateway stands; empty where it stands under none.
	 */
	public static function mapped_method( string $gateway ): string {
		return (string) ( self::mapping()[ $gateway ] ?? '' );
	}

	/**
	 * Whether a gateway may be used while nobody can decide: it bears no credit risk, or stands under no policy.
	 */
	public static function is_safe( string $gateway ): bool {
		$kind   = self::kind( $gateway );
		$method = self::mapped_method( $gateway );
		if ( '' === $kind && '' === $method ) {
			return true;
		}
		$kinds = Settings::get( 'kinds' );
		// Of a method that no decision has named yet, the name is all there is.
		$kind = '' === $kind ? (string) ( is_array( $kinds ) ? ( $kinds[ $method ] ?? $method ) : $method ) : $kind;
		return in_array( $kind, self::SAFE, true );
	}

	/**
	 * What a gateway is called.
	 */
	public static function title( string $gateway ): string {
		$all = self::all();
		return isset( $all[ $gateway ] ) ? wp_strip_all_tags( (string) $all[ $gateway ]->get_title() ) : $gateway;
	}

	/**
	 * What stands in its box.
	 */
	public static function description( string $gateway ): string {
		$all = self::all();
		return isset( $all[ $gateway ] ) ? (string) $all[ $gateway ]->get_description() : '';
	}

	/**
	 * All that WooCommerce has, by their ids.
	 *
	 * @return \WC_Payment_Gateway[]
	 */
	private static function all(): array {
		$shop = function_exists( 'WC' ) ? WC() : null;
		$all  = array();
		foreach ( $shop ? $shop->payment_gateways()->payment_gateways() : array() as $gateway ) {
			$all[ $gateway->id ] = $gateway;
		}
		return $all;
	}
}
