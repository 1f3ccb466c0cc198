<?php
/**
 * What the page is told of a decision: docs/frontend.md has its form.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Checkout\AvailableGateways;
use Tresen\WooCommerce\Facts\CartPurchase;
use Tresen\WooCommerce\Facts\OrderPurchase;
use Tresen\WooCommerce\Facts\Purchase;
use Tresen\WooCommerce\Gateways\Gateways;

/**
 * The offer of a cart or an order, as JSON for scripts.
 */
final class BlocksOffer {
	/**
	 * The offer for the current cart; nobody is asked before somebody looks at the checkout.
	 *
	 * @return array
	 */
	public static function of_cart() {
		$purchase = is_checkout() || self::is_checkout_seen() ? CartPurchase::current() : null;
		return null === $purchase ? array( 'available' => false ) : self::of( $purchase );
	}

	/**
	 * The offer for an order that is still to be paid.
	 *
	 * @param \WC_Order $order The order.
	 * @return array
	 */
	public static function of_order( $order ) {
		return self::of( new OrderPurchase( $order ) );
	}

	/**
	 * Whether this visitor has come as far as the checkout.
	 *
	 * @return bool
	 */
	private static function is_checkout_seen() {
		$shop = WC();
		return $shop && $shop->session && $shop->session->get( AvailableGateways::SEEN );
	}

	/**
	 * The offer for what is bought.
	 *
	 * @param Purchase $purchase A cart or an order.
	 * @return array
	 */
	private static function of( $purchase ) {
		$decision = Plugin::instance()->decider()->decide( $purchase );
		$gateways = Gateways::under_policy();
		$offered  = AvailableGateways::remaining( $gateways, $purchase, $decision );
		$methods  = array();
		$names    = array();
		foreach ( $gateways as $gateway => $method ) {
			$decided = null === $decision ? null : $decision->method_for_gateway( $gateway );
			$method  = $decided['id'] ?? $method;

			$methods[ $gateway ] = array(
				'method'  => $method,
				'allowed' => isset( $offered[ $gateway ] ),
			);
			$names[ $method ]    = Gateways::title( $gateway );
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
			'widget'      => BlocksIntegration::widget(),
			'locale'      => Settings::locale(),
			'addressForm' => Settings::address_form(),
			'facts'       => (object) $decision->facts(),
			'methods'     => $methods,
			'names'       => $names,
		);
	}
}
