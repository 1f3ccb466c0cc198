<?php
/**
 * The customer's own account on the shop's pages: opened by the shop, asked by the browser through the shop.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\BlocksAccount;
use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Checkout\ComeBack;
use Tresen\WooCommerce\Orders\Access;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Plugin;

final class AccountTest extends ShopCase {
	private function invoice( string $email ): \WC_Order {
		$this->connect( self::policy() );
		$address                            = self::address( array( 'email' => $email ) );
		\Shop::$instance->customer->billing = $address;
		self::wish();
		$order = $this->order( '93.90', array( 'billing' => $address ) );
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], implode( '', \Notices::$all ) );
		return $order;
	}

	private static function ask( string $path, array $more = array(), string $query = '' ): \WP_REST_Response {
		$_SERVER['QUERY_STRING'] = $query;
		return Proxy::answer( new \WP_REST_Request( $more + array( 'path' => $path ) ) );
	}

	public function test_a_guest_sees_on_the_page_of_the_order_what_is_owed_and_where_it_is_paid_to(): void {
		$order = $this->invoice( 'guest-' . getmypid() . '@example.org' );
		$this->assertSame( 'guests', Access::person( $order )[0] );
		$token = (string) Access::token( $order );
		$this->assertStringStartsWith( 'acc_', $token );
		$this->assertNotSame( $token, Access::token( $order ), 'each page opens its own' );
		$view = self::ask( "accounts/$token" );
		$this->assertSame( array( 200, 9390, 1 ), array( $view->status, $view->data->owed->minor, count( $view->data->claims ) ) );
		$this->assertSame( OrderRecord::of( $order )->receivable(), $view->data->claims[0]->receivable );
		$claim = 'receivable=' . OrderRecord::of( $order )->receivable();
		$plain = "rest_route=/tresen/v1/service/v1/accounts/$token/transfer?amount=4000&$claim";
		foreach ( array( array( array(), "amount=4000&$claim" ), array( array( 'asked' => 'amount=4000' ), $plain ) ) as $permalinks ) {
			$to = self::ask( "accounts/$token/transfer", ...$permalinks );
			$this->assertSame( array( 200, 4000, 'DE89370400440532013000' ), array( $to->status, $to->data->transfer->amount->minor, $to->data->transfer->iban ) );
		}
	}

	public function test_what_a_customer_asks_in_their_account_is_done_once(): void {
		$order = $this->invoice( 'asks-' . getmypid() . '@example.org' );
		$token = (string) Access::token( $order );
		$ask   = array(
			'method'  => 'POST',
			'headers' => array(
				'content-type'    => 'application/json',
				'idempotency-key' => 'a-key-of-the-browser',
			),
			'body'    => json_encode(
				array(
					'kind' => 'promise',
					'date' => gmdate( 'Y-m-d', time() + 15 * 86400 ),
				)
			),
		);
		$first = self::ask( "accounts/$token/requests", $ask );
		$this->assertLessThan( 300, $first->status, json_encode( $first->data ) );
		$again = self::ask( "accounts/$token/requests", $ask );
		$this->assertStringStartsWith( 'req_', $first->data->request );
		$this->assertSame( $first->data->request, $again->data->request, 'the key reaches the service' );
	}

	public function test_what_a_customer_has_agreed_on_stands_in_the_order_and_what_is_over_does_too(): void {
		$order  = $this->invoice( 'later-' . getmypid() . '@example.org' );
		$sync   = new Sync( Plugin::instance()->client() );
		$token  = (string) Access::token( $order );
		$menu   = self::ask( "accounts/$token" )->data->menu;
		$made   = $this->asks( $token, array( 'kind' => 'promise', 'date' => $menu->promise->until ) );
		$sync->order( $order );
		$this->assertSame( 'Tresen: nobody is reminded for now: the customer has named a day.', end( $order->notes ) );
		$notes = count( $order->notes );
		$sync->order( $order );
		$this->assertCount( $notes, $order->notes, 'told once' );
		$this->asks( $token, array( 'kind' => 'take_back', 'request' => $made->request ) );
		$sync->order( $order );
		$this->assertSame( 'Tresen: what had been in the way of reminders is over.', end( $order->notes ) );
		$this->asks( $token, array( 'kind' => 'deferral', 'receivable' => OrderRecord::of( $order )->receivable(), 'until' => $menu->deferral->until ) );
		$sync->order( $order );
		$this->assertStringContainsString( 'pays later, as agreed', implode( ' ', $order->notes ) );
	}

	/** What came of what a customer asks for. */
	private function asks( string $token, array $body ): \stdClass {
		$answer = self::ask(
			"accounts/$token/requests",
			array(
				'method'  => 'POST',
				'headers' => array(
					'content-type'    => 'application/json',
					'idempotency-key' => bin2hex( random_bytes( 8 ) ),
				),
				'body'    => json_encode( $body ),
			)
		);
		$this->assertLessThan( 300, $answer->status, json_encode( $answer->data ) );
		$this->assertNotSame( 'refused', $answer->data->outcome );
		return $answer->data;
	}

	public function test_whoever_comes_back_from_paying_finds_the_order_paid_without_a_message_and_nobody_else_has_it_read(): void {
		$order = $this->invoice( 'back-' . getmypid() . '@example.org' );
		Plugin::instance()->client()->receive_payment(
			array(
				'provider'   => 'card',
				'reference'  => 'back-' . getmypid(),
				'amount'     => array(
					'minor'    => 9390,
					'currency' => 'EUR',
				),
				'value_date' => gmdate( 'Y-m-d' ),
				'remittance' => OrderRecord::of( $order )->all()['reference'],
			),
			'back-' . getmypid()
		);
		$received = array( 'order-received' => (string) $order->get_id() );
		$viewed   = array( 'view-order' => (string) $order->get_id() );
		$mine     = array( BlocksAccount::ENDPOINT => '' );
		$key      = $order->get_order_key();
		$paid     = array( 'payment' => 'pay_1' );
		foreach ( array( array( $received, array( 'key' => $key ), 0 ), array( $received, $paid, 0 ), array( $received, $paid + array( 'key' => $key . 'x' ), 0 ), array( $viewed, $paid, 0 ), array( $viewed, $paid, 77 ), array( $mine, $paid, 77 ), array( $mine, $paid, 0 ), array( array( 'order-received' => '999999' ), $paid + array( 'key' => $key ), 0 ) ) as $place => $nobody ) {
			self::is_at( ...$nobody );
			$this->assertSame( array(), OrderRecord::of( $order )->standing(), "$place" );
		}
		self::is_at( $received, $paid + array( 'key' => $key ) );
		$this->assertSame( 0, OrderRecord::of( $order )->standing()['minor'] );
		$this->assertContains( 'Tresen: the customer has paid in full.', $order->notes );
		$notes = count( $order->notes );
		self::is_at( $received, $paid + array( 'key' => $key ) );
		$this->assertCount( $notes, $order->notes, 'told once' );
	}

	public function test_in_my_account_all_orders_of_the_customer_are_read_and_a_service_that_is_away_is_no_obstacle(): void {
		\WordPress::$user = 821;
		$orders           = array( $this->invoice( 'all-' . getmypid() . '@example.org' ), $this->invoice( 'all-' . getmypid() . '@example.org' ) );
		foreach ( $orders as $order ) {
			$this->assertSame( 821, $order->get_customer_id() );
			self::is_at( array( BlocksAccount::ENDPOINT => '' ), array( 'payment' => 'pay_1' ), 821 );
			$this->assertSame( 9390, OrderRecord::of( $order )->standing()['minor'] );
		}
		\Tresen\WooCommerce\Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		self::is_at( array( 'view-order' => (string) $orders[0]->get_id() ), array( 'payment' => 'pay_1' ), 821 );
		$this->assertSame( 9390, OrderRecord::of( $orders[0] )->standing()['minor'] );
	}

	/** Somebody opens a page. */
	private static function is_at( array $page, array $query, int $user = 0 ): void {
		\WordPress::$user         = $user;
		$_GET                     = $query;
		$GLOBALS['wp']->query_vars = $page;
		ComeBack::to_account();
	}

	public function test_a_document_comes_as_it_is_and_nothing_else_does(): void {
		$order = $this->invoice( 'paper-' . getmypid() . '@example.org' );
		$token = (string) Access::token( $order );
		$view  = self::ask( "accounts/$token" );
		list( $document ) = $view->data->documents;
		$path  = substr( $document->url, strlen( '/v1/' ) );
		$sent  = static function ( \WP_REST_Response $response ): array {
			ob_start();
			$is_sent = Proxy::serve( false, $response );
			return array( $is_sent, (string) ob_get_clean() );
		};
		$text = self::ask( $path );
		$this->assertSame( array( 200, 'text/plain; charset=utf-8' ), array( $text->status, $text->headers['Content-Type'] ) );
		$this->assertStringContainsString( '93,90', $sent( $text )[1] );
		$pdf = self::ask( $path, array(), 'as=pdf&more=1' );
		$this->assertSame( 'application/pdf', $pdf->headers['Content-Type'] );
		$this->assertStringStartsWith( 'attachment; ', $pdf->headers['Content-Disposition'] );
		$this->assertStringStartsWith( '%PDF-', $sent( $pdf )[1] );
		$this->assertSame( array( false, '' ), $sent( $view ), 'all else is JSON, which WordPress writes' );
		foreach ( array( "accounts/$token/documents/none", "accounts/acc_none/documents/none" ) as $none ) {
			$this->assertSame( array( 404, array( false, '' ) ), array( self::ask( $none )->status, $sent( self::ask( $none ) ) ), $none );
		}
		ob_start();
		$this->assertTrue( Proxy::serve( true, $pdf ) );
		$this->assertSame( '', ob_get_clean(), 'sent by somebody else' );
		foreach ( array( "accounts/$token/documents", "accounts/$token/documents/a/b", 'customers/1/documents/x' ) as $closed ) {
			$this->assertFalse( Proxy::is_open( $closed ), $closed );
		}
	}

	public function test_a_token_that_is_none_shows_nothing(): void {
		$this->connect( self::policy() );
		$this->assertGreaterThanOrEqual( 400, self::ask( 'accounts/acc_none' )->status );
		$this->assertSame( 'path.unknown', self::ask( 'accounts/acc_none/export' )->data['error']['code'] );
	}
}
