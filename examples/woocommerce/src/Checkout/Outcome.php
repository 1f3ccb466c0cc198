<?php
/**
 * What came of the wish to order.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

/**
 * Confirmed, refused, or nobody could be asked.
 */
final class Outcome {
	const CONFIRMED   = 'confirmed';
	const UNDECIDED   = 'undecided';
	const REFUSED     = 'refused';
	const UNREACHABLE = 'unreachable';

	/**
	 * One of these.
	 *
	 * @var string
	 */
	private $state;

	/**
	 * The service's answer, where there is one.
	 *
	 * @var array
	 */
	private $answer;

	/**
	 * An outcome.
	 */
	public function __construct( string $state, array $answer = array() ) {
		$this->state  = $state;
		$this->answer = $answer;
	}

	/**
	 * Whether the order stands: decided, or without a decision by a method that needs none.
	 */
	public function is_placed(): bool {
		return self::CONFIRMED === $this->state || self::UNDECIDED === $this->state;
	}

	/**
	 * Which of them.
	 */
	public function state(): string {
		return $this->state;
	}

	/**
	 * The reasons of a refusal.
	 *
	 * @return string[]
	 */
	public function codes(): array {
		return array_column( $this->answer['reasons'] ?? array(), 'code' );
	}

	/**
	 * Where the shopper pays, where a provider takes the money.
	 */
	public function redirect(): string {
		return (string) ( $this->answer['payment']['redirect_url'] ?? '' );
	}

	/**
	 * The service's answer.
	 */
	public function answer(): array {
		return $this->answer;
	}
}
