<?php
/**
 * What a cart and an order say, and that nothing else leaves the shop.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Facts\CartPurchase;
use Tresen\WooCommerce\Facts\Fields;
use Tresen\WooCommerce\Facts\History;
use Tresen\WooCommerce\Facts\OrderPurchase;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Settings;

final class FactsTest extends ShopCase {
	public function test_a_cart_and_its_order_say_the_same(): void {
		$_COOKIE['sbjs_current'] = 'typ=typein|||src=(direct)|||mdm=(none)';
		Settings::set( array( 'delivery_days' => '3' ) );
		\WordPress::$terms = array(
			7 => array(
				'slug'   => 'vasen',
				'parent' => 3,
			),
			3 => array(
				'slug'   => 'wohnen',
				'parent' => 0,
			),
		);
		\Shop::$instance->session->set( 'chosen_shipping_methods', array( 'flat_rate:4' ) );
		$facts = CartPurchase::current()->client_facts( '1984-05-06' );
		$this->assertSame(
			array(
				'cart.total'               => array(
					'minor'    => 9390,
					'currency' => 'EUR',
				),
				'cart.item_count'          => 1,
				'cart.categories'          => array( 'vasen', 'wohnen' ),
				'cart.digital_only'        => false,
				'customer.kind'            => 'consumer',
				'customer.birth_date'      => '1984-05-06',
				'billing.country'          => 'DE',
				'billing.region'           => 'BE',
				'shipping.country'         => 'DE',
				'shipping.same_as_billing' => true,
				'shipping.method'          => 'home',
				'order.origin_channel'     => 'web_shop',
				'order.expected_delivery'  => current_datetime()->modify( '+3 days' )->format( 'Y-m-d' ),
			),
			$facts
		);
		$this->assertSame( $facts, ( new OrderPurchase( $this->order() ) )->client_facts( '1984-05-06' ) );
	}

	public function test_an_address_is_another_one_where_it_is_and_not_where_it_is_written_otherwise(): void {
		foreach ( array(
			array(
				array(
					'address_1' => 'LINDENSTR. 14',
					'city'      => 'Berlin ',
				),
				true,
			),
			array( array( 'address_1' => 'Lindenstrasse 14' ), true ),
			array( array( 'address_1' => 'Lindenstraße 15' ), false ),
			array( array( 'postcode' => '10970' ), false ),
			array( array( 'country' => 'AT' ), false ),
			array( array( 'first_name' => 'Anna' ), true ),
			array(
				array(
					'address_1' => '',
					'postcode'  => '',
					'city'      => '',
				),
				true,
			),
		) as list( $other, $is_same ) ) {
			\Shop::$instance->customer->shipping = self::address( $other );
			$this->assertSame( $is_same, CartPurchase::current()->client_facts()['shipping.same_as_billing'], json_encode( $other ) );
		}
		\Shop::$instance->cart->shipped = false;
		$facts                          = CartPurchase::current()->client_facts();
		$this->assertTrue( $facts['cart.digital_only'] && $facts['shipping.same_as_billing'] );
		$this->assertArrayNotHasKey( 'shipping.method', $facts, 'nothing is handed over' );
	}

	public function test_where_the_parcel_is_handed_over(): void {
		foreach ( array(
			array( 'Packstation 123', 'flat_rate:1', 'parcel_locker' ),
			array( 'Postfiliale 501', 'flat_rate:1', 'pickup_point' ),
			array( 'Lindenstraße 14', 'local_pickup:2', 'store' ),
			array( 'Lindenstraße 14', 'pickup_location:0', 'store' ),
			array( 'Am Packhof 3', 'flat_rate:1', 'home' ),
		) as list( $street, $method, $expected ) ) {
			\Shop::$instance->customer->shipping = self::address( array( 'address_1' => $street ) );
			\Shop::$instance->session->set( 'chosen_shipping_methods', array( $method ) );
			$this->assertSame( $expected, CartPurchase::current()->client_facts()['shipping.method'], $street );
		}
	}

	public function test_who_is_a_company_is_for_the_merchant_to_say(): void {
		$kind = static function ( string $by, string $company, string $vat ): string {
			Settings::set( array( 'company_by' => $by ) );
			\Shop::$instance->customer->billing['company'] = $company;
			\Shop::$instance->customer->meta               = array( 'billing_vat' => $vat );
			return CartPurchase::current()->client_facts()['customer.kind'];
		};
		$this->assertSame( 'company', $kind( 'company', 'Nordlicht GmbH', '' ) );
		$this->assertSame( 'company', $kind( 'vat', '', 'DE123456789' ) );
		$this->assertSame( 'consumer', $kind( 'vat', 'Nordlicht GmbH', '' ) );
		$this->assertSame( 'consumer', $kind( 'never', 'Nordlicht GmbH', 'DE123456789' ) );
		$this->assertSame( 'consumer', $kind( 'company', ' ', '' ) );
	}

	public function test_a_past_is_counted_from_the_shops_own_orders(): void {
		$now  = strtotime( '2026-11-25 12:00:00 UTC' );
		$ago  = static function ( int $days ) use ( $now ): int {
			return $now - $days * 86400;
		};
		$past = array(
			new \WC_Order(
				1,
				array(
					'status'   => 'completed',
					'total'    => '100.00',
					'refunded' => '30.00',
					'created'  => $ago( 400 ),
					'paid'     => $ago( 390 ),
				)
			),
			new \WC_Order(
				2,
				array(
					'status'  => 'completed',
					'total'   => '50.00',
					'created' => $ago( 100 ),
					'paid'    => $ago( 70 ),
				)
			),
			new \WC_Order(
				3,
				array(
					'status'  => 'processing',
					'total'   => '20.00',
					'created' => $ago( 6 ),
				)
			),
			new \WC_Order(
				4,
				array(
					'status'   => 'failed',
					'total'    => '20.00',
					'created'  => $ago( 40 ),
					'modified' => $ago( 29 ),
				)
			),
			new \WC_Order(
				5,
				array(
					'status'   => 'failed',
					'total'    => '20.00',
					'created'  => $ago( 40 ),
					'modified' => $ago( 31 ),
				)
			),
			new \WC_Order(
				6,
				array(
					'status'   => 'refunded',
					'total'    => '80.00',
					'refunded' => '80.00',
					'created'  => $ago( 300 ),
					'paid'     => $ago( 299 ),
				)
			),
			new \WC_Order(
				7,
				array(
					'status'   => 'completed',
					'total'    => '9.00',
					'currency' => 'CHF',
					'created'  => $ago( 200 ),
					'paid'     => $ago( 200 ),
				)
			),
			new \WC_Order(
				8,
				array(
					'status'  => 'pending',
					'total'   => '9.00',
					'created' => $ago( 500 ),
				)
			),
		);
		OrderRecord::of( $past[0] )->set( array( 'due' => wp_date( 'Y-m-d', $ago( 390 ) ) ) );
		OrderRecord::of( $past[1] )->set( array( 'due' => wp_date( 'Y-m-d', $ago( 71 ) ) ) );
		$this->assertSame(
			array(
				'customer.known'           => true,
				'customer.since'           => '2025-10-21',
				'history.orders_paid'      => 3,
				'history.paid_on_time'     => 1,
				'history.paid_total'       => array(
					'minor'    => 12000,
					'currency' => 'EUR',
				),
				'history.declines_30_days' => 1,
				'history.orders_7_days'    => 1,
				'history.amount_7_days'    => array(
					'minor'    => 2000,
					'currency' => 'EUR',
				),
			),
			History::count( $past, 'EUR', $now )
		);
		$this->assertSame( array(), History::of( 0, 'EUR', 0, $now ), 'a guest has no past, whatever address they type' );
	}

	public function test_nothing_leaves_the_shop_that_is_not_listed(): void {
		$this->connect( self::policy() );
		\WordPress::$user = 4711;
		new \WC_Order(
			900,
			array(
				'status'   => 'completed',
				'total'    => '40.00',
				'customer' => 4711,
				'created'  => time() - 900000,
				'paid'     => time() - 800000,
			)
		);
		add_filter(
			'tresen_facts',
			static function ( $facts ) {
				return $facts + array(
					'customer.password' => 'x',
					'billing.phone'     => '1',
				);
			}
		);
		self::offered();
		self::wish();
		$order = $this->order();
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'] );
		$refund = new \WC_Order_Refund( 901, array( 'total' => '10.00' ) );
		\Tresen\WooCommerce\Orders\Flow::on_refund( $order->get_id(), $refund->get_id() );
		\Tresen\WooCommerce\Orders\Flow::on_received( $order );
		self::work();
		$places = array();
		foreach ( \Sent::$all as $sent ) {
			$places += self::places( $sent['body'] ?? array() );
		}
		$this->assertGreaterThan( 30, count( $places ), 'there was something to look at' );
		$unlisted = array_filter(
			array_keys( $places ),
			static function ( $place ) {
				return ! Fields::is_listed( $place );
			}
		);
		$this->assertSame( array(), array_values( $unlisted ) );
		$this->assertFalse( Fields::is_listed( 'facts.customer.password' ) );
	}

	/** The places of a body, such as `cart.lines.*.sku`; amounts and plans are one thing, and so is the list of facts' names. */
	private static function places( array $value, string $at = '' ): array {
		$places = array();
		foreach ( $value as $key => $part ) {
			$place   = ( '' === $at ? '' : $at . '.' ) . ( is_int( $key ) ? '*' : $key );
			$whole   = ! is_array( $part ) || isset( $part['minor'] ) || 0 === strpos( $place, 'facts.' ) || 'plan' === $place || ( 'cart.total' === $place );
			$places += $whole ? array( ( 'cart.total' === $place ? 'amount' : $place ) => true ) : self::places( $part, $place );
		}
		return $places;
	}
}
