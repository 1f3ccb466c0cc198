<?php
/**
 * The service under the shop's own address, for browsers: no reverse proxy has to be set up, and no other origin is talked to.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Browser;

use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\ConnectionError;
use Tresen\WooCommerce\Service\WordPressTransport;
use Tresen\WooCommerce\Settings;

/**
 * `/wp-json/tresen/v1/service/v1/…`. Of the service only what belongs to browsers is reached, with the key that belongs to browsers:
 * whatever a request brings along as `authorization` stays here, and so do the shop's cookies.
 */
final class Proxy {
	/**
	 * What of the service belongs to browsers.
	 */
	private const OPEN = '#^(?:checkout/[\w-]+(?:/explanation|/steps(?:/\w+(?:/answer)?)?)?|hint|reviews|accounts/[\w-]+(?:/transfer|/requests|/payments|/documents/[\w-]+|/proofs(?:/[\w-]+)?)?)$#D';

	private const BODY_MAX  = 65536;
	/**
	 * A file that a customer sends: the service says itself what is too large for it.
	 */
	private const FILE_MAX  = 6291456;
	private const SECONDS   = 10.0;
	private const QUERY     = array( 'channel', 'amount', 'receivable', 'as' );
	private const PASSED_ON = array( 'accept-language', 'content-type', 'file-name', 'idempotency-key' );

	/**
	 * As what a document comes; everything else that the service says is JSON.
	 */
	private const DOCUMENTS = array( 'text/plain; charset=utf-8', 'application/pdf' );

	/**
	 * The `api` of the elements.
	 */
	public static function address(): string {
		return untrailingslashit( rest_url( 'tresen/v1/service' ) );
	}

	/**
	 * Tells WordPress of it.
	 */
	public static function register(): void {
		register_rest_route(
			'tresen/v1',
			// Without permalinks a route is a parameter itself, and what is asked behind it a part of it.
			'/service/v1/(?P<path>[\w/-]+)(?:\?(?P<asked>[^/?]*))?',
			array(
				'methods'             => 'GET, POST, DELETE',
				'callback'            => array( self::class, 'answer' ),
				'permission_callback' => '__return_true',
			)
		);
		add_filter( 'rest_pre_serve_request', array( self::class, 'serve' ), 10, 2 );
	}

	/**
	 * A document is sent as it is: WordPress would write it as JSON.
	 *
	 * @param bool              $is_served Whether somebody has sent something already.
	 * @param \WP_HTTP_Response $response  The answer.
	 */
	public static function serve( $is_served, $response ): bool {
		if ( $is_served || ! in_array( $response->get_headers()['Content-Type'] ?? '', self::DOCUMENTS, true ) || ! is_string( $response->get_data() ) ) {
			return (bool) $is_served;
		}
		// phpcs:ignore WordPress.Security.EscapeOutput.OutputNotEscaped -- plain text or PDF, and said to be.
		echo $response->get_data();
		return true;
	}

	/**
	 * Whether a path belongs to browsers.
	 */
	public static function is_open( string $path ): bool {
		return 1 === preg_match( self::OPEN, $path );
	}

	/**
	 * Passes a request on, and its answer back.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function answer( $request ) {
		$path = (string) $request['path'];
		$body = $request->get_body();
		if ( null === Plugin::instance()->client() || ! self::is_open( $path ) ) {
			return self::error( 404, 'path.unknown', 'this is not for browsers' );
		}
		$most = 1 === preg_match( '#/proofs$#D', $path ) ? self::FILE_MAX : self::BODY_MAX;
		if ( strlen( $body ) > $most ) {
			return self::error( 413, 'body.too_long', 'the body is too long' );
		}
		$headers = array( 'accept' => 'application/json' );
		foreach ( self::PASSED_ON as $name ) {
			$value = (string) $request->get_header( $name );
			if ( '' !== $value ) {
				$headers[ $name ] = $value;
			}
		}
		$headers['authorization'] = 'Bearer ' . Settings::publishable_key();
		// phpcs:ignore WordPress.Security.ValidatedSanitizedInput -- each part is checked.
		$query = self::query( $request['asked'] . '&' . ( isset( $_SERVER['QUERY_STRING'] ) ? (string) wp_unslash( $_SERVER['QUERY_STRING'] ) : '' ) );
		$url   = untrailingslashit( (string) Settings::get( 'address' ) ) . '/v1/' . $path . ( '' === $query ? '' : '?' . $query );
		try {
			$answer = ( new WordPressTransport() )->send( $request->get_method(), $url, $headers, 'POST' === $request->get_method() ? $body : null, self::SECONDS );
		} catch ( ConnectionError $error ) {
			return self::error( 502, 'service.unreachable', 'the service does not answer' );
		}
		$type        = (string) ( $answer['headers']['content-type'] ?? '' );
		$is_document = 200 === $answer['status'] && false !== strpos( $path, '/documents/' ) && in_array( $type, self::DOCUMENTS, true );
		// Not as arrays: an empty object would come out as an empty list.
		$value = $is_document ? $answer['body'] : json_decode( $answer['body'] );
		if ( null === $value ) {
			return self::error( 502, 'answer.malformed', 'the service answered with something else than JSON' );
		}
		$response = new \WP_REST_Response( $value, $answer['status'] );
		if ( $is_document ) {
			$response->header( 'Content-Type', $type );
			if ( isset( $answer['headers']['content-disposition'] ) ) {
				$response->header( 'Content-Disposition', $answer['headers']['content-disposition'] );
			}
		}
		$response->header( 'Cache-Control', 'no-store' );
		if ( isset( $answer['headers']['retry-after'] ) ) {
			$response->header( 'Retry-After', $answer['headers']['retry-after'] );
		}
		return $response;
	}

	/**
	 * What of a query the service is asked too. A name may be said several times, which PHP's own reading forgets.
	 */
	public static function query( string $said ): string {
		$kept = array();
		foreach ( explode( '&', $said ) as $part ) {
			list( $name, $value ) = array_pad( explode( '=', $part, 2 ), 2, '' );
			if ( in_array( $name, self::QUERY, true ) ) {
				$kept[] = $name . '=' . rawurlencode( rawurldecode( $value ) );
			}
		}
		return implode( '&', $kept );
	}

	/**
	 * An error in the form of the service's own.
	 */
	private static function error( int $status, string $code, string $message ) {
		return new \WP_REST_Response(
			array(
				'error' => array(
					'code'    => $code,
					'message' => $message,
					'help'    => '',
				),
			),
			$status
		);
	}
}
