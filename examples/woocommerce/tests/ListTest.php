<?php
/**
 * What is in WooCommerce's list of methods, and how often the service is asked for it.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Admin\Notices;
use Tresen\WooCommerce\Admin\Setup;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

final class ListTest extends ShopCase {
	public function test_the_list_holds_what_the_decision_offers_and_nothing_else(): void {
		$this->connect( self::policy() );
		$this->assertSame( array( 'tresen_invoice', 'tresen_pay_later', 'tresen_sepa_debit', 'tresen_prepayment' ), self::offered() );
		$this->cart( '297.00' );
		$this->assertSame( array( 'tresen_sepa_debit', 'tresen_prepayment' ), self::offered(), 'a stranger gets invoice up to 250 euros' );
		$this->cart( '250.00' );
		$this->assertContains( 'tresen_invoice', self::offered(), 'to the cent' );
	}

	public function test_a_page_that_shows_the_same_asks_nothing(): void {
		$this->connect( self::policy() );
		self::offered();
		$this->assertSame( array( 'POST /v1/sessions', 'POST /v1/sessions/…/preview' ), \Sent::paths() );
		self::offered();
		self::offered();
		$this->assertCount( 2, \Sent::$all );
		$this->cart( '120.00' );
		self::offered();
		$this->assertSame( 'POST /v1/sessions/…/preview', \Sent::paths()[2], 'another cart is another question in the same session' );
		\Shop::$instance->customer->billing['email'] = 'other@example.org';
		self::offered();
		$this->assertSame( array( 'POST /v1/sessions', 'POST /v1/sessions/…/preview' ), array_slice( \Sent::paths(), 3 ), 'somebody else is another session' );
	}

	public function test_a_session_that_the_service_no_longer_knows_is_opened_again(): void {
		$this->connect( self::policy() );
		self::offered();
		$kept       = \WC()->session->get( 'tresen_session' );
		$kept['id'] = substr( $kept['id'], 0, -4 ) . '0000';
		\WC()->session->set( 'tresen_session', $kept );
		$this->cart( '94.90' );
		$this->assertContains( 'tresen_invoice', self::offered() );
	}

	public function test_nothing_is_told_before_somebody_looks_at_the_checkout(): void {
		$this->connect( self::policy() );
		\WordPress::$is_checkout = false;
		$this->assertContains( 'tresen_instalments', self::offered(), 'the list as it is' );
		$GLOBALS['wp']->query_vars['rest_route'] = '/wc/store/v1/cart';
		self::offered();
		\WordPress::$is_admin = true;
		self::offered();
		$this->assertSame( array(), \Sent::$all );
		\WordPress::$is_admin                    = false;
		$GLOBALS['wp']->query_vars['rest_route'] = '/wc/store/v1/checkout';
		$this->assertNotContains( 'tresen_instalments', self::offered(), 'the Store API refuses what is not in this list' );
	}

	public function test_without_cart_session_or_customer_the_list_is_left_alone(): void {
		$this->connect( self::policy() );
		\Shop::$instance->cart = null;
		$this->assertCount( 5, self::offered() );
		\Shop::$instance->cart    = new \WC_Cart();
		\Shop::$instance->session = null;
		$this->assertCount( 5, self::offered() );
		\Shop::$instance->session = new \WC_Session();
		$this->assertCount( 5, self::offered(), 'an empty cart' );
		$this->assertSame( array(), \Sent::$all );
	}

	public function test_methods_of_other_plugins_stand_under_the_policy_if_the_merchant_says_so(): void {
		$policy = self::policy();
		foreach ( $policy['methods'] as &$method ) {
			$method = in_array( $method['id'], array( 'card', 'wallet' ), true ) ? array( 'provider' => 'shop' ) + $method : $method;
		}
		$this->connect( $policy );
		$this->offer( array( self::other( 'mollie_klarna' ), self::other( 'stripe' ), self::other( 'cod' ) ) );
		$this->assertSame( array( 'mollie_klarna', 'stripe', 'cod' ), array_slice( self::offered(), 4 ), 'none of ours to judge' );
		Settings::set(
			array(
				'mapping' => array(
					'mollie_klarna' => 'pay_later',
					'stripe'        => 'card',
				),
			)
		);
		$this->cart( '200.00' );
		$this->assertSame( array( 'tresen_invoice', 'tresen_sepa_debit', 'tresen_prepayment', 'stripe', 'cod' ), self::offered(), 'pay later ends at 150 euros' );
		$this->cart( '100.00' );
		$this->assertSame( array( 'tresen_invoice', 'tresen_sepa_debit', 'tresen_prepayment', 'mollie_klarna', 'stripe', 'cod' ), self::offered(), 'in place of ours, not beside it' );
	}

	public function test_where_nobody_answers_what_bears_no_risk_remains_and_the_merchant_is_told(): void {
		$this->connect( self::policy() );
		$this->offer( array( self::other( 'shop_invoice' ), self::other( 'stripe' ), self::other( 'paypal' ) ) );
		Settings::set(
			array(
				'mapping' => array(
					'shop_invoice' => 'invoice',
					'stripe'       => 'card',
				),
				'address' => 'http://127.0.0.1:9',
			)
		);
		$this->assertSame( array( 'tresen_prepayment', 'stripe', 'paypal' ), self::offered() );
		$this->assertStringContainsString( 'has not answered', Notices::all()[0]['text'] );
		self::offered();
		self::offered();
		$sent = count( \Sent::$all );
		$this->assertSame( 3, $sent );
		$this->assertSame( array( 'tresen_prepayment', 'stripe', 'paypal' ), self::offered() );
		$this->assertCount( $sent, \Sent::$all, 'after three failures it is left in peace for a minute' );
		\WordPress::$transients['tresen_breaker'][0]['open_until'] = time() - 1;
		Settings::set( array( 'address' => self::service()->url ) );
		$this->assertContains( 'shop_invoice', self::offered(), 'and tried again afterwards' );
		$this->assertSame( array(), Notices::all() );
	}

	public function test_the_notice_goes_when_the_service_is_there_again_without_waiting_for_a_shopper(): void {
		$this->connect( self::policy() );
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		self::offered();
		Notices::ask_again();
		Notices::ask_again();
		$sent = count( \Sent::$all );
		$this->assertSame( 3, $sent );
		Notices::ask_again();
		$this->assertCount( $sent, \Sent::$all, 'a silent service is left in peace for a minute' );
		$this->assertStringContainsString( 'has not answered', Notices::all()[0]['text'] );
		Settings::set( array( 'address' => self::service()->url ) );
		self::renew();
		$this->assertStringContainsString( 'The publishable key is right', implode( ' ', array_column( Setup::check(), 'text' ) ), 'who presses the button need not wait for the minute' );
		$this->assertSame( array(), Notices::all() );
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		self::offered();
		$this->assertCount( 1, Notices::all() );
		Settings::set( array( 'address' => self::service()->url ) );
		self::renew();
		Notices::ask_again();
		$this->assertSame( array(), Notices::all() );
		$sent = count( \Sent::$all );
		Notices::ask_again();
		$this->assertCount( $sent, \Sent::$all, 'where all is well nobody is asked' );
	}

	public function test_what_went_wrong_is_told_until_it_goes_well(): void {
		$this->connect( self::policy() );
		Settings::set( array( 'secret_key' => 'sk_test_wrong' ) );
		self::offered();
		$this->assertStringContainsString( 'Something went wrong (decide)', Notices::all()[0]['text'] );
		Log::is_well( 'confirm order 1' );
		$this->assertCount( 1, Notices::all(), 'something else went well' );
		Settings::set( array( 'secret_key' => self::service()->keys['secret'] ) );
		self::offered();
		$this->assertSame( array(), Notices::all() );
	}

	public function test_two_methods_of_one_kind_are_one_gateway_each_to_its_own(): void {
		$this->connect( self::policy() );
		self::renew();
		$this->assertSame( 'invoice', Plugin::instance()->decider()->for_cart()->method_for_gateway( 'tresen_invoice' )['id'] );
		\Shop::$instance->customer->billing['company'] = 'Nordlicht GmbH';
		self::renew();
		$decision = Plugin::instance()->decider()->for_cart();
		$this->assertSame( 'company_invoice', $decision->method_for_gateway( 'tresen_invoice' )['id'] );
		$this->assertTrue( $decision->allows( 'tresen_invoice' ) );
	}

	public function test_a_fee_of_a_method_is_a_line_of_the_cart_and_no_part_of_what_is_decided_on(): void {
		$policy = self::policy();
		foreach ( $policy['methods'] as &$method ) {
			if ( 'prepayment' === $method['id'] ) {
				$method['fee'] = array( 'fixed' => '1.50 EUR' );
			}
		}
		$this->connect( $policy );
		self::offered();
		\WC()->session->set( 'chosen_payment_method', 'tresen_prepayment' );
		self::renew();
		Plugin::instance()->add_fee( \WC()->cart );
		$this->assertSame( array( 'Payment fee', 1.5 ), array( \WC()->cart->fees[0]->name, \WC()->cart->fees[0]->amount ) );
		$sent = count( \Sent::$all );
		$this->cart( '95.40' );
		self::offered();
		$this->assertCount( $sent, \Sent::$all, 'the cart itself is the same' );
		$order           = $this->order( '95.40' );
		$fee             = new \WC_Item(
			array(
				'type'  => 'fee',
				'total' => '1.50',
				'name'  => 'Payment fee',
			)
		);
		$order->items    = array( $order->items[0], $order->items[1], $fee );
		$order->items[0] = new \WC_Item( array( 'total' => '89.00' ) );
		\Tresen\WooCommerce\Checkout\Fee::mark( $fee, 'another-fee' );
		$this->assertFalse( \Tresen\WooCommerce\Checkout\Fee::is_ours( $fee ) );
		\Tresen\WooCommerce\Checkout\Fee::mark( $fee, \WC()->cart->fees[0]->id );
		$this->assertSame( 'success', self::pay( $order, 'tresen_prepayment' )['result'], implode( '', \Notices::$all ) );
		$this->assertStringContainsString( 'confirmed', end( $order->notes ) );
		foreach ( \Sent::$all as $one ) {
			$confirm = false !== strpos( $one['path'], '/confirm' ) ? $one['body'] : ( $confirm ?? null );
		}
		$this->assertSame( array( 9540, 9390 ), array( $confirm['amount']['minor'], $confirm['cart']['total']['minor'] ) );
	}
}
