<?php
/**
 * The HTTP interface of the service, as far as a shop needs it.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Holds the secret key, which never reaches a browser.
 */
final class Client {
	/**
	 * How a request leaves.
	 *
	 * @var Transport
	 */
	private $transport;

	/**
	 * Where the service is, without a slash at the end.
	 *
	 * @var string
	 */
	private $address;

	/**
	 * The key of a server.
	 *
	 * @var string
	 */
	private $secret;

	/**
	 * How long an answer may take while a shopper waits for the page.
	 */
	private const PAGE_S = 4.0;

	/**
	 * How long it may take to place an order, or in the background.
	 */
	private const ORDER_S = 12.0;

	/**
	 * A client for one tenant of one service.
	 */
	public function __construct( Transport $transport, string $address, string $secret ) {
		$this->transport = $transport;
		$this->address   = rtrim( $address, '/' );
		$this->secret    = $secret;
	}

	/**
	 * Where the service is.
	 */
	public function address(): string {
		return $this->address;
	}

	/**
	 * Opens a session for a visit to the checkout.
	 */
	public function open_session( array $body ): array {
		return $this->call( 'POST', '/v1/sessions', $body, self::PAGE_S );
	}

	/**
	 * What confirm would decide for these facts, with nothing kept.
	 */
	public function preview( string $session, array $facts ): array {
		return $this->call( 'POST', '/v1/sessions/' . rawurlencode( $session ) . '/preview', array( 'facts' => (object) $facts ), self::PAGE_S );
	}

	/**
	 * What a browser is told of a session: who sells, among other things.
	 */
	public function checkout( string $session ): array {
		return $this->call( 'GET', '/v1/checkout/' . rawurlencode( $session ), null, self::PAGE_S );
	}

	/**
	 * The decision that counts. The key makes it one order, however often it is asked, so a lost answer is asked for once more.
	 */
	public function confirm( string $session, array $body, string $key ): array {
		$path = '/v1/sessions/' . rawurlencode( $session ) . '/confirm';
		try {
			return $this->call( 'POST', $path, $body, self::ORDER_S, $key );
		} catch ( TresenError $error ) {
			if ( ! $error->may_pass() || ! Breaker::lets_through() ) {
				throw $error;
			}
			return $this->call( 'POST', $path, $body, self::ORDER_S, $key );
		}
	}

	/**
	 * A claim as it stands.
	 */
	public function receivable( string $id ): array {
		return $this->call( 'GET', '/v1/receivables/' . rawurlencode( $id ) );
	}

	/**
	 * Credit for a claim: because of a `return`, as `goodwill`, after an `error` or a `dispute`.
	 */
	public function credit_note( string $id, array $amount, string $reason, string $key ): array {
		$body = array(
			'amount' => $amount,
			'reason' => $reason,
		);
		return $this->call( 'POST', '/v1/receivables/' . rawurlencode( $id ) . '/credit-notes', $body, self::ORDER_S, $key );
	}

	/**
	 * The order is undone: everything agreed is credited, and what default brought falls away.
	 */
	public function withdraw( string $id, string $key ): array {
		return $this->call( 'POST', '/v1/receivables/' . rawurlencode( $id ) . '/withdrawal', array(), self::ORDER_S, $key );
	}

	/**
	 * The goods have arrived on a day, such as `2026-12-24`.
	 */
	public function delivered( string $id, string $on, string $key ): array {
		return $this->call( 'POST', '/v1/receivables/' . rawurlencode( $id ) . '/delivery', array( 'on' => $on ), self::ORDER_S, $key );
	}

	/**
	 * Money that the shop has got for a claim, under the number that makes it one payment.
	 */
	public function receive_payment( array $body, string $key ): array {
		return $this->call( 'POST', '/v1/payments', $body, self::ORDER_S, $key );
	}

	/**
	 * How a payment stands.
	 */
	public function payment( string $id ): array {
		return $this->call( 'GET', '/v1/payments/' . rawurlencode( $id ) );
	}

	/**
	 * The customer's own money is to go back.
	 */
	public function refund( string $payment, array $amount, string $key ): array {
		$body = array(
			'payment' => $payment,
			'amount'  => $amount,
		);
		return $this->call( 'POST', '/v1/refunds', $body, self::ORDER_S, $key );
	}

	/**
	 * A new pay link in place of the one before: the token is told this once.
	 */
	public function pay_link( string $receivable ): array {
		return $this->call( 'POST', '/v1/receivables/' . rawurlencode( $receivable ) . '/paylink', null, self::PAGE_S );
	}

	/**
	 * What is to be paid by a link; looking changes nothing.
	 */
	public function pay_link_state( string $token ): array {
		return $this->call( 'GET', '/v1/paylinks/' . rawurlencode( $token ), null, self::PAGE_S );
	}

