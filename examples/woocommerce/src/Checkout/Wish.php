<?php
/**
 * What the browser sends along with an order: only what the shopper alone can know.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

/**
 * The detail of the element's `tresen-submit`, taken apart and checked. Cart, address and customer come from the order, whatever it says.
 */
final class Wish {
	const FIELD = 'tresen_wish';

	private const LENGTH_MAX   = 65536;
	private const RECORD_MAX   = 16384;
	private const CONSENTS_MAX = 8;

	/**
	 * What was read.
	 *
	 * @var array
	 */
	private $parts;

	/**
	 * A wish of these parts.
	 */
	private function __construct( array $parts ) {
		$this->parts = $parts;
	}

	/**
	 * What was posted: by a form, or by the Store API as `payment_data`, which WooCommerce puts into the same place.
	 */
	public static function posted(): self {
		// phpcs:ignore WordPress.Security.NonceVerification.Missing, WordPress.Security.ValidatedSanitizedInput.InputNotSanitized -- WooCommerce has checked the nonce; JSON is read whole and each part checked.
		$text = isset( $_POST[ self::FIELD ] ) && is_string( $_POST[ self::FIELD ] ) ? wp_unslash( $_POST[ self::FIELD ] ) : '';
		return self::read( $text );
	}

	/**
	 * A wish as JSON. What is no wish is one that says nothing: then the service says what is missing.
	 */
	public static function read( string $json ): self {
		$said = strlen( $json ) <= self::LENGTH_MAX ? json_decode( $json, true ) : null;
		$said = is_array( $said ) ? $said : array();
		$list = is_array( $said['consents'] ?? null ) ? array_slice( $said['consents'], 0, self::CONSENTS_MAX ) : array();
		return new self(
			array(
				'method'         => self::text( $said['method'] ?? null, 64 ),
				'amount'         => self::read_money( $said['amount'] ?? null ),
				'birth_date'     => self::date( $said['facts']['customer.birth_date'] ?? null ),
				'consents'       => array_values( array_filter( array_map( array( self::class, 'read_consent' ), $list ) ) ),
				'plan'           => self::read_plan( $said['plan'] ?? null ),
				'browser_record' => self::text( $said['browser_record'] ?? null, self::RECORD_MAX ),
			)
		);
	}

	/**
	 * The method that was shown; empty where nothing is said.
	 */
	public function method(): string {
		return (string) $this->parts['method'];
	}

	/**
	 * The amount that was shown.
	 */
	public function amount(): ?array {
		return $this->parts['amount'];
	}

	/**
	 * The date of birth; empty where nothing is said.
	 */
	public function birth_date(): string {
		return (string) $this->parts['birth_date'];
	}

	/**
	 * What was agreed to.
	 *
	 * @return array[]
	 */
	public function consents(): array {
		return $this->parts['consents'];
	}

	/**
	 * The plan of instalments that was shown.
	 */
	public function plan(): ?array {
		return $this->parts['plan'];
	}

	/**
	 * What the browser had decided, for the record; it binds nothing.
	 */
	public function browser_record(): ?string {
		return $this->parts['browser_record'];
	}

	/**
	 * A consent, whole or not at all.
	 *
	 * @param mixed $said What may be one.
	 */
	private static function read_consent( $said ): ?array {
		$consent = array();
		foreach ( array(
			'id'          => 64,
			'version'     => 32,
			'text_hash'   => 64,
			'accepted_at' => 40,
		) as $name => $length ) {
			$consent[ $name ] = self::text( is_array( $said ) ? ( $said[ $name ] ?? null ) : null, $length );
		}
		return in_array( null, $consent, true ) ? null : $consent;
	}

	/**
	 * A plan, whole or not at all.
	 *
	 * @param mixed $said What may be one.
	 */
	private static function read_plan( $said ): ?array {
		if ( ! is_array( $said ) || ! is_array( $said['instalments'] ?? null ) || count( $said['instalments'] ) > 60 ) {
			return null;
		}
		$rates = array();
		foreach ( $said['instalments'] as $rate ) {
			$due    = self::date( is_array( $rate ) ? ( $rate['due_date'] ?? null ) : null );
			$amount = self::read_money( is_array( $rate ) ? ( $rate['amount'] ?? null ) : null );
			if ( null === $due || null === $amount ) {
				return null;
			}
			$rates[] = array(
				'due_date' => $due,
				'amount'   => $amount,
			);
		}
		$percent = self::text( $said['annual_rate_percent'] ?? null, 16 );
		return null === $percent || array() === $rates ? null : array(
			'instalments'         => $rates,
			'annual_rate_percent' => $percent,
		);
	}

	/**
	 * An amount.
	 *
	 * @param mixed $said What may be one.
	 */
	private static function read_money( $said ): ?array {
		$minor    = is_array( $said ) ? ( $said['minor'] ?? null ) : null;
		$currency = is_array( $said ) ? ( $said['currency'] ?? null ) : null;
		return is_int( $minor ) && $minor >= 0 && is_string( $currency ) && preg_match( '/^[A-Z]{3}$/', $currency ) ? array(
			'minor'    => $minor,
			'currency' => $currency,
		) : null;
	}

	/**
	 * A day.
	 *
	 * @param mixed $said What may be one.
	 */
	private static function date( $said ): ?string {
		return is_string( $said ) && preg_match( '/^\d{4}-\d{2}-\d{2}$/', $said ) ? $said : null;
	}

	/**
	 * A text of one line and that length.
	 *
	 * @param mixed $said What may be one.
	 */
	private static function text( $said, int $length ): ?string {
		return is_string( $said ) && '' !== $said && strlen( $said ) <= $length && preg_match( '/^[\x20-\x7e]+$/', $said ) ? $said : null;
	}
}
