<?php
/**
 * Does not ask a service again and again that does not answer: every shopper would wait for it.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Opens after three failures in a row, for a minute; then one request tries, and the next failure opens it again.
 *
 * It is kept as a transient, for all visitors together.
 */
final class Breaker {
	private const NAME     = 'tresen_breaker';
	private const FAILURES = 3;
	private const OPEN_S   = 60;
	private const KEPT_S   = 3600;

	/**
	 * Whether a request may be sent.
	 */
	public static function lets_through(): bool {
		return self::state()['open_until'] <= time();
	}

	/**
	 * Somebody wants it tried now: the next request is sent, whatever came of the last ones.
	 */
	public static function let_one_through(): void {
		$state = self::state();
		if ( $state['open_until'] > 0 ) {
			set_transient( self::NAME, array_merge( $state, array( 'open_until' => 0 ) ), self::KEPT_S );
		}
	}

	/**
	 * A request got no answer.
	 */
	public static function failed(): void {
		$state             = self::state();
		$state['failures'] = $state['failures'] + 1;
		$state['since']    = $state['since'] > 0 ? $state['since'] : time();
		if ( $state['failures'] >= self::FAILURES ) {
			$state['open_until'] = time() + self::OPEN_S;
		}
		set_transient( self::NAME, $state, self::KEPT_S );
	}

	/**
	 * A request got an answer.
	 */
	public static function succeeded(): void {
		if ( false !== get_transient( self::NAME ) ) {
			delete_transient( self::NAME );
		}
	}

	/**
	 * Since when nothing has come back, as Unix time; 0 where the last answer was one.
	 */
	public static function silent_since(): int {
		return self::state()['since'];
	}

	/**
	 * The state as it is kept.
	 */
	private static function state(): array {
		$state = get_transient( self::NAME );
		return is_array( $state ) ? $state : array(
			'failures'   => 0,
			'since'      => 0,
			'open_until' => 0,
		);
	}
}
