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
		return new \WP_REST_Response( array( 'order' => self::hear( $message, $headers['webhook-id'] ) ), 202 );
	}

	/**
	 * Has the order read that a message is about. Answers its number in WooCommerce, 0 where it is about none of ours.
	 *
	 * @param array  $message As it was checked.
	 * @param string $id      The message's own number: the same message again is not a second one.
	 */
	public static function hear( array $message, string $id ): int {
		$data  = is_array( $message['data'] ?? null ) ? $message['data'] : array();
		$order = OrderRecord::find( OrderRecord::META_ORDER, (string) ( $data['order'] ?? '' ) );
		$order = $order ?? OrderRecord::find( OrderRecord::META_PAYMENT, (string) ( $data['payment'] ?? '' ) );
		if ( null === $order ) {
			return 0;
		}
		Outbox::add( 'sync', (int) $order->get_id(), 'hook-' . substr( hash( 'sha256', $id ), 0, 32 ), array( 'because' => (string) $message['type'] ) );
		return (int) $order->get_id();
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
