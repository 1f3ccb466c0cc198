<?php
/**
 * Finds `Tresen\WooCommerce\A\B` in `src/A/B.php`: nothing has to be installed beside the plugin.
 *
 * @package Tresen\WooCommerce
 */

spl_autoload_register(
	static function ( $name ) {
		$prefix = 'Tresen\\WooCommerce\\';
		if ( 0 !== strpos( $name, $prefix ) ) {
			return;
		}
		$file = __DIR__ . '/' . str_replace( '\\', '/', substr( $name, strlen( $prefix ) ) ) . '.php';
		if ( is_file( $file ) ) {
			require_once $file;
		}
	}
);
