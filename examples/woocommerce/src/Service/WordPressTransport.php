<?php
/**
 * By WordPress' own HTTP functions, so that the host's proxy and certificates count.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Over `wp_remote_request`.
 */
final class WordPressTransport implements Transport {
	/**
	 * Sends a request and waits for the answer.
	 */
	public function send( string $method, string $url, array $headers, $body, float $seconds ): array {
		$answer = wp_remote_request(
			$url,
			array(
				'method'              => $method,
				'headers'             => $headers,
				'body'                => $body,
				'timeout'             => $seconds,
				'redirection'         => 0,
				'limit_response_size' => 8 * 1024 * 1024,
				'user-agent'          => 'tresen-woocommerce/' . TRESEN_VERSION,
			)
		);
		if ( is_wp_error( $answer ) ) {
			// phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- goes to the log, which escapes what it shows.
			throw new ConnectionError( 'connection.failed', $answer->get_error_message() );
		}
		$headers = array();
		foreach ( wp_remote_retrieve_headers( $answer ) as $name => $value ) {
			$headers[ strtolower( $name ) ] = is_array( $value ) ? implode( ', ', $value ) : (string) $value;
		}
		return array(
			'status'  => (int) wp_remote_retrieve_response_code( $answer ),
			'headers' => $headers,
			'body'    => (string) wp_remote_retrieve_body( $answer ),
		);
	}
}
