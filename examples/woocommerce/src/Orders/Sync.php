<?php
/**
 * What has happened in the ledger, as status and notes of the order.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\TresenError;

/**
 * The state is read, not counted up from messages: so it does not matter in which order messages come, how often, or whether at all.
 */
final class Sync {
	const RECONCILE       = 'tresen_reconcile';
	private const AT_ONCE = 30;

	/**
	 * The service.
	 *
	 * @var Client
	 */
	private $client;

	/**
	 * Whoever reads.
	 */
	public function __construct( Client $client ) {
		$this->client = $client;
	}

	/**
	 * Reads how an order stands. Answers a line for the log.
	 *
	 * @param \WC_Order $order The order.
	 * @throws TresenError Where it cannot be read.
	 */
	public function order( $order ): string {
		$record = OrderRecord::of( $order );
		if ( '' !== $record->receivable() ) {
			return $this->claim( $order, $this->client->receivable( $record->receivable() ) );
		}
		if ( '' === $record->payment() ) {
			return 'nothing to read';
		}
		$last = array();
		foreach ( $record->payments() as $payment ) {
			$last = $this->client->payment( $payment );
			if ( 'settled' === $last['state'] ) {
				break;
			}
		}
		return $this->payment( $order, $last );
	}

	/**
	 * Orders of which something may still come, the longest not looked at first: what no message told is found all the same.
	 */
	public function reconcile(): void {
		$orders = wc_get_orders(
			array(
				'limit'      => self::AT_ONCE,
				'type'       => 'shop_order',
				'orderby'    => 'modified',
				'order'      => 'ASC',
				// phpcs:disable WordPress.DB.SlowDBQuery -- once an hour, in the background.
				'meta_key'   => OrderRecord::META_OPEN,
				'meta_value' => 'yes',
				// phpcs:enable
			)
		);
		foreach ( $orders as $order ) {
			try {
				$this->order( $order );
				// So that the next hour looks at others.
				$order->set_date_modified( time() );
				$order->save();
				Log::is_well( 'reconcile order ' . $order->get_id() );
			} catch ( TresenError $error ) {
				Log::error( 'reconcile order ' . $order->get_id(), $error );
				if ( $error->may_pass() ) {
					return;
				}
			}
		}
	}

	/**
	 * A claim as it stands now, beside how it stood when it was last read.
	 *
	 * @param \WC_Order $order The order.
	 * @param array     $claim As the service tells it.
	 */
	public function claim( $order, array $claim ): string {
		$record = OrderRecord::of( $order );
		$before = $record->standing();
		$now    = array(
			'minor'      => (int) $claim['balance']['minor'],
			'settled_on' => (string) ( $claim['settled_on'] ?? '' ),
			'level'      => (int) ( $claim['level']['number'] ?? 0 ),
			'ending'     => (string) ( $claim['ending'] ?? '' ),
			'due'        => (string) ( $claim['due_date'] ?? '' ),
		);
		if ( $before !== $now ) {
			$record->set(
				array(
					'standing' => $now,
					'due'      => $now['due'],
				)
			);
			$record->set_open( '' === $now['ending'] || 'paid' === $now['ending'] );
			$this->tell( $order, $before, $now );
			$order->save();
		}
		return sprintf( '%s, open: %d', '' === $now['ending'] ? 'running' : $now['ending'], $now['minor'] );
	}

	/**
	 * A payment with a provider as it stands now.
	 *
	 * @param \WC_Order $order   The order.
	 * @param array     $payment As the service tells it.
	 */
	public function payment( $order, array $payment ): string {
		$state  = (string) $payment['state'];
		$record = OrderRecord::of( $order );
		$now    = array(
			'payment' => $state,
			'of'      => (string) $payment['id'],
		);
		if ( $record->standing() === $now ) {
			return $state;
		}
		$record->set( array( 'standing' => $now ) );
		$record->set_open( 'initiated' === $state );
		$order->save();
		if ( 'settled' === $state && ! $order->is_paid() ) {
			$order->payment_complete( (string) $payment['id'] );
		} elseif ( in_array( $state, array( 'declined', 'expired' ), true ) && $order->has_status( array( 'pending', 'on-hold' ) ) ) {
			$order->update_status( 'failed', __( 'Tresen: the payment failed.', 'tresen' ) );
		}
		return $state;
	}

	/**
	 * What the merchant is told of a change, and what it means for the order.
	 *
	 * @param \WC_Order $order  The order.
	 * @param array     $before Empty the first time.
	 * @param array     $now    How it stands.
	 */
	private function tell( $order, array $before, array $now ): void {
		$currency = (string) $order->get_currency();
		$was_paid = '' !== ( $before['settled_on'] ?? '' );
		$is_paid  = '' !== $now['settled_on'];
		if ( $is_paid && ! $was_paid ) {
			if ( 'paid' === $now['ending'] || 'small_balance' === $now['ending'] ) {
				$this->paid( $order, $now['settled_on'] );
			}
		} elseif ( $was_paid && ! $is_paid ) {
			$order->set_date_paid( null );
			/* translators: %s: an amount. */
			$order->add_order_note( sprintf( __( 'Tresen: the payment was taken back. %s is open again.', 'tresen' ), OrderRecord::amount( $now['minor'], $currency ) ) );
		} elseif ( ! $is_paid && isset( $before['minor'] ) && $before['minor'] !== $now['minor'] ) {
			/* translators: %s: an amount. */
			$order->add_order_note( sprintf( __( 'Tresen: %s is open now.', 'tresen' ), OrderRecord::amount( $now['minor'], $currency ) ) );
		}
		if ( $now['level'] > ( $before['level'] ?? 0 ) ) {
			/* translators: %d: number of a reminder. */
			$order->add_order_note( sprintf( __( 'Tresen: the customer was reminded (reminder %d).', 'tresen' ), $now['level'] ) );
		}
		if ( '' !== ( $before['due'] ?? '' ) && $before['due'] !== $now['due'] && '' !== $now['due'] ) {
			/* translators: %s: a date. */
			$order->add_order_note( sprintf( __( 'Tresen: it is to be paid by %s now.', 'tresen' ), Words::day( $now['due'] ) ) );
		}
		$endings = array(
			'credited'    => __( 'Tresen: everything was credited; nothing is owed any more.', 'tresen' ),
			'withdrawn'   => __( 'Tresen: the order is undone; nothing is owed any more.', 'tresen' ),
			'waived'      => __( 'Tresen: the debt was forgiven.', 'tresen' ),
			'written_off' => __( 'Tresen: the claim was written off; no payment is expected any more.', 'tresen' ),
		);
		if ( ( $before['ending'] ?? '' ) !== $now['ending'] && isset( $endings[ $now['ending'] ] ) ) {
			$order->add_order_note( $endings[ $now['ending'] ] );
		}
	}

	/**
	 * The order is paid. One that waited for the money goes on; one whose goods are on their way keeps its status.
	 *
	 * @param \WC_Order $order The order.
	 */
	private function paid( $order, string $on ): void {
		$order->add_order_note( __( 'Tresen: the customer has paid in full.', 'tresen' ) );
		if ( $order->has_status( array( 'on-hold', 'pending', 'failed' ) ) ) {
			$order->payment_complete();
		}
		$order->set_date_paid( (int) strtotime( $on . ' 12:00:00 UTC' ) );
	}
}
