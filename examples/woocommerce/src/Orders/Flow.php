<?php
/**
 * What happens to an order in WooCommerce, told to the ledger.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Checkout\Declines;
use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Service\ApiError;
use Tresen\WooCommerce\Service\Client;

/**
 * Each event becomes a call in the outbox under a key of its own; the second half of the class does those calls.
 */
final class Flow {
	/**
	 * The service.
	 *
	 * @var Client
	 */
	private $client;

	/**
	 * Whoever reads the service's state into orders.
	 *
	 * @var Sync
	 */
	private $sync;

	/**
	 * Those who do the calls.
	 */
	public function __construct( Client $client, Sync $sync ) {
		$this->client = $client;
		$this->sync   = $sync;
	}

	/**
	 * By the kinds of calls.
	 *
	 * @return array<string, callable>
	 */
	public function doers(): array {
		return array(
			'credit_note' => array( $this, 'credit_note' ),
			'refund'      => array( $this, 'refund' ),
			'withdrawal'  => array( $this, 'withdrawal' ),
			'delivery'    => array( $this, 'delivery' ),
			'received'    => array( $this, 'received' ),
			'sync'        => array( $this, 'sync' ),
		);
	}

	/**
	 * A refund was made in WooCommerce: so much less is owed, or goes back through the provider.
	 *
	 * @param int $order_id  The order.
	 * @param int $refund_id The refund.
	 */
	public static function on_refund( $order_id, $refund_id ): void {
		$order  = wc_get_order( $order_id );
		$refund = wc_get_order( $refund_id );
		$record = $order ? OrderRecord::of( $order ) : null;
		if ( ! $refund || null === $record || ( '' === $record->receivable() && '' === $record->payment() ) ) {
			return;
		}
		$amount = Money::of( $refund->get_amount(), $order->get_currency() );
		if ( $amount['minor'] <= 0 ) {
			return;
		}
		if ( '' !== $record->receivable() ) {
			Outbox::add( 'credit_note', (int) $order_id, 'refund-' . (int) $refund_id, array( 'amount' => $amount ) );
		} else {
			Outbox::add( 'refund', (int) $order_id, 'refund-' . (int) $refund_id, array( 'amount' => $amount ) );
		}
	}

	/**
	 * An order was cancelled: nothing of it is owed any more.
	 *
	 * @param int $order_id The order.
	 */
	public static function on_cancel( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( $order && '' !== OrderRecord::of( $order )->receivable() ) {
			Outbox::add( 'withdrawal', (int) $order_id, 'cancel-' . (int) $order_id );
		}
	}

	/**
	 * An order is completed: its goods have arrived, and a time to pay that is counted from the delivery begins. Told once: the service
	 * keeps the day, and never gives less time than was told before.
	 *
	 * @param int $order_id The order.
	 */
	public static function on_complete( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( ! $order || '' === OrderRecord::of( $order )->receivable() ) {
			return;
		}

		/**
		 * The day on which the goods of a completed order arrived, for shops that complete orders when they are sent.
		 *
		 * @since 0.1.0
		 * @param string    $day   Such as `2026-12-24`, today by default and never later; empty where nobody knows: then nothing is told.
		 * @param \WC_Order $order The order.
		 */
		$day = (string) apply_filters( 'tresen_delivered_on', (string) wp_date( 'Y-m-d' ), $order );
		if ( '' !== $day ) {
			Outbox::add( 'delivery', (int) $order_id, 'delivered-' . (int) $order_id, array( 'on' => $day ) );
		}
	}

	/**
	 * A payment failed: its method is not offered again in this visit.
	 *
	 * @param int $order_id The order.
	 */
	public static function on_failure( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( $order && Gateways::is_under_policy( (string) $order->get_payment_method() ) && ! is_admin() ) {
			Declines::failed( (string) $order->get_payment_method() );
		}
	}

	/**
	 * WooCommerce takes an order for paid as soon as its goods may go out. One on account is paid when the ledger says so.
	 *
	 * @param string         $status   The status that counts as paid.
	 * @param int            $order_id The order.
	 * @param \WC_Order|null $order    The order.
	 */
	public static function paid_status( $status, $order_id = 0, $order = null ): string {
		$record = $order instanceof \WC_Order ? OrderRecord::of( $order ) : null;
		return null !== $record && $record->is_unpaid_claim() ? 'tresen-unpaid' : (string) $status;
	}

