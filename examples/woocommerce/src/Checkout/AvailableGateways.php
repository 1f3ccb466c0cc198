<?php
/**
 * The decision in WooCommerce's own list of methods, which the classic checkout, the block checkout and the Store API all ask.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Facts\CartPurchase;
use Tresen\WooCommerce\Facts\OrderPurchase;
use Tresen\WooCommerce\Facts\Purchase;
use Tresen\WooCommerce\Gateways\Gateways;

/**
 * Takes out what the decision does not offer. What stands under no method of the policy is left alone.
 */
final class AvailableGateways {
	const SEEN = 'tresen_checkout_seen';

	/**
	 * Whoever asks the service.
	 *
	 * @var Decider
	 */
	private $decider;

	/**
	 * A filter that asks this one.
	 */
	public function __construct( Decider $decider ) {
		$this->decider = $decider;
	}

	/**
	 * The filter `woocommerce_available_payment_gateways`.
	 *
	 * @param mixed $gateways By their ids.
	 * @return mixed What remains.
	 */
	public function filter( $gateways ) {
		if ( ! is_array( $gateways ) ) {
			return $gateways;
		}
		$purchase = $this->purchase();
		if ( null === $purchase ) {
			return $gateways;
		}
		return self::remaining( $gateways, $purchase, $this->decider->decide( $purchase ) );
	}

	/**
	 * What remains of these for a purchase.
	 *
	 * @param array<string, mixed> $gateways By their ids.
	 */
	public static function remaining( array $gateways, Purchase $purchase, ?Decision $decision ): array {
		foreach ( array_keys( $gateways ) as $id ) {
			$is_offered = null === $decision ? Gateways::is_safe( $id ) : $decision->allows( $id );
			if ( ! $is_offered || ( Gateways::is_under_policy( $id ) && Declines::hold( $id, $purchase ) ) ) {
				unset( $gateways[ $id ] );
			}
		}
		return $gateways;
	}

	/**
	 * The checkout was looked at: from now on what the Store API tells of the cart is decided.
	 */
	public static function note_visit(): void {
		$shop = function_exists( 'WC' ) ? WC() : null;
		if ( $shop && $shop->session && is_checkout() ) {
			$shop->session->set( self::SEEN, 1 );
		}
	}

	/**
	 * What the list is asked for: an order, a cart, or nothing that needs a decision.
	 *
	 * Nothing is told to the service before somebody looks at the checkout: a mini cart asks for the list too.
	 */
	private function purchase(): ?Purchase {
		$shop = function_exists( 'WC' ) ? WC() : null;
		if ( ! $shop || ( is_admin() && ! wp_doing_ajax() ) || wp_doing_cron() ) {
			return null;
		}
		$order = self::order_to_pay();
		if ( null !== $order ) {
			return new OrderPurchase( $order );
		}
		return self::is_checkout() ? CartPurchase::current() : null;
	}

	/**
	 * The order of the page on which one is paid for, or of the Store API's way to do so.
	 *
	 * @return \WC_Order|null
	 */
	private static function order_to_pay() {
		global $wp;
		$id = isset( $wp->query_vars['order-pay'] ) ? absint( $wp->query_vars['order-pay'] ) : 0;
		if ( 0 === $id && preg_match( '#/wc/store(?:/v\d+)?/(?:checkout|order)/(\d+)#', self::route(), $parts ) ) {
			$id = absint( $parts[1] );
		}
		$order = $id > 0 ? wc_get_order( $id ) : null;
		return $order instanceof \WC_Order ? $order : null;
	}

	/**
	 * Whether this is a checkout: the page, its requests, or the Store API's.
	 */
	private static function is_checkout(): bool {
		$route = self::route();
		if ( false !== strpos( $route, '/wc/store' ) ) {
			$session = WC()->session;
			return false !== strpos( $route, '/checkout' ) || ( $session && $session->get( self::SEEN ) );
		}
		return is_checkout() || ( defined( 'WOOCOMMERCE_CHECKOUT' ) && WOOCOMMERCE_CHECKOUT );
	}

	/**
	 * The route of a REST request, however permalinks are set; empty for every other request.
	 */
	private static function route(): string {
		global $wp;
		$route = $wp->query_vars['rest_route'] ?? '';
		return is_string( $route ) ? $route : '';
	}
}
