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
	 * Whether mandates can name the creditor.
	 *
	 * @var bool
	 */
	private $has_creditor;

	/**
	 * An answer of `preview`, and of `Creditor` as `has_creditor`.
	 */
	public function __construct( string $session, array $facts, array $answer ) {
		$this->session = $session;
		$this->facts   = $facts;
		$this->methods = array_values( $answer['decision']['methods'] ?? array() );
		$this->granted = array_column( $answer['granted'] ?? array(), 'method' );

		$this->has_creditor = $answer['has_creditor'] ?? true;
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
		if ( '' === Gateways::kind( $gateway ) ) {
			$mapped = Gateways::mapped_method( $gateway );
			return '' === $mapped ? null : $this->method( $mapped );
		}
		$first = null;
		foreach ( $this->methods as $method ) {
			if ( $this->is_sold_by( $method, $gateway ) ) {
				if ( $this->may_be_used( $method ) ) {
					return $method;
				}
				$first = $first ?? $method;
			}
		}
		return $first;
	}

	/**
	 * Whether a gateway of ours sells a method: it is of its kind, no other plugin's gateway stands for it, and a mandate would be whole.
	 */
	public function is_sold_by( array $method, string $gateway ): bool {
		return Gateways::kind( $gateway ) === $method['kind']
			&& ! in_array( $method['id'], array_diff_key( Gateways::mapping(), array( $gateway => '' ) ), true )
			&& ( $this->has_creditor || ! Creditor::is_needed( $method ) );
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
}
