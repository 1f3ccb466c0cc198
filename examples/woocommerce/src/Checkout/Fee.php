<?php
/**
 * What a method costs the shopper, where the policy says that it does.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Money;

/**
 * A fee of WooCommerce's own kind while the method is chosen. The facts leave it out: the cart is decided on, not the cart with its fee.
 */
final class Fee {
	private const ID   = 'tresen-method-fee';
	private const META = '_tresen_fee';

	/**
	 * Puts the fee of the chosen method into the cart.
	 *
	 * @param \WC_Cart $cart The cart that is being summed.
	 */
	public static function add( $cart, ?Decision $decision, string $gateway ): void {
		$fee = null === $decision ? 0 : $decision->fee_minor( $gateway );
		if ( $fee > 0 ) {
			$cart->fees_api()->add_fee(
				array(
					'id'      => self::ID,
					'name'    => __( 'Payment fee', 'tresen' ),
					'amount'  => (float) Money::decimal( Money::of_minor( $fee, get_woocommerce_currency() ) ),
					'taxable' => false,
				)
			);
		}
	}

	/**
	 * What of a cart's total is a fee of ours.
	 *
	 * @param \WC_Cart $cart The cart.
	 */
	public static function minor_in_cart( $cart, string $currency ): int {
		foreach ( $cart->get_fees() as $fee ) {
			if ( self::ID === ( $fee->id ?? '' ) ) {
				return Money::minor( (float) ( $fee->total ?? $fee->amount ), $currency );
			}
		}
		return 0;
	}

	/**
	 * The fee of the cart becomes one of the order, and stays known as ours.
	 *
	 * @param \WC_Order_Item_Fee $item The order's.
	 * @param string             $key  Its key in the cart.
	 */
	public static function mark( $item, $key ): void {
		if ( self::ID === $key ) {
			$item->add_meta_data( self::META, 'yes', true );
		}
	}

	/**
	 * Whether a line of an order is a fee of ours.
	 *
	 * @param \WC_Order_Item $item The line.
	 */
	public static function is_ours( $item ): bool {
		return 'fee' === $item->get_type() && 'yes' === $item->get_meta( self::META );
	}

	/**
	 * What of an order's total is a fee of ours.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function minor_in_order( $order ): int {
		$minor = 0;
		foreach ( $order->get_items( 'fee' ) as $item ) {
			$minor += self::is_ours( $item ) ? Money::minor( (float) $item->get_total() + (float) $item->get_total_tax(), $order->get_currency() ) : 0;
		}
		return $minor;
	}
}
