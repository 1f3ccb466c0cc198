<?php
/**
 * Where the service tells what has happened.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Webhook;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Service\WebhookError;
use Tresen\WooCommerce\Service\WebhookVerifier;
use Tresen\WooCommerce\Settings;

/**
 * `POST /wp-json/tresen/v1/webhook`. A message is checked, written down under its own number, and answered at once; what it is about
 * is read afterwards.
 */
final class Endpoint {
	/**
	 * What is asked for: whatever can change how an order stands.
	 */
	const EVENTS = array(
		'PaymentAllocated',
		'AllocationReversed',
		'PaymentSettled',
		'PaymentFailed',
		'PaymentReversed',
		'ChargebackOpened',
		'ChargebackWon',
		'ChargebackLost',
		'CreditNoteIssued',
		'WithdrawalReceived',
		'DebtWaived',
		'SmallBalanceCleared',
		'WrittenOff',
		'DueDateSet',
		'LevelRaised',
		'LevelReset',
		'CostCharged',
		'CostWaived',
		'HoldPlaced',
		'HoldReleased',
		'DeferralGranted',
		'PlanAccepted',
		'DisputeRaised',
		'PaymentPending',
	);

	/**
	 * Where it is.
	 */
	public static function address(): string {
		return rest_url( 'tresen/v1/webhook' );
	}

	/**
	 * Tells WordPress of it. Who sends is known by the signature.
	 */
	public static function register(): void {
		register_rest_route(
			'tresen/v1',
			'/webhook',
			array(
				'methods'             => 'POST',
				'callback'            => array( self::class, 'answer' ),
				'permission_callback' => '__return_true',
			)
		);
	}

	/**
	 * Answers a request.
	 *
	 * @param \WP_REST_Request $request The request.
	 */
	public static function answer( $request ) {
		$headers = array();
		foreach ( array( 'webhook-id', 'webhook-timestamp', 'webhook-signature' ) as $name ) {
			$headers[ $name ] = (string) $request->get_header( $name );
		}
		try {
			$message = WebhookVerifier::message( $request->get_body(), $headers, self::secrets(), time() );
		} catch ( WebhookError $error ) {
			Log::info( 'a webhook was turned away: ' . $error->code() );
			return new \WP_REST_Response( array( 'error' => array( 'code' => $error->code() ) ), 'webhook.malformed' === $error->code() ? 400 : 401 );
		}
		return new \WP_REST_Response( array( 'orders' => self::hear( $message, $headers['webhook-id'] ) ), 202 );
	}

	/**
	 * Has the orders read that a message is about: one payment may be for several.
	 *
	 * @param array  $message As it was checked.
	 * @param string $id      The message's own number: the same message again is not a second one.
	 * @return int[] Their numbers in WooCommerce.
	 */
	public static function hear( array $message, string $id ): array {
		$data  = is_array( $message['data'] ?? null ) ? $message['data'] : array();
		$found = array(
			OrderRecord::find( OrderRecord::META_ORDER, is_string( $data['order'] ?? null ) ? $data['order'] : '' ),
			OrderRecord::find( OrderRecord::META_PAYMENT, is_string( $data['payment'] ?? null ) ? $data['payment'] : '' ),
		);
		foreach ( self::claims( $data ) as $claim ) {
			$found[] = OrderRecord::find( OrderRecord::META_CLAIM, $claim );
		}
		$ids = array();
		foreach ( array_filter( $found ) as $order ) {
			$ids[] = (int) $order->get_id();
		}
		$ids = array_values( array_unique( $ids ) );
		foreach ( $ids as $order_id ) {
			Outbox::add( 'sync', $order_id, 'hook-' . substr( hash( 'sha256', $id ), 0, 32 ) . '-' . $order_id, array( 'because' => (string) $message['type'] ) );
		}
		return $ids;
	}

	/**
	 * The claims that a message names, wherever in it: a payment names those that it was put against, a plan those that it covers.
	 *
	 * @return string[]
	 */
	private static function claims( array $data ): array {
		$claims = array();
		array_walk_recursive(
			$data,
			static function ( $value ) use ( &$claims ) {
				if ( is_string( $value ) && 0 === strpos( $value, 'rcv_' ) ) {
					$claims[ $value ] = true;
				}
			}
		);
		return array_slice( array_map( 'strval', array_keys( $claims ) ), 0, 50 );
	}

	/**
	 * The secrets that count.
	 *
	 * @return string[]
	 */
	private static function secrets(): array {
		return array_filter( array( (string) Settings::get( 'webhook_secret' ) ) );
	}
}
