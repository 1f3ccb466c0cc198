<?php
/**
 * The account view of what is owed: after the order, on the order's page, and all of it in My Account.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Orders\Access;

/**
 * Puts `<tresen-account>` where a customer looks for it.
 */
final class BlocksAccount {
	const ENDPOINT = 'tresen-invoices';

	/** Which version's address WordPress knows already. */
	const KNOWN = 'tresen_endpoint';

	/** How many orders the page in My Account looks through. */
	const ORDERS = 20;

	/**
	 * Hooks everything up.
	 */
	public static function register() {
		add_action( 'init', array( self::class, 'add_endpoint' ) );
		add_filter( 'woocommerce_get_query_vars', array( self::class, 'add_query_var' ) );
		add_filter( 'woocommerce_account_menu_items', array( self::class, 'add_to_menu' ) );
		add_filter( 'woocommerce_endpoint_' . self::ENDPOINT . '_title', array( self::class, 'title' ) );
		add_action( 'woocommerce_account_' . self::ENDPOINT . '_endpoint', array( self::class, 'page' ) );
		add_action( 'woocommerce_thankyou', array( self::class, 'after_order' ), 5 );
		add_action( 'woocommerce_view_order', array( self::class, 'after_order' ), 5 );
	}

	/**
	 * The page in My Account.
	 */
	public static function add_endpoint() {
		add_rewrite_endpoint( self::ENDPOINT, EP_PAGES );
		if ( get_option( self::KNOWN ) !== TRESEN_VERSION ) {
			// WooCommerce has WordPress learn addresses anew at the next request.
			update_option( 'woocommerce_queue_flush_rewrite_rules', 'yes' );
			update_option( self::KNOWN, TRESEN_VERSION );
		}
		wp_register_script( 'tresen-account', plugins_url( 'assets/account.js', TRESEN_FILE ), array(), TRESEN_VERSION, true );
	}

	/**
	 * The plugin is switched off: WordPress forgets the address, and learns it anew if the plugin comes back.
	 */
	public static function forget() {
		delete_option( self::KNOWN );
		delete_option( 'rewrite_rules' );
	}

	/**
	 * WooCommerce knows the page.
	 *
	 * @param string[] $vars Its pages.
	 * @return string[]
	 */
	public static function add_query_var( $vars ) {
		$vars[ self::ENDPOINT ] = self::ENDPOINT;
		return $vars;
	}

	/**
	 * The page stands in the menu, behind the orders.
	 *
	 * @param string[] $items The menu.
	 * @return string[]
	 */
	public static function add_to_menu( $items ) {
		$at = array_search( 'orders', array_keys( $items ), true );
		$at = false === $at ? count( $items ) - 1 : $at + 1;
		return array_slice( $items, 0, $at, true ) + array( self::ENDPOINT => self::title() ) + array_slice( $items, $at, null, true );
	}

	/**
	 * What the page is called.
	 *
	 * @return string
	 */
	public static function title() {
		return __( 'Invoices and payments', 'tresen' );
	}

	/**
	 * All that the signed-in customer owes or has paid lately.
	 */
	public static function page() {
		$accounts = array();
		foreach ( self::orders() as $order ) {
			// An account has all of a person's orders; who has ordered as a guest before may have two.
			$person = Access::person( $order );
			if ( null !== $person && ! isset( $accounts[ implode( '/', $person ) ] ) ) {
				$accounts[ implode( '/', $person ) ] = $order;
			}
		}
		self::show( array_filter( array_map( array( Access::class, 'token' ), $accounts ) ), true );
	}

	/**
	 * The newest orders of the signed-in customer.
	 *
	 * @return \WC_Order[]
	 */
	public static function orders() {
		return wc_get_orders(
			array(
				'customer_id' => get_current_user_id(),
				'limit'       => self::ORDERS,
				'orderby'     => 'date',
				'order'       => 'DESC',
				'type'        => 'shop_order',
			)
		);
	}

	/**
	 * The view on the order's own page. WooCommerce has checked that whoever looks may see it.
	 *
	 * @param int $id The order's id.
	 */
	public static function after_order( $id ) {
		$order = wc_get_order( $id );
		$token = $order ? Access::token( $order ) : null;
		if ( null !== $token ) {
			self::show( array( $token ), false );
		}
	}

	/**
	 * Prints views.
	 *
	 * @param string[] $tokens    Of the accounts.
	 * @param bool     $is_a_page Whether they are all that stands on the page.
	 */
	private static function show( $tokens, $is_a_page ) {
		wp_enqueue_style( 'tresen-checkout' );
		wp_enqueue_script( 'tresen-account' );
		$api     = Proxy::address();
		$widget  = BlocksIntegration::widget();
		$clothes = BlocksIntegration::module( 'clothes.js' );
		$form    = Settings::address_form();
		$locale  = Settings::locale();
		require dirname( TRESEN_FILE ) . '/templates/account.php';
	}
}
