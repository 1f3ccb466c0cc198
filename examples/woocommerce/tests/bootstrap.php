<?php
/**
 * The plugin without WordPress: its functions as far as the plugin calls them, WooCommerce's classes as far as it asks them, and the
 * service as it is. What WordPress and WooCommerce themselves do is tried in a real shop: ../acceptance.
 */

define( 'ABSPATH', __DIR__ . '/' );
define( 'TRESEN_FILE', dirname( __DIR__ ) . '/tresen.php' );
define( 'TRESEN_VERSION', '0.0.0-test' );

require_once __DIR__ . '/stand-ins/wordpress.php';
require_once __DIR__ . '/stand-ins/posts.php';
require_once __DIR__ . '/stand-ins/http.php';
require_once __DIR__ . '/stand-ins/woocommerce.php';
require_once __DIR__ . '/stand-ins/orders.php';
require_once __DIR__ . '/../src/Autoload.php';

spl_autoload_register(
	static function ( $name ) {
		$prefix = 'Tresen\\Tests\\';
		if ( 0 === strpos( $name, $prefix ) ) {
			require_once __DIR__ . '/' . str_replace( '\\', '/', substr( $name, strlen( $prefix ) ) ) . '.php';
		}
	}
);
