<?php
/**
 * What the ledger says, as a merchant reads it in an order's notes and in the log.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

/**
 * Words for codes. A code of a newer service that has none here is said as it is: better than nothing.
 */
final class Words {
	/**
	 * A kind of call to the service.
	 */
	public static function call( string $kind ): string {
		$words = array(
			'confirm'     => __( 'Decision', 'tresen' ),
			'credit_note' => __( 'Credit note', 'tresen' ),
			'refund'      => __( 'Refund', 'tresen' ),
			'withdrawal'  => __( 'Cancellation', 'tresen' ),
			'delivery'    => __( 'Delivery', 'tresen' ),
			'received'    => __( 'Payment received', 'tresen' ),
			'sync'        => __( 'News of the ledger', 'tresen' ),
		);
		return $words[ $kind ] ?? $kind;
	}

	/**
	 * Why an order was refused, in a row.
	 *
	 * @param string[] $codes The reasons, as the service sent them: `method.withheld` says only that others follow.
	 */
	public static function reasons( array $codes ): string {
		$changed = __( 'the terms had changed meanwhile', 'tresen' );
		$amount  = __( 'the amount had changed meanwhile', 'tresen' );
		$unset   = __( 'the terms had not been agreed to', 'tresen' );
		$several = __( 'because of several details of the order', 'tresen' );
		$words   = array(
			'general'                      => $several,
			'risk.class'                   => $several,
			'method.incomplete'            => __( 'something had not been filled in', 'tresen' ),
			'step.birth_date_differs'      => __( 'another date of birth had been confirmed', 'tresen' ),
			'consent.missing'              => $unset,
			'credit.not_disclosed'         => $unset,
			'consent.text_differs'         => $changed,
			'consent.not_in_session'       => $changed,
			'plan.differs'                 => $changed,
			'plan.missing'                 => $changed,
			'session.expired'              => $changed,
			'session.already_bound'        => $changed,
			'amount.differs'               => $amount,
			'cart.total_differs'           => $amount,
			'amount.maximum'               => __( 'above the highest amount', 'tresen' ),
			'amount.minimum'               => __( 'below the lowest amount', 'tresen' ),
			'exposure.exceeded'            => __( 'too much would be open at the same time', 'tresen' ),
			'policy.not_valid'             => __( 'the policy does not hold on this day', 'tresen' ),
			'legal.registration_unchecked' => __( 'nobody is named who checked the duty to register', 'tresen' ),
			'provider.not_configured'      => __( 'no payment provider is connected', 'tresen' ),
			'method.unknown'               => __( 'the policy has no such method', 'tresen' ),
			'method.condition'             => __( 'the conditions of the method are not met', 'tresen' ),
			'country.not_served'           => __( 'not offered for this country', 'tresen' ),
			'address.differs'              => __( 'delivery goes to another address', 'tresen' ),
			'address.changed_recently'     => __( 'the delivery address is new', 'tresen' ),
			'customer.minor'               => __( 'only from the age of 18', 'tresen' ),
			'customer.company_only'        => __( 'for companies only', 'tresen' ),
			'customer.consumer_only'       => __( 'for private customers only', 'tresen' ),
			'account.overdue'              => __( 'an invoice is overdue', 'tresen' ),
			'history.declined'             => __( 'a payment failed lately', 'tresen' ),
			'velocity.orders'              => __( 'several orders within a short time', 'tresen' ),
			'channel.not_served'           => __( 'not offered by this way of ordering', 'tresen' ),
			'goods.excluded'               => __( 'not offered for something in the cart', 'tresen' ),
			'delivery.method'              => __( 'not offered with this way of delivery', 'tresen' ),
			'identity.unconfirmed'         => __( 'details of the customer are not confirmed', 'tresen' ),
			'order.already_confirmed'      => __( 'the order had been confirmed already', 'tresen' ),
			'currency.foreign'             => __( 'another currency than that of the policy', 'tresen' ),
		);
		return self::in_a_row( array_diff( $codes, array( 'method.withheld' ) ), $words );
	}

	/**
	 * What somebody should look at, in a row.
	 *
	 * @param string[] $codes As the service sent them.
	 */
	public static function attention( array $codes ): string {
		return self::in_a_row(
			$codes,
			array(
				'guest.email_of_a_customer' => __( 'a guest has given the e-mail address of one of your customers', 'tresen' ),
				'order.granted_by_review'   => __( 'somebody at your shop has allowed the method though the policy withholds it', 'tresen' ),
			)
		);
	}

	/**
	 * A day as the shop writes days.
	 *
	 * @param string $day Such as `2026-12-10`.
	 */
	public static function day( string $day ): string {
		return (string) wp_date( get_option( 'date_format' ), (int) strtotime( $day . ' 12:00:00 UTC' ) );
	}

	/**
	 * The words for these codes, each once.
	 *
	 * @param string[]              $codes Codes.
	 * @param array<string, string> $words By codes.
	 */
	private static function in_a_row( array $codes, array $words ): string {
		$said = array();
		foreach ( $codes as $code ) {
			$said[] = $words[ $code ] ?? $code;
		}
		return implode( ', ', array_unique( $said ) );
	}
}
