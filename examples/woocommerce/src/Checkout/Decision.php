<?php
/**
 * What the service has decided about a cart or an order.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Gateways\Gateways;

/**
 * The answer of `preview`, asked by gateways. Nothing is decided here.
 */
final class Decision {
	/**
	 * The session that it was decided in.
	 *
	 * @var string
	 */
	private $session;

	/**
	 * What it was decided on, of what may be told to a browser.
	 *
	 * @var array
	 */
	private $facts;

	/**
	 * The methods, as the service sent them, by their rank.
	 *
	 * @var array[]
	 */
	private $methods;

	/**
	 * Methods that are withheld, and that a human has granted all the same.
	 *
	 * @var string[]
	 */
	private $granted;

	/**
	 * An answer of `preview`.
	 */
	public function __construct( string $session, array $facts, array $answer ) {
		$this->session = $session;
		$this->facts   = $facts;
		$this->methods = array_values( $answer['decision']['methods'] ?? array() );
		$this->granted = array_column( $answer['granted'] ?? array(), 'method' );
		usort(
			$this->methods,
			static function ( array $one, array $other ): int {
				return $one['rank'] <=> $other['rank'];
			}
		);
	}

	/**
	 * The session, for the widget.
	 */
	public function session(): string {
		return $this->session;
	}

	/**
	 * What it was decided on; history is never among it.
	 */
	public function facts(): array {
		return $this->facts;
	}

	/**
	 * The methods as the service sent them.
	 *
	 * @return array[]
	 */
	public function methods(): array {
		return $this->methods;
	}

	/**
	 * A method by its id.
	 */
	public function method( string $id ): ?array {
		foreach ( $this->methods as $method ) {
			if ( $method['id'] === $id ) {
				return $method;
			}
		}
		return null;
	}

	/**
	 * The method behind a gateway. A policy may have several of one kind, such as an invoice for companies: then the first that may
	 * be used, else the first.
	 */
	public function method_for_gateway( string $gateway ): ?array {
		$kind = Gateways::kind( $gateway );
		if ( '' === $kind ) {
			$mapped = Gateways::mapped_method( $gateway );
			return '' === $mapped ? null : $this->method( $mapped );
		}
		$first = null;
		foreach ( $this->methods as $method ) {
			if ( $method['kind'] === $kind && ( self::is_ours( $method, $gateway ) ) ) {
				if ( $this->may_be_used( $method ) ) {
					return $method;
				}
				$first = $first ?? $method;
			}
		}
		return $first;
	}

	/**
	 * Whether a gateway may be used. One that stands under no method of the policy is none of ours to judge.
	 */
	public function allows( string $gateway ): bool {
		$method = $this->method_for_gateway( $gateway );
		if ( null === $method ) {
			return '' === Gateways::kind( $gateway ) && '' === Gateways::mapped_method( $gateway );
		}
		return $this->may_be_used( $method );
	}

	/**
	 * What the method of a gateway costs the shopper.
	 */
	public function fee_minor( string $gateway ): int {
		$method = $this->method_for_gateway( $gateway );
		return (int) ( $method['fee']['minor'] ?? 0 );
	}

	/**
	 * Offered, or with something still to be told; or withheld, and granted by a human.
	 */
	private function may_be_used( array $method ): bool {
		return in_array( $method['state'], array( 'offered', 'incomplete' ), true ) || in_array( $method['id'], $this->granted, true );
	}

	/**
	 * A method that another plugin's gateway stands for is not ours as well.
	 */
	private static function is_ours( array $method, string $gateway ): bool {
		return ! in_array( $method['id'], array_diff_key( Gateways::mapping(), array( $gateway => '' ) ), true );
	}
}
