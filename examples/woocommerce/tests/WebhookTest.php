<?php
/**
 * What the service tells: really sent by it, to a server on this machine.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Orders\Access;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\WebhookError;
use Tresen\WooCommerce\Service\WebhookVerifier;
use Tresen\WooCommerce\Settings;
use Tresen\WooCommerce\Webhook\Endpoint;

final class WebhookTest extends ShopCase {
	/** @var resource|null */
	private $server = null;
	private $file   = '';

	protected function tearDown(): void {
		if ( is_resource( $this->server ) ) {
			proc_terminate( $this->server );
			proc_close( $this->server );
			@unlink( $this->file );
		}
	}

	/** A server that writes down what comes, and its address. */
	private function listen(): string {
		if ( getenv( 'TRESEN_HELPER' ) ) {
			return Service::helper( '/listen' );
		}
		$this->file = tempnam( sys_get_temp_dir(), 'tresen-hooks-' );
		$probe      = stream_socket_server( 'tcp://127.0.0.1:0' );
		$address    = stream_socket_get_name( $probe, false );
		fclose( $probe );
		$this->server = proc_open( array( PHP_BINARY, '-S', $address, __DIR__ . '/receiver.php' ), array( array( 'file', '/dev/null', 'r' ), array( 'file', '/dev/null', 'w' ), array( 'file', '/dev/null', 'w' ) ), $pipes, null, array( 'TRESEN_RECEIVED' => $this->file ) + getenv() );
		for ( $round = 0; $round < 100; ++$round ) {
			$is_there = @stream_socket_client( 'tcp://' . $address );
			if ( $is_there ) {
				fclose( $is_there );
				return 'http://' . $address . '/';
			}
			usleep( 50000 );
		}
		throw new \RuntimeException( 'the receiver did not start' );
	}

	/** What has come of a kind, once something has. */
	private function received( string $type ): array {
		for ( $round = 0; $round < 200; ++$round ) {
			$lines = getenv( 'TRESEN_HELPER' ) ? Service::helper( '/received' ) : file_get_contents( $this->file );
			foreach ( array_filter( explode( "\n", $lines ) ) as $line ) {
				$one = json_decode( $line, true );
				if ( json_decode( $one['body'], true )['type'] === $type ) {
					return $one;
				}
			}
			usleep( 100000 );
		}
		throw new \RuntimeException( "no $type came within twenty seconds" );
	}

	public function test_a_payment_is_told_believed_and_found_in_the_order(): void {
		$this->connect( self::policy() );
		$made = Plugin::instance()->client()->create_webhook( $this->listen(), Endpoint::EVENTS );
		Settings::set( array( 'webhook_secret' => $made['secret'] ) );
		self::wish();
		$order = $this->order();
		self::pay( $order, 'tresen_invoice' );
		Plugin::instance()->client()->receive_payment(
			array(
				'provider'   => 'bank',
				'reference'  => 'hook-' . $order->get_id(),
				'amount'     => array(
					'minor'    => 9390,
					'currency' => 'EUR',
				),
				'value_date' => gmdate( 'Y-m-d' ),
				'remittance' => OrderRecord::of( $order )->all()['reference'],
			),
			'hook-' . $order->get_id()
		);
		$message = $this->received( 'PaymentAllocated' );
		Plugin::instance()->client()->remove_webhook( $made['webhook']['id'] );
		$request = new \WP_REST_Request( array( 'method' => 'POST' ) + $message );

		$answer = Endpoint::answer( $request );
		$this->assertSame( array( 202, array( 'orders' => array( $order->get_id() ) ) ), array( $answer->status, $answer->data ) );
		$this->assertSame( 202, Endpoint::answer( $request )->status, 'told again' );
		$this->assertCount(
			1,
			array_filter(
				Outbox::newest( 50, 1 ),
				static function ( $call ) {
					return 'sync' === $call['kind'];
				}
			),
			'and written down once'
		);
		self::work();
		$this->assertNotNull( $order->get_date_paid() );
		$this->assertStringContainsString( 'paid in full', implode( ' ', $order->notes ) );

		$this->turned_away( $message, $made['secret'] );
	}

	public function test_what_a_customer_agrees_to_in_their_account_is_told_of_its_order(): void {
		$this->connect( self::policy() );
		$made = Plugin::instance()->client()->create_webhook( $this->listen(), Endpoint::EVENTS );
		Settings::set( array( 'webhook_secret' => $made['secret'] ) );
		self::wish();
		$order = $this->order( '93.90', array( 'billing' => self::address( array( 'email' => 'tells-' . getmypid() . '@example.org' ) ) ) );
		self::pay( $order, 'tresen_invoice' );
		$token = (string) Access::token( $order );
		$ask   = static function ( string $path, array $more = array() ): \stdClass {
			return Proxy::answer( new \WP_REST_Request( $more + array( 'path' => $path ) ) )->data;
		};
		$asked = $ask(
			"accounts/$token/requests",
			array(
				'method'  => 'POST',
				'headers' => array(
					'content-type'    => 'application/json',
					'idempotency-key' => 'tells-' . $order->get_id(),
				),
				'body'    => json_encode(
					array(
						'kind'       => 'deferral',
						'receivable' => OrderRecord::of( $order )->receivable(),
						'until'      => $ask( "accounts/$token" )->menu->deferral->until,
					)
				),
			)
		);
		$this->assertSame( 'granted', $asked->outcome );
		$message = $this->received( 'DeferralGranted' );
		Plugin::instance()->client()->remove_webhook( $made['webhook']['id'] );
		$this->assertSame( array( 'orders' => array( $order->get_id() ) ), Endpoint::answer( new \WP_REST_Request( array( 'method' => 'POST' ) + $message ) )->data );
		self::work();
		$this->assertStringContainsString( 'pays later, as agreed', implode( ' ', $order->notes ) );
		$plan = array( 'event' => array( 'data' => array( 'receivables' => array( OrderRecord::of( $order )->receivable() ) ) ) );
		$this->assertSame(
			array( $order->get_id() ),
			Endpoint::hear(
				array(
					'type' => 'PlanAccepted',
					'data' => $plan,
				),
				'evt_plan'
			),
			'however a message names its claims'
		);
	}

	private function turned_away( array $message, string $secret ): void {
		$sent  = (int) $message['headers']['webhook-timestamp'];
		$told  = static function ( array $headers, string $body, string $secret, int $now ) use ( $message ): string {
			try {
				WebhookVerifier::message( $body, $headers + $message['headers'], array( $secret ), $now );
				return 'believed';
			} catch ( WebhookError $error ) {
				return $error->code();
			}
		};
		$other = 'whsec_' . base64_encode( str_repeat( 'x', 32 ) );
		$this->assertSame( 'believed', $told( array(), $message['body'], $secret, $sent + 299 ) );
		$this->assertSame( 'webhook.timestamp', $told( array(), $message['body'], $secret, $sent + 301 ) );
		$this->assertSame( 'webhook.timestamp', $told( array(), $message['body'], $secret, $sent - 301 ) );
		$this->assertSame( 'webhook.signature', $told( array(), $message['body'] . ' ', $secret, $sent ) );
		$this->assertSame( 'webhook.signature', $told( array(), $message['body'], $other, $sent ) );
		$this->assertSame( 'webhook.signature', $told( array( 'webhook-id' => 'msg_other' ), $message['body'], $secret, $sent ) );
		$this->assertSame( 'webhook.signature', $told( array( 'webhook-timestamp' => (string) ( $sent + 1 ) ), $message['body'], $secret, $sent ) );
		$this->assertSame( 'webhook.malformed', $told( array( 'webhook-signature' => '' ), $message['body'], $secret, $sent ) );
		$this->assertSame( 'webhook.malformed', $told( array( 'webhook-timestamp' => 'now' ), $message['body'], $secret, $sent ) );
		Settings::set( array( 'webhook_secret' => '' ) );
		$this->assertSame( 401, Endpoint::answer( new \WP_REST_Request( $message ) )->status, 'without a secret nobody is believed' );
	}

	public function test_news_about_orders_that_are_none_of_ours_change_nothing(): void {
		$this->connect( self::policy() );
		$this->assertSame(
			array(),
			Endpoint::hear(
				array(
					'type' => 'PaymentAllocated',
					'data' => array(
						'order'   => '1',
						'payment' => null,
					),
				),
				'msg_1'
			)
		);
		$this->assertSame( array(), Endpoint::hear( array( 'type' => 'PaymentAllocated' ), 'msg_2' ) );
		$this->assertSame( array(), \Posts::$all );
	}
}
