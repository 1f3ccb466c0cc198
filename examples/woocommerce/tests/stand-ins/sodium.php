<?php
/**
 * WordPress brings libsodium along in pure PHP. Where the tests run without both, whoever runs them looks at signatures: php/run.mjs.
 */

if ( ! function_exists( 'sodium_crypto_sign_verify_detached' ) ) {
	define( 'SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES', 32 );

	function sodium_crypto_sign_verify_detached( $signature, $message, $key ) {
		return \Tresen\Tests\Service::helper( '/verify', array_map( 'base64_encode', compact( 'signature', 'message', 'key' ) ) );
	}
}
