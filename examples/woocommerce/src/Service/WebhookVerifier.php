<?php
/**
 * Checks a webhook (Standard Webhooks: HMAC-SHA-256 over id, timestamp and body).
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Who sends it, and that it is not an old one.
 */
final class WebhookVerifier {
	private const TOLERANCE_S = 300;

	/**
	 * The message, once signature and age have been checked.
	 *
	 * @param string   $body    As it came: a body that was read and written again is another one.
	 * @param string[] $headers `webhook-id`, `webhook-timestamp` and `webhook-signature`.
	 * @param string[] $secrets Each as `whsec_…`; two while one takes the place of the other.
	 * @throws WebhookError For every other message.
	 */
	public static function message( string $body, array $headers, array $secrets, int $now ): array {
		foreach ( array( 'webhook-id', 'webhook-timestamp', 'webhook-signature' ) as $name ) {
			if ( ! is_string( $headers[ $name ] ?? null ) || '' === $headers[ $name ] ) {
				throw self::malformed( 'the header `' . $name . '` is missing' );
			}
		}
		if ( ! preg_match( '/^\d{1,12}$/', $headers['webhook-timestamp'] ) ) {
			throw self::malformed( 'the header `webhook-timestamp` is not a time' );
		}
		$signed = $headers['webhook-id'] . '.' . $headers['webhook-timestamp'] . '.' . $body;
		if ( ! self::is_signed( $signed, $headers['webhook-signature'], $secrets ) ) {
			throw new WebhookError( 'webhook.signature', 'no signature fits the message', 'answer 401 and do nothing; check the secret' );
		}
		if ( abs( $now - (int) $headers['webhook-timestamp'] ) > self::TOLERANCE_S ) {
			throw new WebhookError( 'webhook.timestamp', 'the message is too old, or comes from the future', 'answer 401 and do nothing; check the clock of this server' );
		}
		$message = json_decode( $body, true );
		if ( ! is_array( $message ) || ! is_string( $message['type'] ?? null ) ) {
			throw self::malformed( 'the body is not a message' );
		}
		return $message;
	}

	/**
	 * Whether one of the signatures is by one of the secrets.
	 */
	private static function is_signed( string $signed, string $signatures, array $secrets ): bool {
		foreach ( $secrets as $secret ) {
			if ( ! preg_match( '/^whsec_([A-Za-z0-9+\/]{32,88}={0,2})$/', (string) $secret, $parts ) ) {
				continue;
			}
			// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions -- the form of Standard Webhooks.
			$expected = 'v1,' . base64_encode( hash_hmac( 'sha256', $signed, base64_decode( $parts[1] ), true ) );
			foreach ( explode( ' ', $signatures ) as $signature ) {
				if ( hash_equals( $expected, $signature ) ) {
					return true;
				}
			}
		}
		return false;
	}

	/**
	 * No message at all.
	 */
	private static function malformed( string $message ): WebhookError {
		return new WebhookError( 'webhook.malformed', $message, 'answer 400; this is not a message of the service' );
	}
}
