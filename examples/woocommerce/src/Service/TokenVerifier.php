<?php
/**
 * Checks a decision token (JWS, EdDSA over Ed25519) before an order counts.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * A decision is bound to session, order, method, amount and cart; one that is for something else is none.
 */
final class TokenVerifier {
	private const LENGTH_MAX = 8192;
	private const LEEWAY_S   = 30;

	/**
	 * Whether this PHP can check signatures. WordPress brings a pure PHP form of libsodium along, so mostly it can.
	 */
	public static function can(): bool {
		return function_exists( 'sodium_crypto_sign_verify_detached' );
	}

	/**
	 * The claims of a token that may be trusted.
	 *
	 * @param array[] $keys     As the service publishes them.
	 * @param array   $expected Of `tenant`, `session`, `order`, `method`, `amount` and `cart`, what is known.
	 * @throws TokenError For every other token.
	 */
	public static function claims( string $token, array $keys, array $expected, ?int $now ): array {
		$parts = explode( '.', $token );
		if ( strlen( $token ) > self::LENGTH_MAX || 3 !== count( $parts ) ) {
			throw self::malformed();
		}
		$header = self::data( $parts[0] );
		$claims = self::data( $parts[1] );
		$key    = self::key( $header, $keys );
		try {
			$is_signed = sodium_crypto_sign_verify_detached( self::bytes( $parts[2] ), $parts[0] . '.' . $parts[1], $key );
		} catch ( \SodiumException $error ) {
			$is_signed = false;
		}
		if ( ! $is_signed ) {
			throw new TokenError( 'token.signature', 'the signature does not fit the token', 'do not ship; the token was changed or was not issued by this service' );
		}
		self::check_time( $claims, $now );
		foreach ( array( 'tenant', 'session', 'order', 'method' ) as $name ) {
			if ( isset( $expected[ $name ] ) && ( $claims[ $name ] ?? null ) !== $expected[ $name ] ) {
				throw self::mismatch( $name );
			}
		}
		if ( isset( $expected['amount'] ) && ! \Tresen\WooCommerce\Money::same( $claims['amount'] ?? null, $expected['amount'] ) ) {
			throw self::mismatch( 'amount' );
		}
		if ( isset( $expected['cart'] ) && ( $claims['cart_hash'] ?? null ) !== CartHash::of( $expected['cart'] ) ) {
			throw self::mismatch( 'cart_hash' );
		}
		return $claims;
	}

	/**
	 * The key that the header names, among ours: whoever sends the token chooses the key, never how it is used.
	 */
	private static function key( array $header, array $keys ): string {
		if ( 'EdDSA' !== ( $header['alg'] ?? null ) ) {
			throw new TokenError( 'token.algorithm', 'the token is not signed with EdDSA', 'do not ship; no other algorithm is accepted' );
		}
		if ( array_key_exists( 'crit', $header ) || array_key_exists( 'b64', $header ) ) {
			throw new TokenError( 'token.header', 'the token asks for extensions that are not supported', 'do not ship; the service sends no such token' );
		}
		foreach ( $keys as $key ) {
			if ( is_string( $header['kid'] ?? null ) && ( $key['kid'] ?? null ) === $header['kid'] ) {
				$bytes = 'OKP' === ( $key['kty'] ?? '' ) && 'Ed25519' === ( $key['crv'] ?? '' ) && 'sig' === ( $key['use'] ?? 'sig' ) ? self::bytes( (string) ( $key['x'] ?? '' ) ) : '';
				if ( SODIUM_CRYPTO_SIGN_PUBLICKEYBYTES !== strlen( $bytes ) ) {
					throw new TokenError( 'token.key_unusable', 'the published key of that id is not an Ed25519 signing key', 'check where the keys come from' );
				}
				return $bytes;
			}
		}
		throw new TokenError( 'token.key_unknown', 'the token names a key that is not published', 'read the published keys again' );
	}

	/**
	 * From when to when it counts.
	 */
	private static function check_time( array $claims, ?int $now ): void {
		if ( ! is_int( $claims['iat'] ?? null ) || ! is_int( $claims['exp'] ?? null ) ) {
			throw self::malformed();
		}
		if ( null === $now ) {
			return;
		}
		if ( $now > $claims['exp'] + self::LEEWAY_S ) {
			throw new TokenError( 'token.expired', 'the token has expired', 'ask for a new decision' );
		}
		if ( $now < $claims['iat'] - self::LEEWAY_S ) {
			throw new TokenError( 'token.not_yet_valid', 'the token comes from the future', 'set the clock of this server' );
		}
	}

	/**
	 * A part of a token that is JSON.
	 */
	private static function data( string $part ): array {
		$value = json_decode( self::bytes( $part ), true );
		if ( ! is_array( $value ) ) {
			throw self::malformed();
		}
		return $value;
	}

	/**
	 * Base64 as tokens have it; only one text stands for the same bytes.
	 */
	private static function bytes( string $part ): string {
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_decode -- the form of a JWS.
		$bytes = preg_match( '/^[A-Za-z0-9_-]+$/', $part ) ? base64_decode( strtr( $part, '-_', '+/' ), true ) : false;
		// phpcs:ignore WordPress.PHP.DiscouragedPHPFunctions.obfuscation_base64_encode -- the form of a JWS.
		if ( false === $bytes || rtrim( strtr( base64_encode( $bytes ), '+/', '-_' ), '=' ) !== $part ) {
			throw self::malformed();
		}
		return $bytes;
	}

	/**
	 * No token at all.
	 */
	private static function malformed(): TokenError {
		return new TokenError( 'token.malformed', 'this is not a decision token', 'pass `decision_token` as the service sent it' );
	}

	/**
	 * A token for something else.
	 */
	private static function mismatch( string $name ): TokenError {
		return new TokenError( 'token.' . $name, 'the token is for another ' . strtr( $name, '_', ' ' ), 'do not ship on this token' );
	}
}
