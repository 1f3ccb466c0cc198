<?php
/**
 * What a shopper reads where an order cannot be placed as wished.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

/**
 * One sentence that says what to do, and what else there is. Never a code, never a reason that lies in the shopper's past.
 */
final class Sentences {
	/**
	 * The sentence for a refusal.
	 *
	 * @param string[] $codes Reasons, as the service sent them.
	 * @param string[] $other The names of the methods that remain.
	 */
	public static function refused( array $codes, array $other ): string {
		$has = static function ( string ...$names ) use ( $codes ): bool {
			return array() !== array_intersect( $names, $codes );
		};
		if ( $has( 'method.incomplete', 'step.birth_date_differs' ) ) {
			return __( 'For this method we still need something from you: please fill in what is asked for below it.', 'tresen' );
		}
		if ( $has( 'consent.missing', 'credit.not_disclosed' ) ) {
			return __( 'Please read the terms of this method and agree to them, then order again.', 'tresen' );
		}
		if ( $has( 'consent.text_differs', 'consent.not_in_session', 'session.expired', 'session.already_bound', 'plan.differs', 'plan.unknown', 'plan.missing' ) ) {
			return __( 'The terms have changed meanwhile. Please look at them once more and agree again, then order.', 'tresen' );
		}
		if ( $has( 'amount.differs', 'cart.total_differs' ) ) {
			return __( 'The amount has changed meanwhile. Please look at your order once more.', 'tresen' );
		}
		if ( $has( 'amount.maximum' ) ) {
			return self::with( __( 'This order is too large for this method.', 'tresen' ), $other );
		}
		if ( $has( 'amount.minimum' ) ) {
			return self::with( __( 'This order is too small for this method.', 'tresen' ), $other );
		}
		if ( $has( 'goods.excluded' ) ) {
			return self::with( __( 'For something in your cart this method cannot be used.', 'tresen' ), $other );
		}
		return self::with( __( 'This method is not possible for this order.', 'tresen' ), $other );
	}

	/**
	 * The sentence where nobody can decide.
	 *
	 * @param string[] $other The names of the methods that remain.
	 */
	public static function unreachable( array $other ): string {
		return self::with( __( 'This method cannot be used at the moment; that is not because of you.', 'tresen' ), $other );
	}

	/**
	 * What happened, and what else there is.
	 */
	private static function with( string $sentence, array $other ): string {
		if ( array() === $other ) {
			return $sentence . ' ' . __( 'Please get in touch with us.', 'tresen' );
		}
		/* translators: %s: names of payment methods, such as "PayPal, Prepayment". */
		return $sentence . ' ' . sprintf( __( 'You can pay by: %s.', 'tresen' ), implode( ', ', $other ) );
	}
}
