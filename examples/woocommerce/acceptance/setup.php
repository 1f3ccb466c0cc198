<?php
/**
 * Sets a shop up, step by step, each in a process of its own as a person's clicks would be.
 *
 *     php setup.php FOLDER STEP JSON
 *
 * @package Tresen\WooCommerce
 */

[ , $root, $step, $given ] = $argv;
$given                     = json_decode( $given, true );

$_SERVER['HTTP_HOST']       = '127.0.0.1';
$_SERVER['REQUEST_URI']     = '/';
$_SERVER['REQUEST_METHOD']  = 'GET';
$_SERVER['SERVER_PROTOCOL'] = 'HTTP/1.1';
if ( 'install' === $step ) {
	define( 'WP_INSTALLING', true );
}
require $root . '/wp-load.php';

/**
 * Fails with a sentence: a shop that is half set up tests nothing.
 *
 * @param mixed  $value What may be an error.
 * @param string $what  What was tried.
 * @return mixed
 */
function made( $value, $what ) {
	if ( is_wp_error( $value ) || ! $value ) {
		fwrite( STDERR, $what . ': ' . ( is_wp_error( $value ) ? $value->get_error_message() : 'nothing came of it' ) . "\n" );
		exit( 1 );
	}
	return $value;
}

/**
 * WordPress itself.
 *
 * @param array $given How its addresses are made.
 */
function step_install( $given ) {
	require_once ABSPATH . 'wp-admin/includes/upgrade.php';
	wp_install( 'Kontor Lind', 'merchant', 'merchant@shop.example', true, '', 'merchant' );
	update_option( 'permalink_structure', $given['permalinks'] );
	update_option( 'timezone_string', 'Europe/Berlin' );
	wp_delete_post( 1, true );
	wp_delete_post( 2, true );
}

/** WooCommerce is activated. */
function step_woocommerce() {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	$failed = activate_plugin( 'woocommerce/woocommerce.php' );
	if ( is_wp_error( $failed ) ) {
		made( $failed, 'WooCommerce' );
	}
}

/**
 * Settings of a German shop, things to sell, the pages.
 *
 * @param array $given How the shop is wanted.
 */
