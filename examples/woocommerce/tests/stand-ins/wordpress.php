<?php
/**
 * WordPress, as far as the plugin calls it: options and transients in an array, hooks in a list, texts as they stand in the source.
 */

define( 'MINUTE_IN_SECONDS', 60 );
define( 'HOUR_IN_SECONDS', 3600 );
define( 'DAY_IN_SECONDS', 86400 );

/** All that WordPress would keep. */
final class WordPress {
	public static $options     = array();
	public static $transients  = array();
	public static $filters     = array();
	public static $user        = 0;
	public static $user_meta   = array();
	public static $locale      = 'de_DE';
	public static $is_admin    = false;
	public static $is_checkout = true;
	public static $planned     = array();
	/** @var array<int, array{slug: string, parent: int}> */
	public static $terms = array();
	/** @var int|null What time it is for the shop; the machine's if null. */
	public static $now = null;

	public static function reset(): void {
		foreach ( array( 'options', 'transients', 'filters', 'user_meta', 'planned', 'terms' ) as $name ) {
			self::$$name = array();
		}
		self::$user        = 0;
		self::$locale      = 'de_DE';
		self::$is_admin    = false;
		self::$is_checkout = true;
		self::$now         = null;
		$_POST             = array();
		$_GET              = array();
		$_COOKIE           = array();
		$GLOBALS['wp']     = (object) array( 'query_vars' => array() );
	}
}

function add_filter( $name, $callback ) {
	WordPress::$filters[ $name ][] = $callback;
	return true;
}
function add_action( $name, $callback ) {
	return add_filter( $name, $callback );
}
function apply_filters( $name, $value, ...$more ) {
	foreach ( WordPress::$filters[ $name ] ?? array() as $callback ) {
		$value = $callback( $value, ...$more );
	}
	return $value;
}
function get_option( $name, $otherwise = false ) {
	return WordPress::$options[ $name ] ?? $otherwise;
}
function update_option( $name, $value ) {
	WordPress::$options[ $name ] = $value;
	return true;
}
function get_transient( $name ) {
	list( $value, $until ) = WordPress::$transients[ $name ] ?? array( false, PHP_INT_MAX );
	return $until > time() ? $value : false;
}
function set_transient( $name, $value, $seconds ) {
	WordPress::$transients[ $name ] = array( $value, time() + $seconds );
	return true;
}
function delete_transient( $name ) {
	unset( WordPress::$transients[ $name ] );
	return true;
}
function get_user_meta( $user, $name ) {
	return WordPress::$user_meta[ $user ][ $name ] ?? '';
}
function update_user_meta( $user, $name, $value ) {
	WordPress::$user_meta[ $user ][ $name ] = $value;
	return true;
}
function wp_json_encode( $value, $flags = 0 ) {
	return json_encode( $value, $flags );
}
function wp_unslash( $value ) {
	return is_array( $value ) ? array_map( 'wp_unslash', $value ) : stripslashes( $value );
}
function wp_slash( $value ) {
	return addslashes( $value );
}
function sanitize_text_field( $text ) {
	return trim( preg_replace( '/[\r\n\t ]+/', ' ', strip_tags( $text ) ) );
}
function sanitize_title( $text ) {
	return strtolower( preg_replace( '/[^A-Za-z0-9_-]+/', '-', $text ) );
}
function wp_strip_all_tags( $text ) {
	return trim( strip_tags( $text ) );
}
function wp_check_invalid_utf8( $text ) {
	return mb_check_encoding( $text, 'UTF-8' ) ? $text : '';
}
function __( $text ) {
	return $text;
}
function _n( $one, $many, $number ) {
	return 1 === $number ? $one : $many;
}
function esc_html( $text ) {
	return htmlspecialchars( $text, ENT_QUOTES );
}
function esc_html__( $text ) {
	return esc_html( $text );
}
function determine_locale() {
	return WordPress::$locale;
}
function wp_timezone() {
	return new DateTimeZone( 'Europe/Berlin' );
}
function current_datetime() {
	return ( new DateTimeImmutable( '@' . ( WordPress::$now ?? time() ) ) )->setTimezone( wp_timezone() );
}
function wp_date( $format, $at = null ) {
	return ( new DateTimeImmutable( '@' . ( $at ?? WordPress::$now ?? time() ) ) )->setTimezone( wp_timezone() )->format( $format );
}
function is_email( $text ) {
	return filter_var( $text, FILTER_VALIDATE_EMAIL ) ? $text : false;
}
function get_user_by( $by, $email ) {
	return WordPress::$user > 0 ? (object) array( 'ID' => WordPress::$user ) : false;
}
function get_query_var( $name, $otherwise = '' ) {
	return $GLOBALS['wp']->query_vars[ $name ] ?? $otherwise;
}
function get_current_user_id() {
	return WordPress::$user;
}
function is_user_logged_in() {
	return WordPress::$user > 0;
}
function is_admin() {
	return WordPress::$is_admin;
}
function wp_doing_ajax() {
	return false;
}
function wp_doing_cron() {
	return false;
}
function absint( $value ) {
	return abs( (int) $value );
}
function wp_generate_uuid4() {
	return vsprintf( '%s%s-%s-%s-%s-%s%s%s', str_split( bin2hex( random_bytes( 16 ) ), 4 ) );
}
function untrailingslashit( $text ) {
	return rtrim( $text, '/' );
}
function add_query_arg( $name, $value, $url ) {
	return $url . ( false === strpos( $url, '?' ) ? '?' : '&' ) . $name . '=' . rawurlencode( $value );
}
function home_url() {
	return 'http://shop.example';
}
function rest_url( $path ) {
	return 'http://shop.example/wp-json/' . $path;
}
function wp_parse_url( $url, $part ) {
	return parse_url( $url, $part );
}
function wp_schedule_single_event( $at, $hook, $arguments ) {
	WordPress::$planned[] = array( $at, $hook, $arguments );
	return true;
}
function get_ancestors( $term ) {
	$parent = WordPress::$terms[ $term ]['parent'] ?? 0;
	return 0 === $parent ? array() : array_merge( array( $parent ), get_ancestors( $parent ) );
}
function get_term( $term ) {
	return isset( WordPress::$terms[ $term ] ) ? new WP_Term( WordPress::$terms[ $term ]['slug'] ) : null;
}