	/**
	 * The merchant sees the money on the account: an action in the order's own list.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function on_received( $order ): void {
		if ( '' !== OrderRecord::of( $order )->receivable() ) {
			Outbox::add( 'received', (int) $order->get_id(), 'received-' . (int) $order->get_id() . '-' . time(), array( 'on' => wp_date( 'Y-m-d' ) ) );
			$order->add_order_note( __( 'Tresen is told that the customer has paid.', 'tresen' ) );
		}
	}

	/**
	 * The action that the merchant may choose.
	 *
	 * @param string[]       $actions By their names.
	 * @param \WC_Order|null $order   The order.
	 */
	public static function order_actions( $actions, $order = null ): array {
		$record = $order instanceof \WC_Order ? OrderRecord::of( $order ) : null;
		if ( null !== $record && '' !== $record->receivable() && ( $record->standing()['minor'] ?? 1 ) > 0 ) {
			$actions['tresen_received'] = __( 'Tresen: the customer has paid all that is open', 'tresen' );
		}
		return (array) $actions;
	}

	/**
	 * Tells of a credit note.
	 */
	public function credit_note( int $order_id, array $payload, string $key ): string {
		list( $order, $record ) = self::order( $order_id );
		$claim                  = $this->client->credit_note( $record->receivable(), $payload['amount'], 'return', $key );
		$this->sync->claim( $order, $claim );
		return self::open( $claim );
	}

	/**
	 * Has a provider send money back.
	 */
	public function refund( int $order_id, array $payload, string $key ): string {
		list( , $record ) = self::order( $order_id );
		return (string) $this->client->refund( $record->payment(), $payload['amount'], $key )['state'];
	}

	/**
	 * Tells that an order is undone. One whose claim has ended already needs no word.
	 */
	public function withdrawal( int $order_id, array $payload, string $key ): string {
		list( $order, $record ) = self::order( $order_id );
		$claim                  = $this->client->receivable( $record->receivable() );
		if ( null === $claim['ending'] || 'paid' === $claim['ending'] ) {
			$claim = $this->client->withdraw( $record->receivable(), $key );
		}
		$this->sync->claim( $order, $claim );
		return self::open( $claim );
	}

	/**
	 * Tells that the goods have arrived.
	 */
	public function delivery( int $order_id, array $payload, string $key ): string {
		list( $order, $record ) = self::order( $order_id );
		$claim                  = $this->client->delivered( $record->receivable(), $payload['on'], $key );
		$this->sync->claim( $order, $claim );
		return self::open( $claim );
	}

	/**
	 * Tells of money that the merchant has seen: all that is open.
	 */
	public function received( int $order_id, array $payload, string $key ): string {
		list( $order, $record ) = self::order( $order_id );
		$claim                  = $this->client->receivable( $record->receivable() );
		if ( $claim['balance']['minor'] > 0 ) {
			$this->client->receive_payment(
				array(
					'provider'   => 'shop',
					'reference'  => $key,
					'amount'     => $claim['balance'],
					'value_date' => $payload['on'],
					'designated' => array( $record->receivable() ),
				),
				$key
			);
			$claim = $this->client->receivable( $record->receivable() );
		}
		$this->sync->claim( $order, $claim );
		return self::open( $claim );
	}

	/**
	 * Something has happened in the ledger: the order follows.
	 */
	public function sync( int $order_id, array $payload, string $key ): string {
		list( $order ) = self::order( $order_id );
		return $this->sync->order( $order );
	}

	/**
	 * The order and its record.
	 *
	 * @return array{0: \WC_Order, 1: OrderRecord}
	 * @throws ApiError Where the order is gone: then there is nothing to be told, and nothing to be tried again.
	 */
	private static function order( int $order_id ): array {
		$order = wc_get_order( $order_id );
		if ( ! $order ) {
			throw new ApiError(
				404,
				array(
					'code'    => 'order.gone',
					'message' => 'the order does not exist any more',
				)
			);
		}
		return array( $order, OrderRecord::of( $order ) );
	}

	/**
	 * A line for the log.
	 */
	private static function open( array $claim ): string {
		return sprintf( 'open: %s %s', Money::decimal( $claim['balance'] ), $claim['balance']['currency'] );
	}
}