	/**
	 * All that is stored about a person.
	 *
	 * @param string $path `customers` or `guests`.
	 */
	public function export( string $path, string $reference ): array {
		return $this->call( 'GET', '/v1/' . $path . '/' . rawurlencode( $reference ) . '/export' );
	}

	/**
	 * What is personal about somebody goes; refused while something is open.
	 *
	 * @param string $path `customers` or `guests`.
	 */
	public function erase( string $path, string $reference ): array {
		return $this->call( 'POST', '/v1/' . $path . '/' . rawurlencode( $reference ) . '/erase', array(), self::ORDER_S, 'erase-' . $path . '-' . $reference );
	}

	/**
	 * The policies that were uploaded.
	 */
	public function policies(): array {
		return $this->call( 'GET', '/v1/policies' );
	}

	/**
	 * Uploads a policy; new sessions are decided by it.
	 */
	public function upload_policy( string $json ): array {
		return $this->call( 'POST', '/v1/policies', $json );
	}

	/**
	 * What a first-time guest could pay with: the public part of the policy, read with any key.
	 */
	public function hint(): array {
		return $this->call( 'GET', '/v1/hint' );
	}

	/**
	 * Has the service tell an address of what happens; the answer holds the secret, this once.
	 */
	public function create_webhook( string $url, array $events ): array {
		$body = array(
			'url'    => $url,
			'events' => $events,
		);
		return $this->call( 'POST', '/v1/webhooks', $body );
	}

	/**
	 * Where the service tells of what happens.
	 */
	public function webhooks(): array {
		return $this->call( 'GET', '/v1/webhooks' );
	}

	/**
	 * The address is told no longer.
	 */
	public function remove_webhook( string $id ): array {
		return $this->call( 'DELETE', '/v1/webhooks/' . rawurlencode( $id ) );
	}

	/**
	 * The keys with which decisions are signed.
	 */
	public function keys(): array {
		return $this->call( 'GET', '/v1/keys' );
	}

	/**
	 * Whether the service answers, and whether it is a sandbox.
	 */
	public function health( float $seconds = self::ORDER_S ): array {
		return $this->call( 'GET', '/v1/health', null, $seconds );
	}

	/**
	 * One request, with the secret key.
	 *
	 * @param array|string|null $body As data or as JSON; null for none.
	 * @return array What was answered.
	 * @throws TresenError Where nothing was, or an error.
	 */
	public function call( string $method, string $path, $body = null, float $seconds = self::ORDER_S, string $key = '' ): array {
		if ( ! Breaker::lets_through() ) {
			throw new ConnectionError( 'connection.paused', 'the service did not answer lately; it is asked again within a minute' );
		}
		$headers = array(
			'accept'        => 'application/json',
			'authorization' => 'Bearer ' . $this->secret,
		);
		if ( null !== $body ) {
			$headers['content-type'] = 'application/json';
			$body                    = is_string( $body ) ? $body : self::json( $body );
		}
		if ( '' !== $key ) {
			$headers['idempotency-key'] = $key;
		}
		try {
			$answer = self::read( $this->transport->send( $method, $this->address . $path, $headers, $body, $seconds ) );
		} catch ( TresenError $error ) {
			self::count( $error );
			throw $error;
		}
		Breaker::succeeded();
		return $answer;
	}

	/**
	 * An error of the question is an answer too: only silence and trouble on the other side count against the service.
	 */
	private static function count( TresenError $error ): void {
		if ( $error instanceof ConnectionError || ( $error instanceof ApiError && $error->status() >= 500 ) ) {
			Breaker::failed();
		} else {
			Breaker::succeeded();
		}
	}

	/**
	 * An empty body is an object, not a list.
	 */
	private static function json( array $body ): string {
		return (string) wp_json_encode( array() === $body ? new \stdClass() : $body, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}

	/**
	 * What an answer says.
	 *
	 * @param array $answer Of the transport.
	 * @throws TresenError Where it is an error, or not the service's.
	 */
	private static function read( array $answer ): array {
		$value = json_decode( $answer['body'], true );
		if ( is_array( $value ) && $answer['status'] >= 200 && $answer['status'] < 300 ) {
			return $value;
		}
		if ( is_string( $value['error']['code'] ?? null ) && is_string( $value['error']['message'] ?? null ) ) {
			throw new ApiError( $answer['status'], $value['error'] );
		}
		throw new ConnectionError(
			'answer.malformed',
			// phpcs:ignore WordPress.Security.EscapeOutput.ExceptionNotEscaped -- a number.
			sprintf( 'the answer with status %d is not what the service sends', $answer['status'] ),
			'check that the address is that of a Tresen service and not of something in front of it'
		);
	}
}
