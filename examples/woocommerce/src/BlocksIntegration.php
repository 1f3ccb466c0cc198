<?php
/**
 * Brings the widget into WooCommerce's checkouts: the block checkout, the classic one, the page where an order is paid.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Automattic\WooCommerce\StoreApi\Schemas\V1\CartSchema;
use Tresen\WooCommerce\Gateways\Gateways;

/**
 * Scripts, the offer in the Store API, the boxes of classic checkout.
 */
final class BlocksIntegration {
	/**
	 * Hooks everything up.
	 */
	public static function register() {
		add_action( 'woocommerce_blocks_payment_method_type_registration', array( self::class, 'add_methods' ) );
		add_action( 'woocommerce_blocks_loaded', array( self::class, 'extend_store_api' ) );
		add_action( 'init', array( self::class, 'register_scripts' ) );
		add_action( 'wp_enqueue_scripts', array( self::class, 'enqueue' ) );
		add_action( 'woocommerce_review_order_before_submit', array( self::class, 'why_in_checkout' ), 5 );
		add_action( 'woocommerce_pay_order_before_submit', array( self::class, 'why_in_checkout' ), 5 );
		if ( did_action( 'woocommerce_blocks_loaded' ) ) {
			self::extend_store_api();
		}
	}

	/**
	 * Where the widget's files are: in a folder named by what is in it, so that an update is another address.
	 *
	 * @return string
	 */
	public static function widget() {
		$folders = (array) glob( dirname( TRESEN_FILE ) . '/widget/*', GLOB_ONLYDIR );
		return plugins_url( 'widget/' . basename( (string) reset( $folders ) ) . '/', TRESEN_FILE );
	}

	/**
	 * Where one of our own modules is; scripts are often put together by others, so none can tell from its own address.
	 *
	 * @param string $name Its name.
	 * @return string
	 */
	public static function module( $name ) {
		return add_query_arg( 'ver', TRESEN_VERSION, plugins_url( 'assets/' . $name, TRESEN_FILE ) );
	}

	/**
	 * Tells the block checkout of our gateways.
	 *
	 * @param \Automattic\WooCommerce\Blocks\Payments\PaymentMethodRegistry $registry Where they are told.
	 */
	public static function add_methods( $registry ) {
		self::register_scripts();
		foreach ( Gateways::own() as $gateway ) {
			$registry->register( new BlocksMethod( $gateway ) );
		}
	}

	/**
	 * Every answer about the cart carries the offer for it.
	 */
	public static function extend_store_api() {
		if ( ! function_exists( 'woocommerce_store_api_register_endpoint_data' ) ) {
			return;
		}
		woocommerce_store_api_register_endpoint_data(
			array(
				'endpoint'        => CartSchema::IDENTIFIER,
				'namespace'       => 'tresen',
				'data_callback'   => array( BlocksOffer::class, 'of_cart' ),
				'schema_callback' => array( self::class, 'schema' ),
				'schema_type'     => ARRAY_A,
			)
		);
	}

	/**
	 * The form of the offer in the Store API.
	 *
	 * @return array
	 */
	public static function schema() {
		$about = static function ( $type, $description ) {
			return array(
				'description' => $description,
				'type'        => $type,
				'context'     => array( 'view' ),
				'readonly'    => true,
			);
		};
		return array(
			'available' => $about( 'boolean', __( 'Whether the service has decided', 'tresen' ) ),
			'session'   => $about( 'string', __( 'The session of the decision', 'tresen' ) ),
			'methods'   => $about( 'object', __( 'Whether each gateway may be used', 'tresen' ) ),
		);
	}

	/**
	 * The scripts, by name. None needs a build.
	 */
	public static function register_scripts() {
		if ( wp_script_is( 'tresen-blocks', 'registered' ) ) {
			return;
		}
		$url = plugins_url( 'assets/', TRESEN_FILE );
		wp_register_style( 'tresen-checkout', $url . 'checkout.css', array(), TRESEN_VERSION );
		wp_register_script( 'tresen-classic', $url . 'classic.js', array( 'jquery', 'wc-checkout' ), TRESEN_VERSION, true );
		wp_add_inline_script( 'tresen-classic', 'window.tresenClassic = ' . wp_json_encode( array( 'row' => self::module( 'row.js' ) ) ) . ';', 'before' );
		wp_register_script( 'tresen-blocks', $url . 'blocks.js', array( 'wc-blocks-registry', 'wc-settings', 'wc-blocks-checkout', 'wc-blocks-data-store', 'wp-element', 'wp-data', 'wp-html-entities' ), TRESEN_VERSION, true );
		wp_add_inline_script( 'tresen-blocks', 'window.tresenBlocks = ' . wp_json_encode( self::told_to_blocks() ) . ';', 'before' );
	}

	/**
	 * What the script of the block checkout is told beside the offer.
	 *
	 * @return array
	 */
	private static function told_to_blocks() {
		$own = array_keys( Gateways::own() );
		return array(
			'row'    => self::module( 'row.js' ),
			'own'    => $own,
			'others' => array_values( array_diff( array_keys( Gateways::under_policy() ), $own ) ),
			'unsafe' => array_values(
				array_filter(
					$own,
					static function ( $gateway ) {
						return ! Gateways::is_safe( $gateway );
					}
				)
			),
			'texts'  => array(
				'unavailable' => self::unavailable(),
				'missing'     => __( 'Something is missing for this method; it is marked there.', 'tresen' ),
			),
		);
	}

	/**
	 * What is said where a method cannot be ordered because its terms cannot be shown.
	 *
	 * @return string
	 */
	private static function unavailable() {
		return __( 'This method cannot be used at the moment. Please choose another one.', 'tresen' );
	}

	/**
	 * Scripts and styles on the pages where something is paid.
	 */
	public static function enqueue() {
		if ( ! is_checkout() && ! is_checkout_pay_page() ) {
			return;
		}
		wp_enqueue_style( 'tresen-checkout' );
		if ( is_checkout_pay_page() || ! has_block( 'woocommerce/checkout' ) ) {
			wp_enqueue_script( 'tresen-classic' );
		}
	}

	/**
	 * The box of a gateway in classic checkout: its text, and what the script makes the widget of.
	 *
	 * @param string $gateway The gateway's id.
	 */
	public static function row( $gateway ) {
		$description = Gateways::description( $gateway );
		$offer       = self::offer_here();
		$needs       = ! Gateways::is_safe( $gateway );
		$unavailable = self::unavailable();
		require dirname( TRESEN_FILE ) . '/templates/row.php';
	}

	/**
	 * Under the list: where the script tells what is not offered, and why.
	 */
	public static function why_in_checkout() {
		$offer = self::offer_here();
		require dirname( TRESEN_FILE ) . '/templates/why.php';
	}

	/**
	 * The offer for what is paid on this page.
	 *
	 * @return array
	 */
	private static function offer_here() {
		$order = is_checkout_pay_page() ? wc_get_order( absint( get_query_var( 'order-pay' ) ) ) : null;
		return $order ? BlocksOffer::of_order( $order ) : BlocksOffer::of_cart();
	}
}
