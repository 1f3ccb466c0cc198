<?php
/**
 * What of a decision and its claim is kept with the order.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Gateways\Names;
use Tresen\WooCommerce\Money;

/**
 * Our meta of an order, by the order's own methods, so it does not matter where orders are stored.
 */
final class OrderRecord {
	/**
	 * The number under which the service knows the order; by it a webhook finds the order.
	 */
	const META_ORDER = '_tresen_order';

	/**
	 * The payment with a provider, where there is one; by it a webhook finds the order too.
	 */
	const META_PAYMENT = '_tresen_payment';

	/**
	 * The claim, where there is one; by it a webhook finds the order as well.
	 */
	const META_CLAIM = '_tresen_receivable';

	/**
	 * `yes` while something may still happen to the claim or the payment.
	 */
	const META_OPEN = '_tresen_open';

	/**
	 * Everything else, as one array.
	 */
	const META = '_tresen';

	/**
	 * All of them: they go with the plugin.
	 */
	const ALL = array( self::META_ORDER, self::META_PAYMENT, self::META_CLAIM, self::META_OPEN, self::META );

	/**
	 * The order.
	 *
	 * @var \WC_Order
	 */
	private $order;

	/**
	 * The record of an order.
	 */
	private function __construct( $order ) {
		$this->order = $order;
	}

	/**
	 * The record of an order.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of( $order ): self {
		return new self( $order );
	}

	/**
	 * The number under which the service is told of an order. Shops whose invoicing plugin numbers orders or invoices use that.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function reference( $order ): string {
		$kept   = (string) $order->get_meta( self::META_ORDER );
		$record = self::of( $order );
		if ( '' !== $kept && '' === $record->payment() ) {
			return $kept;
		}
		if ( '' !== $kept ) {
			// The page of a provider was left, or the payment failed: what the shopper tries next is another attempt at the same order.
			return $record->number() . '-' . ( $record->attempts() + 1 );
		}
		return $record->number();
	}

	/**
	 * The number without that of the attempt.
	 */
	private function number(): string {
		$order = $this->order;

		/**
		 * The number under which the service knows an order, and which stands in its messages to the customer. It must be unique,
		 * known when the order is placed, and no longer than 100 characters.
		 *
		 * @since 0.1.0
		 * @param string    $number The number of the order.
		 * @param \WC_Order $order  The order.
		 */
		return mb_substr( (string) apply_filters( 'tresen_order_reference', InvoiceNumbers::of( $order ), $order ), 0, 100, 'UTF-8' );
	}

	/**
	 * The order of a number, of a claim or of a payment; null where there is none.
	 *
	 * @param string $meta  `META_ORDER`, `META_CLAIM` or `META_PAYMENT`.
	 * @return \WC_Order|null
	 */
	public static function find( string $meta, string $value ) {
		if ( '' === $value ) {
			return null;
		}
		$orders = wc_get_orders(
			array(
				'limit'      => 1,
				'type'       => 'shop_order',
				// phpcs:disable WordPress.DB.SlowDBQuery -- once for a webhook, in the background.
				'meta_key'   => $meta,
				'meta_value' => $value,
				// phpcs:enable
			)
		);
		return $orders[0] ?? null;
	}

	/**
	 * A decision was confirmed: what it says is written down.
	 *
	 * @param array  $body   What was asked.
	 * @param array  $answer What was answered.
	 * @param array  $person Under which number the service knows whoever ordered: `customers` or `guests`, and the number.
	 * @param string $secret With which whoever ordered comes back from a provider's page.
	 */
	public function decided( string $session, array $body, array $answer, array $person, string $secret ): void {
		$receivable = $answer['receivable'] ?? null;
		$payment    = $answer['payment'] ?? null;
		$this->order->update_meta_data( self::META_ORDER, $body['order'] );
		if ( null !== $payment ) {
			// Those of earlier attempts stay beside it: money may still come by them.
			$this->order->add_meta_data( self::META_PAYMENT, $payment['id'] );
		}
		if ( null !== $receivable ) {
			$this->order->update_meta_data( self::META_CLAIM, $receivable['id'] );
		}
		if ( null !== $receivable || null !== $payment ) {
			$this->order->update_meta_data( self::META_OPEN, 'yes' );
		}
		$this->set(
			array(
				'session'   => $session,
				'person'    => $person,
				'attempts'  => $this->attempts() + 1,
				'decision'  => $answer['decision_id'],
				'token'     => $answer['decision_token'],
				'method'    => $body['method'],
				'amount'    => $body['amount'],
				'due'       => $receivable['due_date'] ?? '',
				'reference' => $receivable['reference'] ?? '',
			)
		);
		if ( null !== $payment && '' !== $secret ) {
			$this->set( array( 'back' => array( $payment['id'] => hash( 'sha256', $secret ) ) + $this->backs() ) );
		}
		$attention = array_column( $answer['attention'] ?? array(), 'code' );
		if ( array() !== $attention ) {
			/* translators: %s: what somebody should look at. */
			$this->order->add_order_note( sprintf( __( 'Tresen: please look at this order: %s.', 'tresen' ), Words::attention( $attention ) ) );
		}
		$this->order->save();
	}

