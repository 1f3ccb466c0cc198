<?php
/**
 * Plugin Name:          Tresen for WooCommerce
 * Description:          Invoice, pay later, instalments and direct debit under your own name: decided by your own policy, followed up to the last cent.
 * Version:              0.1.0
 * Requires at least:    6.9
 * Requires PHP:         7.4
 * Requires Plugins:     woocommerce
 * WC requires at least: 10.0
 * WC tested up to:      11.0
 * License:              MIT OR Apache-2.0
 * Text Domain:          tresen
 * Domain Path:          /languages
 *
 * @package Tresen\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

define( 'TRESEN_FILE', __FILE__ );
define( 'TRESEN_VERSION', '0.1.0' );

require_once __DIR__ . '/src/Autoload.php';

add_action(
	'before_woocommerce_init',
	static function () {
		if ( class_exists( \Automattic\WooCommerce\Utilities\FeaturesUtil::class ) ) {
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'custom_order_tables', TRESEN_FILE, true );
			\Automattic\WooCommerce\Utilities\FeaturesUtil::declare_compatibility( 'cart_checkout_blocks', TRESEN_FILE, true );
		}
	}
);

add_action(
	'plugins_loaded',
	static function () {
		if ( class_exists( 'WooCommerce' ) ) {
			\Tresen\WooCommerce\Plugin::instance()->register();
		}
	}
);

register_deactivation_hook( __FILE__, array( \Tresen\WooCommerce\Plugin::class, 'deactivate' ) );
