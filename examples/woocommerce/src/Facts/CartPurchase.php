<?php
/**
 * The cart of this visit.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

use Tresen\WooCommerce\Checkout\Fee;
use Tresen\WooCommerce\Money;

/**
 * What the cart, the customer and the session of WooCommerce say.
 */
final class CartPurchase extends Purchase {
	/**
	 * The cart.
	 *
	 * @var \WC_Cart
	 */
	private $cart;

	/**
	 * Whose cart it is, with what was typed so far.
	 *
	 * @var \WC_Customer
	 */
	private $customer;

	/**
	 * The session of the visit.
	 *
	 * @var \WC_Session
	 */
	private $session;

	/**
	 * A cart with its customer and session.
	 */
	public function __construct( $cart, $customer, $session ) {
		$this->cart     = $cart;
		$this->customer = $customer;
		$this->session  = $session;
	}

	/**
	 * The cart of this visit; null where there is none, as in the admin area, in cron and in most of REST.
	 */
	public static function current(): ?self {
		$shop = function_exists( 'WC' ) ? WC() : null;
		if ( null === $shop || empty( $shop->cart ) || empty( $shop->session ) || empty( $shop->customer ) || $shop->cart->is_empty() ) {
			return null;
		}
		return new self( $shop->cart, $shop->customer, $shop->session );
	}

	/**
	 * The shop's currency, as a plugin for several currencies has it for this visit.
	 */
	public function currency(): string {
		return get_woocommerce_currency();
	}

	/**
	 * What it costs in all, without the fee of the method that happens to be chosen.
	 */
	public function total_minor(): int {
		return Money::minor( $this->cart->get_total( 'edit' ), $this->currency() ) - Fee::minor_in_cart( $this->cart, $this->currency() );
	}

	/**
	 * How many pieces there are.
	 */
	protected function item_count(): int {
		return (int) $this->cart->get_cart_contents_count();
	}

	/**
	 * The ids of what lies in the cart, of the product and not of its variation: categories hang on that.
	 */
	protected function product_ids(): array {
		return array_values( array_unique( array_map( 'intval', array_column( $this->cart->get_cart(), 'product_id' ) ) ) );
	}

	/**
	 * Whether something has to be sent.
	 */
	protected function needs_shipping(): bool {
		return (bool) $this->cart->needs_shipping();
	}

	/**
	 * What was typed as the billing address.
	 */
	public function billing(): array {
		return (array) $this->customer->get_billing();
	}

	/**
	 * What was typed as the delivery address.
	 */
	protected function shipping(): array {
		return (array) $this->customer->get_shipping();
	}

	/**
	 * What was chosen, without the number of the instance.
	 */
	protected function shipping_methods(): array {
		$chosen = (array) $this->session->get( 'chosen_shipping_methods', array() );
		return array_map(
			static function ( $method ) {
				return strtok( (string) $method, ':' );
			},
			array_filter( $chosen, 'is_string' )
		);
	}

	/**
	 * Where plugins keep a VAT number.
	 */
	protected function vat_number(): string {
		foreach ( VatNumber::KEYS as $key ) {
			$number = $this->customer->get_meta( $key );
			if ( is_string( $number ) && '' !== $number ) {
				return $number;
			}
		}
		return '';
	}

	/**
	 * Whose account it is. `WC_Customer` keeps it where the visitor is signed in, and nowhere else.
	 */
	public function customer_id(): int {
		return is_user_logged_in() ? (int) get_current_user_id() : 0;
	}

	/**
	 * A number that means nothing outside of this visit.
	 */
	public function visit(): string {
		$visit = $this->session->get( 'tresen_visit' );
		if ( ! is_string( $visit ) || '' === $visit ) {
			$visit = 'visit-' . wp_generate_uuid4();
			$this->session->set( 'tresen_visit', $visit );
		}
		return $visit;
	}

	/**
	 * What was typed so far.
	 */
	public function email(): string {
		return (string) $this->customer->get_billing_email();
	}
}