function step_shop( $given ) {
	if ( is_dir( get_theme_root() . '/storefront' ) ) {
		switch_theme( 'storefront' );
	}
	WC_Install::install();
	$settings = array(
		'woocommerce_store_address'                   => 'Deichstraße 4',
		'woocommerce_store_city'                      => 'Hamburg',
		'woocommerce_store_postcode'                  => '20459',
		'woocommerce_default_country'                 => 'DE:DE-HH',
		'woocommerce_currency'                        => 'EUR',
		'woocommerce_price_decimal_sep'               => ',',
		'woocommerce_price_thousand_sep'              => '.',
		'woocommerce_currency_pos'                    => 'right_space',
		'woocommerce_calc_taxes'                      => 'yes',
		'woocommerce_prices_include_tax'              => 'yes',
		'woocommerce_tax_display_shop'                => 'incl',
		'woocommerce_tax_display_cart'                => 'incl',
		'woocommerce_coming_soon'                     => 'no',
		'woocommerce_checkout_phone_field'            => 'optional',
		'woocommerce_checkout_company_field'          => 'optional',
		'woocommerce_enable_guest_checkout'           => 'yes',
		'woocommerce_custom_orders_table_enabled'     => $given['hpos'] ? 'yes' : 'no',
		'woocommerce_custom_orders_table_data_sync_enabled' => 'no',
		'woocommerce_allow_tracking'                  => 'no',
		'woocommerce_show_marketplace_suggestions'    => 'no',
		'woocommerce_task_list_hidden'                => 'yes',
		'woocommerce_onboarding_profile'              => array( 'skipped' => true ),
	);
	foreach ( $settings as $name => $value ) {
		update_option( $name, $value );
	}
	WC_Tax::_insert_tax_rate( array( 'tax_rate_country' => 'DE', 'tax_rate' => '19', 'tax_rate_name' => 'MwSt.', 'tax_rate_priority' => 1, 'tax_rate_compound' => 0, 'tax_rate_shipping' => 1, 'tax_rate_order' => 0, 'tax_rate_class' => '' ) );
	$zone = new WC_Shipping_Zone();
	$zone->set_zone_name( 'Deutschland' );
	$zone->add_location( 'DE', 'country' );
	$zone->save();
	$rate = $zone->add_shipping_method( 'flat_rate' );
	update_option( "woocommerce_flat_rate_{$rate}_settings", array( 'title' => 'DHL Paket', 'tax_status' => 'taxable', 'cost' => '4.12' ) );

	$products = array();
	foreach ( array( 'Wolldecke „Moor“' => '89.00', 'Teekanne „Elbe“' => '45.00', 'Schreibtisch „Hafen“' => '1490.00' ) as $name => $price ) {
		$product = new WC_Product_Simple();
		$product->set_name( $name );
		$product->set_regular_price( $price );
		$product->set_sku( 'KL-' . ( 101 + count( $products ) ) );
		$product->save();
		$products[] = $product->get_id();
	}
	$classic = wp_insert_post( array( 'post_type' => 'page', 'post_status' => 'publish', 'post_title' => 'Kasse (klassisch)', 'post_name' => 'kasse-klassisch', 'post_content' => '[woocommerce_checkout]' ) );
	foreach ( array( 'bacs', 'cod' ) as $method ) {
		update_option( "woocommerce_{$method}_settings", array_merge( (array) get_option( "woocommerce_{$method}_settings", array() ), array( 'enabled' => 'yes', 'title' => 'bacs' === $method ? 'Überweisung (Bank)' : 'Nachnahme' ) ) );
	}
	$customer = wc_create_new_customer( 'greta.sommer@example.com', 'greta', 'greta' );
	made( $customer, 'a customer' );
	foreach ( array( 'first_name' => 'Greta', 'last_name' => 'Sommer', 'address_1' => 'Lindenweg 12', 'city' => 'Lüneburg', 'postcode' => '21335', 'country' => 'DE' ) as $field => $value ) {
		update_user_meta( $customer, 'billing_' . $field, $value );
		update_user_meta( $customer, 'shipping_' . $field, $value );
	}
	flush_rewrite_rules();
	echo wp_json_encode( array( 'products' => $products, 'classicPage' => $classic, 'checkoutPage' => wc_get_page_id( 'checkout' ), 'accountPage' => wc_get_page_id( 'myaccount' ), 'customer' => $customer ) ) . "\n";
}

/**
 * Our plugin is activated.
 *
 * @param array $given Which file it begins in.
 */
function step_activate( $given ) {
	require_once ABSPATH . 'wp-admin/includes/plugin.php';
	$failed = activate_plugin( $given['plugin'] );
	if ( is_wp_error( $failed ) ) {
		made( $failed, 'the plugin' );
	}
	flush_rewrite_rules();
}

/**
 * The plugin is connected to the service, as the assistant in the settings does it, and its gateways are switched on.
 *
 * @param array $given Address and keys.
 */
function step_connect( $given ) {
	\Tresen\WooCommerce\Settings::set( $given['connection'] );
	foreach ( array( 'invoice', 'pay_later', 'instalments', 'sepa_debit', 'prepayment' ) as $method ) {
		update_option( "woocommerce_tresen_{$method}_settings", array( 'enabled' => 'yes' ) );
	}
}

/**
 * The shop speaks another language.
 *
 * @param array $given Which.
 */
function step_language( $given ) {
	// Without WordPress's own translation only the plugin and the widget speak it; a language needs a file to be one.
	wp_mkdir_p( WP_LANG_DIR );
	$file = WP_LANG_DIR . '/' . $given['language'] . '.mo';
	if ( 'en_US' !== $given['language'] && ! is_file( $file ) ) {
		file_put_contents( $file, pack( 'V7', 0x950412de, 0, 0, 28, 28, 0, 28 ) );
	}
	update_option( 'WPLANG', 'en_US' === $given['language'] ? '' : $given['language'] );
}

/**
 * Runs a piece of PHP inside the shop, for what a test looks at; what it returns is told as JSON.
 *
 * @param array $given The piece.
 */
function step_ask( $given ) {
	echo "\n" . wp_json_encode( eval( $given['php'] ) ) . "\n"; // phpcs:ignore Squiz.PHP.Eval.Discouraged -- it is the test's own.
}

call_user_func( 'step_' . $step, $given );
