<?php
/**
 * What the page is told of a decision: docs/frontend.md has its form.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Gateways\Gateways;

/**
 * The offer of a cart or an order, as JSON for scripts.
 */
final class BlocksOffer {
	/**
	 * The offer for the current cart.
	 *
	 * @return array
	 */
	public static function of_cart() {
		return self::of( Plugin::instance()->decider()->for_cart() );
	}

	/**
	 * The offer for an order that is still to be paid.
	 *
	 * @param \WC_Order $order The order.
	 * @return array
	 */
	public static function of_order( $order ) {
		return self::of( Plugin::instance()->decider()->for_order( $order ) );
	}

	/**
	 * The offer of a decision.
	 *
	 * @param Checkout\Decision|null $decision Null where the service does not answer.
	 * @return array
	 */
	private static function of( $decision ) {
		$methods = array();
		$names   = array();
		foreach ( Gateways::under_policy() as $gateway => $method ) {
			$decided = null === $decision ? null : $decision->method_for_gateway( $gateway );
			$method  = $decided['id'] ?? $method;

			$methods[ $gateway ] = array(
				'method'  => $method,
				'allowed' => null === $decision ? Gateways::is_safe( $gateway ) : $decision->allows( $gateway ),
			);
			$names[ $method ]    = wp_strip_all_tags( Gateways::title( $gateway ) );
		}
		if ( null === $decision ) {
			return array(
				'available' => false,
				'methods'   => $methods,
			);
		}
		return array(
			'available'   => true,
			'session'     => $decision->session(),
			'publicKey'   => Settings::publishable_key(),
			'api'         => Proxy::address(),
			'widget'      => plugins_url( 'widget/', TRESEN_FILE ),
			'locale'      => self::locale(),
			'addressForm' => self::address_form(),
			'facts'       => (object) $decision->facts(),
			'methods'     => $methods,
			'names'       => $names,
		);
	}

	/**
	 * The page's language, as browsers write it.
	 *
	 * @return string
	 */
	public static function locale() {
		return str_replace( '_', '-', preg_replace( '/_(formal|informal)$/', '', determine_locale() ) );
	}

	/**
	 * German has two ways to speak to a person: WordPress calls `de_DE` what says du, and `de_DE_formal` what says Sie.
	 *
	 * @return string
	 */
	public static function address_form() {
		$locale = determine_locale();
		return 0 === strpos( $locale, 'de' ) && false === strpos( $locale, 'formal' ) ? 'du' : 'sie';
	}
}
