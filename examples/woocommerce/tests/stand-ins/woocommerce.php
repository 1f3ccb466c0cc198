<?php
/**
 * WooCommerce, as far as the plugin asks it: a cart, a customer, a session and the list of gateways that hold what a test gives them.
 */

/** What `WC()` leads to. */
final class Shop {
	public $cart;
	public $customer;
	public $session;
	public $countries;
	public $gateways = array();

	/** @var Shop|null */
	public static $instance = null;

	public function payment_gateways() {
		return new WC_Payment_Gateways( $this->gateways );
	}
}

final class WC_Payment_Gateways {
	private $all;
	public function __construct( $all ) {
		$this->all = $all;
	}
	public function payment_gateways() {
		return $this->all;
	}
	public function get_available_payment_gateways() {
		$available = array();
		foreach ( $this->all as $gateway ) {
			if ( $gateway->is_available() ) {
				$available[ $gateway->id ] = $gateway;
			}
		}
		return apply_filters( 'woocommerce_available_payment_gateways', $available );
	}
}

function WC() {
	return Shop::$instance;
}

class WC_Session {
	private $kept = array();
	public function get( $name, $otherwise = null ) {
		return $this->kept[ $name ] ?? $otherwise;
	}
	public function set( $name, $value ) {
		$this->kept[ $name ] = $value;
	}
}

final class WC_Customer {
	public $billing  = array();
	public $shipping = array();
	public $meta     = array();
	public function get_billing() {
		return $this->billing;
	}
	public function get_shipping() {
		return $this->shipping;
	}
	public function get_billing_email() {
		return $this->billing['email'] ?? '';
	}
	public function get_meta( $name ) {
		return $this->meta[ $name ] ?? '';
	}
}

final class WC_Cart {
	public $total      = '0';
	public $count      = 1;
	public $items      = array();
	public $shipped    = true;
	public $fees       = array();
	public $is_emptied = false;
	public function is_empty() {
		return $this->is_emptied || array() === $this->items;
	}
	public function empty_cart() {
		$this->is_emptied = true;
	}
	public function get_total( $context ) {
		return $this->total;
	}
	public function get_cart_contents_count() {
		return $this->count;
	}
	public function get_cart() {
		return $this->items;
	}
	public function needs_shipping() {
		return $this->shipped;
	}
	public function get_fees() {
		return $this->fees;
	}
	public function fees_api() {
		return $this;
	}
	public function add_fee( $fee ) {
		$this->fees[] = (object) ( $fee + array( 'total' => $fee['amount'] ) );
	}
}

class WC_Payment_Gateway {
	public $id;
	public $title;
	public $description;
	public $enabled  = 'yes';
	public $supports = array( 'products' );
	public $has_fields;
	public $method_title;
	public $method_description;
	public $form_fields = array();
	public $settings    = array();
	public function init_settings() {
		$this->settings = get_option( 'woocommerce_' . $this->id . '_settings', array() );
	}
	public function get_option( $name ) {
		return $this->settings[ $name ] ?? $this->form_fields[ $name ]['default'] ?? '';
	}
	public function is_available() {
		return 'yes' === $this->enabled;
	}
	public function get_title() {
		return $this->title;
	}
	public function get_description() {
		return $this->description;
	}
	public function get_return_url( $order ) {
		return 'http://shop.example/checkout/order-received/' . $order->get_id();
	}
}

/** Whatever was said to the shopper. */
final class Notices {
	public static $all = array();
}
function wc_add_notice( $text, $kind ) {
	Notices::$all[] = $text;
}
function wc_get_checkout_url() {
	return 'http://shop.example/checkout/';
}
function get_woocommerce_currency() {
	return 'EUR';
}
function is_checkout() {
	return WordPress::$is_checkout;
}
function wc_price( $amount, $options ) {
	return '<bdi>' . number_format( $amount, 2, ',', '.' ) . '&nbsp;' . $options['currency'] . '</bdi>';
}
function wc_get_product_term_ids( $product ) {
	return 500 <= $product ? array() : array( $product );
}