final class WP_Term {
	public $slug;
	public function __construct( $slug ) {
		$this->slug = $slug;
	}
}

final class WP_Error {
	private $message;
	public function __construct( $code, $message ) {
		$this->message = $message;
	}
	public function get_error_message() {
		return $this->message;
	}
}
function is_wp_error( $value ) {
	return $value instanceof WP_Error;
}

final class WP_REST_Response {
	public $data;
	public $status;
	public $headers = array();
	public function __construct( $data, $status = 200 ) {
		$this->data   = $data;
		$this->status = $status;
	}
	public function header( $name, $value ) {
		$this->headers[ $name ] = $value;
	}
	public function get_headers() {
		return $this->headers;
	}
	public function get_data() {
		return $this->data;
	}
}

/** A request as the plugin's routes are given it. */
final class WP_REST_Request implements ArrayAccess {
	private $parts;
	public function __construct( array $parts ) {
		$this->parts = $parts + array(
			'method'  => 'GET',
			'headers' => array(),
			'body'    => '',
			'query'   => array(),
			'path'    => '',
			'asked'   => null,
		);
	}
	public function get_header( $name ) {
		return $this->parts['headers'][ $name ] ?? null;
	}
	public function get_body() {
		return $this->parts['body'];
	}
	public function get_method() {
		return $this->parts['method'];
	}
	public function get_query_params() {
		return $this->parts['query'];
	}
	public function offsetExists( $name ): bool {
		return isset( $this->parts[ $name ] );
	}
	#[\ReturnTypeWillChange]
	public function offsetGet( $name ) {
		return $this->parts[ $name ];
	}
	public function offsetSet( $name, $value ): void {
	}
	public function offsetUnset( $name ): void {
	}
}
