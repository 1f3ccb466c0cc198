<?php
/**
 * WordPress' HTTP functions over curl, and what was asked: requests really go out.
 */

/** What was sent, for tests that look at it. */
final class Sent {
	/** @var array[] Each with `method`, `path` and `body`. */
	public static $all = array();

	public static function paths(): array {
		return array_map(
			static function ( $one ) {
				return $one['method'] . ' ' . preg_replace( '#/(cs|ses|rcv|pay|dec)_[\w-]+#', '/…', $one['path'] );
			},
			self::$all
		);
	}
}

function wp_remote_request( $url, $options ) {
	Sent::$all[] = array(
		'method' => $options['method'],
		'path'   => parse_url( $url, PHP_URL_PATH ),
		'body'   => null === $options['body'] ? null : json_decode( $options['body'], true ),
	);
	$headers     = array();
	$lines       = array();
	foreach ( $options['headers'] as $name => $value ) {
		$lines[] = $name . ': ' . $value;
	}
	$curl = curl_init( $url );
	curl_setopt_array(
		$curl,
		array(
			CURLOPT_CUSTOMREQUEST  => $options['method'],
			CURLOPT_HTTPHEADER     => $lines,
			CURLOPT_RETURNTRANSFER => true,
			CURLOPT_FOLLOWLOCATION => false,
			CURLOPT_TIMEOUT_MS     => (int) ( $options['timeout'] * 1000 ),
			CURLOPT_HEADERFUNCTION => static function ( $curl, $line ) use ( &$headers ) {
				$parts = explode( ':', $line, 2 );
				if ( 2 === count( $parts ) ) {
					$headers[ strtolower( trim( $parts[0] ) ) ] = trim( $parts[1] );
				}
				return strlen( $line );
			},
		) + ( null === $options['body'] ? array() : array( CURLOPT_POSTFIELDS => $options['body'] ) )
	);
	$body   = curl_exec( $curl );
	$status = curl_getinfo( $curl, CURLINFO_RESPONSE_CODE );
	$error  = curl_error( $curl );
	return false === $body ? new WP_Error( 'http_request_failed', $error ) : array( $status, $headers, $body );
}
function wp_remote_retrieve_headers( $answer ) {
	return $answer[1];
}
function wp_remote_retrieve_response_code( $answer ) {
	return $answer[0];
}
function wp_remote_retrieve_body( $answer ) {
	return $answer[2];
}
