<?php
/**
 * The decision that counts: asked with the order's own figures before anything is promised.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Facts\OrderPurchase;
use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Gateways\Names;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Orders\Words;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\TokenError;
use Tresen\WooCommerce\Service\TokenVerifier;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Settings;

/**
 * Confirms an order with the service, checks the token, and writes down what was decided.
 */
final class Confirmation {
	/**
	 * Reasons that lie in the session: with a new one the same order may stand.
	 */
	private const OF_THE_SESSION = array( 'session.expired', 'session.already_bound' );

	/**
	 * The service; null where none is connected.
	 *
	 * @var Client|null
	 */
	private $client;

	/**
	 * Whoever knows session and methods.
	 *
	 * @var Decider
	 */
	private $decider;

	/**
	 * Whoever places orders.
	 */
	public function __construct( ?Client $client, Decider $decider ) {
		$this->client  = $client;
		$this->decider = $decider;
	}

	/**
	 * Places an order by a gateway, or says why not. The order itself is left as it is, but for what was decided.
	 *
	 * @param \WC_Order $order The order.
	 */
	public function place( $order, string $gateway, Wish $wish ): Outcome {
		$purchase = new OrderPurchase( $order );
		$decision = $this->decider->decide( $purchase, $wish->birth_date() );
		if ( null === $decision || null === $this->client ) {
			return new Outcome( Gateways::is_safe( $gateway ) ? Outcome::UNDECIDED : Outcome::UNREACHABLE );
		}
		$method = $this->method( $decision, $gateway, $wish );
		if ( null === $method ) {
			return self::refusal( array( 'method.unknown' ) );
		}
		$amount = Money::of( $order->get_total(), $purchase->currency() );
		if ( null !== $wish->amount() && ! Money::same( $wish->amount(), $amount ) ) {
			return self::refusal( array( 'amount.differs' ) );
		}
		$body = self::body( $purchase, $decision->facts(), $method['id'], $amount, $wish );
		try {
			$answer  = $this->confirm( $decision->session(), $body, $order );
			$session = $decision->session();
			if ( 'refused' === $answer['outcome'] && array() !== array_intersect( self::OF_THE_SESSION, array_column( $answer['reasons'], 'code' ) ) ) {
				$this->decider->forget();
				$session = $this->decider->session( $this->decider->who( $purchase ), $decision->facts() );
				$answer  = $this->confirm( $session, $body, $order );
			}
			if ( 'confirmed' !== $answer['outcome'] && Gateways::is_safe( $gateway ) && ! self::is_of_the_method( $answer ) ) {
				// What bears no risk is not kept from a shopper because of a number that was taken, or of another currency.
				Log::info( 'order ' . $order->get_id() . ' is placed without a decision: ' . implode( ', ', array_column( $answer['reasons'], 'code' ) ) );
				return new Outcome( Outcome::UNDECIDED );
			}
			if ( 'confirmed' !== $answer['outcome'] ) {
				return $this->refused( $answer, $gateway, $method, $purchase, $order );
			}
			$this->check_token( $answer, $session, $body );
		} catch ( TresenError $error ) {
			Log::error( 'confirm order ' . $order->get_id(), $error );
			return new Outcome( Gateways::is_safe( $gateway ) ? Outcome::UNDECIDED : Outcome::UNREACHABLE );
		}
		Log::is_well( 'confirm order ' . $order->get_id() );
		$customer = $purchase->customer_id();
		OrderRecord::of( $order )->decided( $session, $body, $answer, $customer > 0 ? array( 'customers', (string) $customer ) : array( 'guests', $purchase->guest() ), ComeBack::secret() );
		Outbox::note( 'confirm', (int) $order->get_id(), 'confirm-' . strtolower( (string) $answer['decision_id'] ), $method['id'] . ': confirmed, ' . $answer['decision_id'] );
		$this->decider->done();
		return new Outcome( Outcome::CONFIRMED, $answer );
	}

	/**
	 * Whether an order was refused because of the method itself.
	 */
	private static function is_of_the_method( array $answer ): bool {
		return array() !== array_intersect( array( 'method.withheld', 'method.unknown', 'method.incomplete' ), array_column( $answer['reasons'], 'code' ) );
	}

