<?php
/**
 * After the order: refunds, cancellations and payments go to the ledger and come back, once each.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Admin\Notices;
use Tresen\WooCommerce\Admin\PersonalData;
use Tresen\WooCommerce\Checkout\ComeBack;
use Tresen\WooCommerce\Orders\Flow;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Orders\PayLink;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

final class FlowTest extends ShopCase {
	private function invoice( array $parts = array() ): \WC_Order {
		$this->connect( self::policy() );
		self::wish();
		$order = $this->order( '93.90', $parts );
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], implode( '', \Notices::$all ) );
		return $order;
	}

	private static function open( \WC_Order $order ): int {
		return Plugin::instance()->client()->receivable( OrderRecord::of( $order )->receivable() )['balance']['minor'];
	}

	/** Money comes to the bank, as a merchant's bank feed tells of it. */
	private static function bank( \WC_Order $order, int $minor ): array {
		return Plugin::instance()->client()->receive_payment(
			array(
				'provider'   => 'bank',
				'reference'  => 'b' . $order->get_id() . '-' . $minor,
				'amount'     => array(
					'minor'    => $minor,
					'currency' => 'EUR',
				),
				'value_date' => gmdate( 'Y-m-d' ),
				'remittance' => OrderRecord::of( $order )->all()['reference'],
			),
			'b' . $order->get_id() . '-' . $minor
		);
	}

	private static function states(): array {
		return array_column( array_reverse( Outbox::newest( 50, 1 ) ), 'state', 'kind' );
	}

	public function test_a_refund_becomes_a_credit_note_once(): void {
		$order  = $this->invoice();
		$refund = new \WC_Order_Refund( 77, array( 'total' => '20.00' ) );
		Flow::on_refund( $order->get_id(), $refund->get_id() );
		Flow::on_refund( $order->get_id(), $refund->get_id() );
		self::work();
		$this->assertSame( 7390, self::open( $order ) );
		$this->assertSame(
			array(
				'confirm'     => Outbox::DONE,
				'credit_note' => Outbox::DONE,
			),
			self::states()
		);
		// The answer was lost: somebody has it done again.
		$call              = end( \Posts::$all );
		$call->post_status = Outbox::FAILED;
		Plugin::instance()->outbox()->retry( $call->ID );
		$this->assertSame( 7390, self::open( $order ), 'the service knows the key' );
	}

	public function test_a_cancelled_order_is_owed_no_more(): void {
		$order = $this->invoice();
		Flow::on_cancel( $order->get_id() );
		self::work();
		$this->assertSame( 0, self::open( $order ) );
		$this->assertStringContainsString( 'nothing is owed', end( $order->notes ) );
		$this->assertSame( 'no', $order->get_meta( OrderRecord::META_OPEN ) );
	}

	/** The ready policy with terms that begin with the delivery. */
	private static function from_delivery(): array {
		$policy = self::policy();
		foreach ( $policy['methods'] as &$method ) {
			if ( 'invoice' === $method['id'] ) {
				$method['term'] = array(
					'days' => 14,
					'from' => 'delivery',
				);
			}
		}
		return $policy;
	}

	public function test_a_completed_order_begins_a_time_to_pay_from_the_delivery_once(): void {
		$this->connect( self::from_delivery() );
		self::wish();
		$order = $this->order();
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], implode( '', \Notices::$all ) );
		$this->assertSame( '', OrderRecord::of( $order )->due_date(), 'nobody knows the day yet' );
		Flow::on_complete( $order->get_id() );
		self::work();
		$due = ( new \DateTimeImmutable( wp_date( 'Y-m-d' ) ) )->modify( '+14 days' )->format( 'Y-m-d' );
		$this->assertGreaterThanOrEqual( $due, OrderRecord::of( $order )->due_date(), 'or a working day later' );
		$told = count( \Posts::$all );
		Flow::on_complete( $order->get_id() );
		$this->assertCount( $told, \Posts::$all, 'completed once more' );
		$this->assertSame( Outbox::DONE, self::states()['delivery'] );
		$claim = Plugin::instance()->client()->receivable( OrderRecord::of( $order )->receivable() );
		$this->assertSame( array( wp_date( 'Y-m-d' ), OrderRecord::of( $order )->due_date() ), array( $claim['delivered_on'], $claim['due_date'] ) );
	}

	public function test_a_term_from_the_order_does_not_change_by_the_delivery_and_the_day_is_kept(): void {
		$order = $this->invoice();
		$due   = OrderRecord::of( $order )->due_date();
		Flow::on_complete( $order->get_id() );
		self::work();
		$claim = Plugin::instance()->client()->receivable( OrderRecord::of( $order )->receivable() );
		$this->assertSame( array( $due, wp_date( 'Y-m-d' ), Outbox::DONE ), array( $claim['due_date'], $claim['delivered_on'], self::states()['delivery'] ) );
	}

	public function test_a_day_that_the_service_has_not_reached_is_told_again_and_one_that_nobody_knows_is_not(): void {
		$order = $this->invoice();
		\WordPress::$now = time() + 86400;
		Flow::on_complete( $order->get_id() );
		\WordPress::$now = null;
		self::work();
		$this->assertSame( Outbox::OPEN, self::states()['delivery'] );
		$this->assertStringContainsString( 'delivery.in_future', Outbox::newest( 1, 1 )[0]['result'] );
		$this->assertCount( 1, \WordPress::$planned );
		$this->assertSame( array(), Notices::all() );
		add_filter(
			'tresen_delivered_on',
			static function () {
				return '';
			}
		);
		foreach ( array( $this->invoice(), $this->order() ) as $silent ) {
			$told = count( \Posts::$all );
			Flow::on_complete( $silent->get_id() );
			$this->assertCount( $told, \Posts::$all, 'unknown, or none of ours' );
		}
	}

	public function test_what_cannot_be_said_now_is_said_later_and_the_merchant_sees_it(): void {
		$order = $this->invoice();
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		$refund = new \WC_Order_Refund( 78, array( 'total' => '20.00' ) );
		Flow::on_refund( $order->get_id(), $refund->get_id() );
		self::work();
		$this->assertSame( Outbox::OPEN, self::states()['credit_note'] );
		$this->assertCount( 1, \WordPress::$planned );
		$this->assertEqualsWithDelta( time() + 60, \WordPress::$planned[0][0], 3, 'in a minute' );
		Settings::set( array( 'address' => self::service()->url ) );
		self::work();
		$this->assertSame( Outbox::DONE, self::states()['credit_note'] );
		$this->assertSame( 7390, self::open( $order ) );
	}

	public function test_what_can_never_be_said_is_not_tried_for_ever(): void {
		$order  = $this->invoice();
		$refund = new \WC_Order_Refund( 79, array( 'total' => '500.00' ) );
		Flow::on_refund( $order->get_id(), $refund->get_id() );
		self::work();
		$this->assertSame( Outbox::FAILED, self::states()['credit_note'] );
		$this->assertSame( array(), \WordPress::$planned );
		$this->assertStringContainsString( 'could not be passed on', end( $order->notes ) );
		$this->assertStringContainsString( '1 message could not', implode( ' ', array_column( Notices::all(), 'text' ) ) );
	}

	public function test_what_somebody_has_dealt_with_is_told_no_more(): void {
		$order  = $this->invoice();
		$refund = new \WC_Order_Refund( 80, array( 'total' => '500.00' ) );
		Flow::on_refund( $order->get_id(), $refund->get_id() );
		$this->assertSame( array(), Notices::all() );
		Outbox::settle( end( \Posts::$all )->ID );
		$this->assertSame( Outbox::OPEN, self::states()['credit_note'], 'what is still to be tried is not put aside' );
		self::work();
		$this->assertCount( 2, Notices::all() );
		Outbox::settle( end( \Posts::$all )->ID );
		$this->assertSame( array( array(), Outbox::DONE ), array( Notices::all(), self::states()['credit_note'] ) );
		$this->assertStringStartsWith( 'by hand, after credit_note.', Outbox::newest( 1, 1 )[0]['result'] );
		$this->assertSame( 9390, self::open( $order ), 'the ledger was told nothing' );
	}

	public function test_a_payment_at_the_bank_makes_the_order_paid(): void {
		$order = $this->invoice();
		self::bank( $order, 4000 );
		( new Sync( Plugin::instance()->client() ) )->reconcile();
		$this->assertNull( $order->get_date_paid() );
		self::bank( $order, 5390 );
		( new Sync( Plugin::instance()->client() ) )->reconcile();
		$this->assertNotNull( $order->get_date_paid() );
		$this->assertSame( 'processing', $order->get_status(), 'that the goods are not out yet does not change by it' );
		$notes = count( $order->notes );
		( new Sync( Plugin::instance()->client() ) )->reconcile();
		$this->assertCount( $notes, $order->notes, 'nothing new is told twice' );
	}

	public function test_a_payment_that_is_taken_back_makes_it_unpaid_again(): void {
		$order   = $this->invoice();
		$payment = self::bank( $order, 9390 );
		$sync    = new Sync( Plugin::instance()->client() );
		$sync->order( $order );
		$this->assertNotNull( $order->get_date_paid() );
		Plugin::instance()->client()->call(
			'POST',
			'/v1/payments/' . $payment['id'] . '/chargeback',
			array(
				'state' => 'opened',
				'until' => gmdate(
					'Y-m-d',
					time() + 864000
				),
			),
			5,
			'cb' . $order->get_id()
		);
		$sync->order( $order );
		$this->assertNull( $order->get_date_paid() );
		$this->assertStringContainsString( 'taken back', end( $order->notes ) );
	}

	public function test_the_merchant_may_say_that_the_money_is_there(): void {
		$order = $this->invoice();
		$this->assertArrayHasKey( 'tresen_received', Flow::order_actions( array(), $order ) );
		Flow::on_received( $order );
		self::work();
		$this->assertSame( 0, self::open( $order ) );
		$this->assertNotNull( $order->get_date_paid() );
		$this->assertArrayNotHasKey( 'tresen_received', Flow::order_actions( array(), $order ) );
	}

	public function test_paying_in_time_counts_the_next_time(): void {
		\WordPress::$user = 815;
		$order            = $this->invoice();
		self::bank( $order, 9390 );
		( new Sync( Plugin::instance()->client() ) )->order( $order );
		self::renew();
		\WC()->cart->is_emptied = false;
		$facts                  = Plugin::instance()->decider()->who( \Tresen\WooCommerce\Facts\CartPurchase::current() )['facts'];
		$this->assertSame( array( true, 1, 1 ), array( $facts['customer.known'], $facts['history.orders_paid'], $facts['history.paid_on_time'] ) );
	}

	public function test_all_open_orders_of_a_customer_lead_to_one_view(): void {
		\WordPress::$user       = 816;
		$first                  = $this->invoice();
		$second                 = $this->order();
		\WC()->cart->is_emptied = false;
		self::wish();
		self::pay( $second, 'tresen_invoice' );
		$token = PayLink::token( $first );
		$this->assertMatchesRegularExpression( '/^[0-9a-hjkmnp-tv-z]{16}$/', (string) $token );
		$this->assertSame( $token, PayLink::token( $second ) );
		$this->assertSame( 18780, Plugin::instance()->client()->pay_link_state( $token )['amount']['minor'] );
		$this->assertNull( PayLink::token( $this->order() ), 'of an order that is none of ours there is nothing to see' );
	}

	public function test_somebody_learns_what_is_stored_and_has_it_erased_once_nothing_is_open(): void {
		foreach ( array( 0, 817 ) as $user ) {
			$this->setUp();
			\WordPress::$user = $user;
			$email            = "person$user@example.org";
			$order            = $this->invoice(
				array(
					'billing'  => self::address( array( 'email' => $email ) ),
					'customer' => $user,
				)
			);
			$groups           = array_column( PersonalData::export( $email )['data'], 'group_id' );
			foreach ( array( 'tresen-sessions', 'tresen-decisions', 'tresen-receivables', 'tresen-contact' ) as $group ) {
				$this->assertContains( $group, $groups );
			}
			$this->assertStringContainsString( 'Lindenstra', json_encode( PersonalData::export( $email )['data'], JSON_UNESCAPED_UNICODE ) );
			$erased = PersonalData::erase( $email );
			$this->assertSame( array( false, true ), array( $erased['items_removed'], $erased['items_retained'] ), 'something is open' );
			Flow::on_cancel( $order->get_id() );
			self::work();
			$erased = PersonalData::erase( $email );
			$this->assertSame( array( true, false, array() ), array( $erased['items_removed'], $erased['items_retained'], $erased['messages'] ), (string) $user );
		}
		\WordPress::$user = 0;
		$this->assertSame(
			array(
				'data' => array(),
				'done' => true,
			),
			PersonalData::export( 'nobody@example.org' )
		);
	}

	/** What the shopper does on the page of the sandbox's provider. */
	private static function at_the_provider( \WC_Order $order, string $what ): void {
		wp_remote_request(
			self::service()->url . '/sandbox/pay/' . OrderRecord::of( $order )->payment() . '/' . $what,
			array(
				'method'  => 'POST',
				'headers' => array(),
				'body'    => '',
				'timeout' => 5,
			)
		);
	}

	public function test_whoever_leaves_the_page_of_a_provider_may_pay_otherwise(): void {
		$this->connect( self::policy() );
		$sync  = new Sync( Plugin::instance()->client() );
		$order = $this->order();
		self::pay( $order, 'tresen_sepa_debit' );
		self::wish();
		$this->assertSame( 'success', self::pay( $order, 'tresen_sepa_debit' )['result'], 'left, and tried again: ' . implode( '', \Notices::$all ) );
		$this->assertCount( 2, OrderRecord::of( $order )->payments() );
		self::at_the_provider( $order, 'decline' );
		$sync->order( $order );
		$this->assertSame( 'failed', $order->get_status() );
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], implode( '', \Notices::$all ) );
		$this->assertSame( $order->get_id() . '-3', $order->get_meta( OrderRecord::META_ORDER ) );
		$this->assertSame( 9390, self::open( $order ) );
	}

	public function test_whoever_comes_back_sees_their_own_order_and_nobody_elses(): void {
		$this->connect( self::policy() );
		$begin = function ( int $user ): array {
			\WordPress::$user          = $user;
			\Shop::$instance->session  = new \WC_Session();
			\WC()->cart->is_emptied    = false;
			$order                     = $this->order();
			self::offered();
			$opened = array_values( array_filter( array_column( array_column( \Sent::$all, 'body' ), 'return_url' ) ) );
			self::wish();
			$this->assertSame( 'success', self::pay( $order, 'tresen_sepa_debit' )['result'], implode( '', \Notices::$all ) );
			parse_str( parse_url( end( $opened ), PHP_URL_QUERY ), $said );
			return array( $order, OrderRecord::of( $order )->payment(), $said['tresen_back'] );
		};
		list( $gretas, $payment, $secret ) = $begin( 0 );
		list( , $others, $another )        = $begin( 0 );
		$this->assertMatchesRegularExpression( '/^[0-9a-f]{32}$/', $secret );
		$this->assertNotSame( $secret, $another );
		\Shop::$instance->session = new \WC_Session();
		$this->assertSame( $gretas, ComeBack::order( $payment, $secret ), 'from the app of a bank, in another browser' );
		foreach ( array( array( $payment, '' ), array( $payment, $another ), array( $others, $secret ), array( $payment, hash( 'sha256', $secret ) ), array( 'pay_none', $secret ), array( '', '' ) ) as $wrong ) {
			$this->assertNull( ComeBack::order( ...$wrong ), implode( ' ', $wrong ) );
		}
		$this->assertStringNotContainsString( $secret, json_encode( OrderRecord::of( $gretas )->all() ), 'kept as a hash' );
		\WC()->session->set( 'order_awaiting_payment', $gretas->get_id() );
		$this->assertSame( $gretas, ComeBack::order( $payment, '' ), 'in the same visit' );
		\WC()->session->set( 'order_awaiting_payment', null );
		list( $mine, $payment ) = $begin( 818 );
		\Shop::$instance->session = new \WC_Session();
		$this->assertSame( $mine, ComeBack::order( $payment, '' ), 'as the same customer' );
		\WordPress::$user = 819;
		$this->assertNull( ComeBack::order( $payment, '' ), 'as another one' );
		\WordPress::$user = 0;
		$this->assertNull( ComeBack::order( $payment, '' ) );
	}

	public function test_the_way_back_of_each_attempt_leads_to_the_order(): void {
		$this->connect( self::policy() );
		$order   = $this->order();
		$secrets = array();
		foreach ( array( 0, 1 ) as $attempt ) {
			self::wish();
			self::offered();
			$secrets[] = (string) \WC()->session->get( ComeBack::SECRET );
			self::pay( $order, 'tresen_sepa_debit' );
			$this->assertSame( '', (string) \WC()->session->get( ComeBack::SECRET ), 'the next order has another' );
		}
		\Shop::$instance->session = new \WC_Session();
		list( $first, $second )   = OrderRecord::of( $order )->payments();
		$this->assertSame( array( $order, $order, null ), array( ComeBack::order( $first, $secrets[0] ), ComeBack::order( $second, $secrets[1] ), ComeBack::order( $second, $secrets[0] ) ) );
	}

	public function test_a_debit_that_went_through_makes_the_order_paid(): void {
		$this->connect( self::policy() );
		$order = $this->order();
		self::pay( $order, 'tresen_sepa_debit' );
		self::at_the_provider( $order, 'approve' );
		$this->assertSame( 'settled', ( new Sync( Plugin::instance()->client() ) )->order( $order ) );
		$this->assertSame( 'processing', $order->get_status() );
		$this->assertSame( 'no', $order->get_meta( OrderRecord::META_OPEN ) );
	}

	public function test_a_button_that_is_pressed_twice_is_one_order(): void {
		$order = $this->invoice();
		$notes = count( $order->notes );
		$sent  = count( \Sent::$all );
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'] );
		$this->assertSame( array( $notes, $sent ), array( count( $order->notes ), count( \Sent::$all ) ) );
	}
}