	/**
	 * What was decided, for the merchant; the decision's id lies with the order.
	 */
	public function told(): string {
		$all  = $this->all();
		$told = array(
			/* translators: %s: name of a payment method. */
			sprintf( __( 'Tresen: %s confirmed.', 'tresen' ), Names::of_method( (string) ( $all['method'] ?? '' ) ) ),
		);
		if ( '' !== $this->due_date() ) {
			/* translators: %s: a date. */
			$told[] = sprintf( __( 'Due on %s.', 'tresen' ), Words::day( $this->due_date() ) );
		}
		if ( '' !== (string) ( $all['reference'] ?? '' ) ) {
			/* translators: %s: the reference that the customer writes into a transfer. */
			$told[] = sprintf( __( 'Reference for transfers: %s.', 'tresen' ), $all['reference'] );
		}
		return implode( ' ', $told );
	}

	/**
	 * The claim's id; empty where nothing is owed by a claim.
	 */
	public function receivable(): string {
		return (string) $this->order->get_meta( self::META_CLAIM );
	}

	/**
	 * The last payment's id; empty where no provider takes the money.
	 */
	public function payment(): string {
		$all = $this->payments();
		return (string) end( $all );
	}

	/**
	 * The payments of all attempts, the last one last.
	 *
	 * @return string[]
	 */
	public function payments(): array {
		$all = array();
		foreach ( (array) $this->order->get_meta( self::META_PAYMENT, false ) as $meta ) {
			$all[] = (string) $meta->value;
		}
		return $all;
	}

	/**
	 * Whether a secret is the one that a payment's way back was given.
	 */
	public function comes_back( string $payment, string $secret ): bool {
		$hash = $this->backs()[ $payment ] ?? '';
		return '' !== $hash && hash_equals( $hash, hash( 'sha256', $secret ) );
	}

	/**
	 * Hashes of the secrets, by the payments of all attempts.
	 *
	 * @return array<string, string>
	 */
	private function backs(): array {
		$backs = $this->all()['back'] ?? array();
		return is_array( $backs ) ? $backs : array();
	}

	/**
	 * How often the order was confirmed.
	 */
	private function attempts(): int {
		return (int) ( $this->all()['attempts'] ?? 0 );
	}

	/**
	 * The day by which it is to be paid, as `2026-12-10`; empty where there is none.
	 */
	public function due_date(): string {
		return (string) ( $this->all()['due'] ?? '' );
	}

	/**
	 * How the claim stood when it was last read: `minor`, `settled_on`, `level`, `ending`; nothing before that.
	 */
	public function standing(): array {
		$standing = $this->all()['standing'] ?? array();
		return is_array( $standing ) ? $standing : array();
	}

	/**
	 * The day on which the claim was paid; empty where it is not, or there is none.
	 */
	public function paid_on(): string {
		$standing = $this->standing();
		return in_array( $standing['ending'] ?? '', array( 'paid', 'small_balance' ), true ) ? (string) $standing['settled_on'] : '';
	}

	/**
	 * Whether there is a claim that is not paid: then the order is not either, whatever its status.
	 */
	public function is_unpaid_claim(): bool {
		return '' !== $this->receivable() && '' === $this->paid_on();
	}

	/**
	 * Whether an order is ours at all.
	 */
	public function is_ours(): bool {
		return '' !== (string) $this->order->get_meta( self::META_ORDER );
	}

	/**
	 * Everything that is kept as one array.
	 */
	public function all(): array {
		$all = $this->order->get_meta( self::META );
		return is_array( $all ) ? $all : array();
	}

	/**
	 * Changes some of it. The order is not saved.
	 */
	public function set( array $changes ): void {
		$this->order->update_meta_data( self::META, array_merge( $this->all(), $changes ) );
	}

	/**
	 * Whether something may still happen. The order is not saved.
	 */
	public function set_open( bool $is_open ): void {
		$this->order->update_meta_data( self::META_OPEN, $is_open ? 'yes' : 'no' );
	}

	/**
	 * What is open, as a person reads it.
	 */
	public static function amount( int $minor, string $currency ): string {
		return html_entity_decode( wp_strip_all_tags( wc_price( (float) Money::decimal( Money::of_minor( $minor, $currency ) ), array( 'currency' => $currency ) ) ), ENT_QUOTES, 'UTF-8' );
	}
}