	/**
	 * The method that a gateway stands for; among several of one kind, the one that was shown.
	 */
	private function method( Decision $decision, string $gateway, Wish $wish ): ?array {
		$shown = '' === $wish->method() ? null : $decision->method( $wish->method() );
		if ( null !== $shown && $decision->is_sold_by( $shown, $gateway ) ) {
			return $shown;
		}
		return $decision->method_for_gateway( $gateway );
	}

	/**
	 * What is asked: the order's own figures, and of the browser only what the shopper alone knows.
	 */
	private static function body( OrderPurchase $purchase, array $facts, string $method, array $amount, Wish $wish ): array {
		$body = array(
			'order'    => OrderRecord::reference( $purchase->order() ),
			'method'   => $method,
			'amount'   => $amount,
			'facts'    => (object) $facts,
			'cart'     => $purchase->cart(),
			'consents' => $wish->consents(),
			'contact'  => $purchase->contact(),
		);
		if ( null !== $wish->plan() ) {
			$body['plan'] = $wish->plan();
		}
		if ( null !== $wish->browser_record() ) {
			$body['browser_record'] = $wish->browser_record();
		}
		return $body;
	}

	/**
	 * Asks; the same wish again, also at the same time, is the same order: the key says so.
	 */
	private function confirm( string $session, array $body, $order ): array {
		$key = 'wc-' . $order->get_id() . '-' . substr( hash( 'sha256', $session . wp_json_encode( $body ) ), 0, 40 );
		return $this->client->confirm( $session, $body, $key );
	}

	/**
	 * Nothing is shipped on the word of a connection: the token is checked against what was bought.
	 *
	 * @throws TokenError Where it is for something else, or not the service's.
	 */
	private function check_token( array $answer, string $session, array $body ): void {
		if ( ! TokenVerifier::can() ) {
			Log::info( 'decisions are not checked: this PHP has no libsodium' );
			return;
		}
		$expected = array(
			'session' => $session,
			'order'   => $body['order'],
			'method'  => $body['method'],
			'amount'  => $body['amount'],
			'cart'    => $body['cart'],
		);
		if ( '' !== Settings::get( 'tenant' ) ) {
			$expected['tenant'] = Settings::get( 'tenant' );
		}
		$check = static function ( array $keys ) use ( $answer, $expected ): void {
			TokenVerifier::claims( (string) $answer['decision_token'], $keys, $expected, Settings::get( 'sandbox' ) ? null : time() );
		};
		try {
			$check( (array) Settings::get( 'signing_keys' ) );
		} catch ( TokenError $error ) {
			if ( 'token.key_unknown' !== $error->code() ) {
				throw $error;
			}
			$keys = $this->client->keys()['keys'] ?? array();
			$check( $keys );
			Settings::set( array( 'signing_keys' => $keys ) );
		}
	}

	/**
	 * A refusal is noted with the order, and remembered where it was one of the method and not of a form that was filled in badly.
	 */
	private function refused( array $answer, string $gateway, array $method, OrderPurchase $purchase, $order ): Outcome {
		$outcome = new Outcome( Outcome::REFUSED, $answer );
		if ( in_array( 'method.withheld', $outcome->codes(), true ) ) {
			Declines::refused( $gateway, $purchase );
		}
		$this->decider->forget();
		Outbox::note( 'confirm', (int) $order->get_id(), 'confirm-' . strtolower( (string) ( $answer['decision_id'] ?? '' ) ), $method['id'] . ': refused, ' . implode( ', ', $outcome->codes() ) );
		$order->add_order_note(
			sprintf(
				/* translators: 1: name of a payment method, 2: reasons. */
				__( 'Tresen: %1$s was not possible: %2$s.', 'tresen' ),
				Names::of_method( $method['id'] ),
				Words::reasons( $outcome->codes() )
			)
		);
		return $outcome;
	}

	/**
	 * A refusal of our own.
	 *
	 * @param string[] $codes Reasons.
	 */
	private static function refusal( array $codes ): Outcome {
		$reasons = array();
		foreach ( $codes as $code ) {
			$reasons[] = array( 'code' => $code );
		}
		return new Outcome( Outcome::REFUSED, array( 'reasons' => $reasons ) );
	}
}
