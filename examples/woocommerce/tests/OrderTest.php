<?php
/**
 * Placing an order: decided once more with the order's own figures, whatever the browser says.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Admin\Notices;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Transfer;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\TokenError;
use Tresen\WooCommerce\Service\TokenVerifier;
use Tresen\WooCommerce\Settings;

final class OrderTest extends ShopCase {
	public function test_an_invoice_order_becomes_a_claim_and_its_goods_may_go_out(): void {
		$this->connect( self::policy() );
		self::offered();
		self::wish();
		$order  = $this->order();
		$answer = self::pay( $order, 'tresen_invoice' );
		$this->assertSame( 'success', $answer['result'] );
		$this->assertStringContainsString( '/order-received/' . $order->get_id(), $answer['redirect'] );
		$this->assertSame( 'processing', $order->get_status() );
		$this->assertNull( $order->get_date_paid(), 'nobody has paid yet' );
		$this->assertTrue( \WC()->cart->is_emptied );
		$record = OrderRecord::of( $order );
		$claim  = Plugin::instance()->client()->receivable( $record->receivable() );
		$this->assertSame( array( (string) $order->get_id(), 9390, 'EUR' ), array( $claim['order'], $claim['balance']['minor'], $claim['balance']['currency'] ) );
		$this->assertSame( $claim['due_date'], $record->due_date() );
		$due = gmdate( 'd.m.Y', strtotime( $claim['due_date'] ) );
		$this->assertSame( "Tresen: Invoice confirmed. Due on $due. Reference for transfers: {$claim['reference']}.", end( $order->notes ), 'words, no ids' );
		$this->assertStringStartsWith( 'dec_', $record->all()['decision'], 'which lie with the order' );
	}

	public function test_somebody_else_on_the_same_device_is_somebody_else(): void {
		$this->connect( self::policy() );
		$owed = array();
		foreach ( array( 'greta@example.org', 'joerg@example.org', 'Greta@example.org ' ) as $email ) {
			$address                            = self::address( array( 'email' => $email ) );
			\Shop::$instance->customer->billing = $address;
			$this->cart( '93.90' );
			self::renew();
			self::offered();
			self::wish();
			$order = $this->order( '93.90', array( 'billing' => $address ) );
			$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], $email );
			$client = Plugin::instance()->client();
			$owed[] = $client->pay_link_state( $client->pay_link( OrderRecord::of( $order )->receivable() )['token'] )['amount']['minor'];
		}
		$this->assertSame( array( 9390, 9390, 18780 ), $owed, 'what Greta owes is shown to nobody else, and to her, however she writes her address' );
	}

	public function test_the_same_order_again_is_the_same_order(): void {
		$this->connect( self::policy() );
		self::wish();
		$order = $this->order();
		self::pay( $order, 'tresen_invoice' );
		$first = OrderRecord::of( $order )->receivable();
		// The answer was lost on the way: the shopper presses the button again.
		\WC()->session->set( 'tresen_session', array( 'id' => OrderRecord::of( $order )->all()['session'] ) + (array) \WC()->session->get( 'tresen_session' ) );
		$body  = array_values(
			array_filter(
				\Sent::$all,
				static function ( $sent ) {
					return false !== strpos( $sent['path'], '/confirm' );
				}
			)
		)[0]['body'];
		$again = Plugin::instance()->client()->confirm( OrderRecord::of( $order )->all()['session'], $body, 'another-key' );
		$this->assertSame( $first, $again['receivable']['id'] );
	}

	public function test_a_method_that_is_not_offered_is_refused_though_it_was_posted(): void {
		$this->connect( self::policy() );
		$this->cart( '297.00' );
		self::wish(
			array(
				'method' => 'invoice',
				'amount' => array(
					'minor'    => 29700,
					'currency' => 'EUR',
				),
			)
		);
		$order = $this->order( '297.00' );
		$this->assertSame( array( 'result' => 'failure' ), self::pay( $order, 'tresen_invoice' ) );
		$this->assertSame( 'pending', $order->get_status(), 'the order stays, and may be paid otherwise' );
		$this->assertSame( array( 'This order is too large for this method. You can pay by: SEPA direct debit, Prepayment.' ), \Notices::$all );
		$this->assertFalse( OrderRecord::of( $order )->is_ours() );
		$this->assertSame( 'Tresen: Invoice was not possible: above the highest amount.', end( $order->notes ), 'the merchant reads why' );
	}

	public function test_the_browsers_word_about_cart_and_amount_counts_for_nothing(): void {
		$this->connect( self::policy() );
		self::wish(
			array(
				'facts' => array(
					'customer.birth_date' => '1984-05-06',
					'cart.total'          => array(
						'minor'    => 2500,
						'currency' => 'EUR',
					),
					'billing.country'     => 'DE',
				),
			)
		);
		self::pay( $this->order( '297.00' ), 'tresen_invoice' );
		$this->assertStringContainsString( 'too large', \Notices::$all[0] );
		self::wish(
			array(
				'amount' => array(
					'minor'    => 2500,
					'currency' => 'EUR',
				),
			)
		);
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertStringContainsString( 'The amount has changed', \Notices::$all[1] );
	}

	public function test_what_was_refused_for_a_purchase_is_not_offered_for_it_again(): void {
		$this->connect( self::policy() );
		$this->cart( '250.00' );
		$this->assertContains( 'tresen_invoice', self::offered() );
		// Between the page and the order somebody has made the policy stricter.
		$policy = self::policy();
		foreach ( $policy['methods'] as &$method ) {
			if ( 'invoice' === $method['id'] ) {
				$method['limits'] = array( array( 'maximum' => '50.00 EUR' ) );
			}
		}
		Plugin::instance()->client()->upload_policy( json_encode( $policy ) );
		\WC()->session->set( 'tresen_session', null );
		self::wish();
		self::pay( $this->order( '250.00' ), 'tresen_invoice' );
		$this->assertStringContainsString( 'too large', \Notices::$all[0] );
		Plugin::instance()->client()->upload_policy( json_encode( self::policy() ) );
		\WC()->session->set( 'tresen_session', null );
		$order = $this->order( '250.00' );
		$this->assertNotContains( 'tresen_invoice', self::offered_for( $order ), 'a refusal is not taken back within the visit' );
		$this->assertContains( 'tresen_invoice', self::offered_for( $this->order( '120.00' ) ), 'another purchase is decided anew' );
	}

	public function test_a_birth_date_and_a_consent_are_asked_for_in_words(): void {
		$this->connect( self::policy( true ) );
		self::wish( array( 'facts' => array() ) );
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertStringContainsString( 'we still need something', \Notices::$all[0] );
		self::wish();
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertStringContainsString( 'agree to them', \Notices::$all[1] );
		self::wish(
			array(
				'consents' => array(
					array(
						'id'          => 'invoice',
						'version'     => '2026-11-01',
						'text_hash'   => str_repeat( '0', 64 ),
						'accepted_at' => gmdate( 'Y-m-d\TH:i:s\Z' ),
					),
				),
			)
		);
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertStringContainsString( 'agree', \Notices::$all[2], 'an invented text is none' );
		$this->assertContains( 'tresen_invoice', self::offered(), 'a form that was filled in badly is no refusal' );
	}

	public function test_a_minor_gets_no_credit_and_no_reproach(): void {
		$this->connect( self::policy() );
		self::wish( array( 'facts' => array( 'customer.birth_date' => gmdate( 'Y-m-d', time() - 16 * 365 * 86400 ) ) ) );
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertSame( 'This method is not possible for this order. You can pay by: Prepayment.', \Notices::$all[0], 'what was typed once counts for all methods' );
	}

	public function test_a_mail_says_where_to_transfer_and_for_prepayment_the_page_too(): void {
		$this->connect( self::policy() );
		$pays = function ( string $gateway ): \WC_Order {
			$this->cart( '93.90' );
			self::renew();
			self::offered();
			self::wish();
			$order = $this->order();
			self::pay( $order, $gateway );
			return $order;
		};
		$this->assertSame( array(), Transfer::lines( $pays( 'tresen_prepayment' ) ), 'nobody has said where to' );
		Settings::set(
			array(
				'account' => array(
					'holder' => 'Kontor Lind e. K.',
					'iban'   => 'DE89370400440532013000',
				),
			)
		);
		$prepaid = $pays( 'tresen_prepayment' );
		$lines   = Transfer::lines( $prepaid );
		$this->assertSame( array( 'Kontor Lind e. K.', 'DE89 3704 0044 0532 0130 00', (string) $prepaid->get_order_number() ), array( $lines['Account holder'], $lines['IBAN'], $lines['Reference'] ) );
		$this->assertStringContainsString( '93', $lines['Amount'] );
		$this->assertArrayNotHasKey( 'Please pay by', $lines );
		ob_start();
		Transfer::on_page( $prepaid->get_id() );
		$this->assertStringContainsString( 'DE89 3704', ob_get_clean() );
		$prepaid->update_status( 'processing' );
		$this->assertSame( array(), Transfer::lines( $prepaid ), 'paid' );
		$invoice = $pays( 'tresen_invoice' );
		$lines   = Transfer::lines( $invoice );
		$this->assertSame( OrderRecord::of( $invoice )->all()['reference'], $lines['Reference'] );
		$this->assertArrayHasKey( 'Please pay by', $lines );
		ob_start();
		Transfer::on_page( $invoice->get_id() );
		$this->assertSame( '', ob_get_clean(), 'the account view says it' );
		ob_start();
		Transfer::in_mail( $invoice, true );
		$this->assertSame( '', ob_get_clean(), 'the shop knows its own account' );
		ob_start();
		Transfer::in_mail( $invoice, false, true );
		$this->assertStringContainsString( 'IBAN: DE89 3704', ob_get_clean() );
	}

	public function test_prepayment_waits_for_the_money(): void {
		$this->connect( self::policy() );
		$order = $this->order( '297.00' );
		$this->assertSame( 'success', self::pay( $order, 'tresen_prepayment' )['result'] );
		$this->assertSame( 'on-hold', $order->get_status() );
		$this->assertSame( '', OrderRecord::of( $order )->receivable() );
	}

	public function test_a_mandate_that_cannot_name_its_creditor_is_not_sold(): void {
		$without = self::policy( true );
		unset( $without['merchant']['creditor_id'] );
		$this->connect( $without );
		$this->assertNotContains( 'tresen_sepa_debit', self::offered() );
		$this->assertSame( array( 'POST /v1/sessions', 'POST /v1/sessions/…/preview', 'GET /v1/checkout/…' ), \Sent::paths() );
		$this->cart( '120.00' );
		$this->assertNotContains( 'tresen_sepa_debit', self::offered() );
		$this->assertSame( 'POST /v1/sessions/…/preview', end( \Sent::$all )['method'] . ' ' . preg_replace( '#cs_\w+#', '…', end( \Sent::$all )['path'] ), 'asked once for a visit' );
		self::wish( array( 'method' => 'sepa_debit' ) );
		$order = $this->order( '120.00' );
		$this->assertSame( 'failure', self::pay( $order, 'tresen_sepa_debit' )['result'], 'though it was posted' );
		$this->assertSame( '', OrderRecord::of( $order )->payment() );
		$this->assertStringContainsString( 'no SEPA creditor identifier', implode( '', array_column( Notices::all(), 'text' ) ) );
		$this->connect( self::policy( true ) );
		Plugin::instance()->decider()->forget();
		$this->assertContains( 'tresen_sepa_debit', self::offered() );
		$this->assertSame( array(), Notices::all() );
		$of_the_provider = self::policy();
		unset( $of_the_provider['merchant']['creditor_id'] );
		$this->connect( $of_the_provider );
		Plugin::instance()->decider()->forget();
		$this->assertContains( 'tresen_sepa_debit', self::offered(), 'the provider has a mandate of its own' );
	}

	public function test_direct_debit_goes_to_its_provider(): void {
		$this->connect( self::policy() );
		$order  = $this->order();
		$answer = self::pay( $order, 'tresen_sepa_debit' );
		$this->assertSame( 'success', $answer['result'] );
		$this->assertStringContainsString( '/sandbox/', $answer['redirect'] );
		$this->assertSame( 'pending', $order->get_status() );
		$this->assertFalse( \WC()->cart->is_emptied, 'whoever comes back without having paid finds the cart' );
		$this->assertNotSame( '', OrderRecord::of( $order )->payment() );
	}

	public function test_where_nobody_answers_credit_is_not_given_and_prepayment_is_sold(): void {
		$this->connect( self::policy() );
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		self::wish();
		self::pay( $this->order(), 'tresen_invoice' );
		$this->assertSame( 'This method cannot be used at the moment; that is not because of you. You can pay by: Prepayment.', \Notices::$all[0] );
		$order = $this->order();
		$this->assertSame( 'success', self::pay( $order, 'tresen_prepayment' )['result'] );
		$this->assertSame( 'on-hold', $order->get_status() );
		$this->assertStringContainsString( 'could not be asked', end( $order->notes ) );
	}

	public function test_a_decision_for_something_else_is_not_shipped_on(): void {
		$this->connect( self::policy() );
		self::wish();
		$order = $this->order();
		self::pay( $order, 'tresen_invoice' );
		$token    = OrderRecord::of( $order )->all()['token'];
		$keys     = Plugin::instance()->client()->keys()['keys'];
		$expected = array(
			'tenant' => self::service()->keys['tenant'],
			'order'  => (string) $order->get_id(),
			'method' => 'invoice',
			'amount' => array(
				'minor'    => 9390,
				'currency' => 'EUR',
			),
		);
		$this->assertSame( 'invoice', TokenVerifier::claims( $token, $keys, $expected, time() )['method'] );
		list( $header, $claims, $signature ) = explode( '.', $token );
		$forged                              = rtrim( strtr( base64_encode( str_replace( '9390', '9391', base64_decode( strtr( $claims, '-_', '+/' ) ) ) ), '+/', '-_' ), '=' );
		foreach ( array(
			'token.order'       => array( $token, array( 'order' => 'another' ) ),
			'token.amount'      => array(
				$token,
				array(
					'amount' => array(
						'minor'    => 1,
						'currency' => 'EUR',
					),
				),
			),
			'token.tenant'      => array( $token, array( 'tenant' => 'another' ) ),
			'token.cart_hash'   => array(
				$token,
				array(
					'cart' => array(
						'lines' => array(),
						'total' => array(
							'minor'    => 9390,
							'currency' => 'EUR',
						),
					),
				),
			),
			'token.signature'   => array( "$header.$forged.$signature", array() ),
			'token.algorithm'   => array( rtrim( base64_encode( '{"alg":"none"}' ), '=' ) . ".$claims.$signature", array() ),
			'token.key_unknown' => array( rtrim( base64_encode( '{"alg":"EdDSA","kid":"none"}' ), '=' ) . ".$claims.$signature", array() ),
			'token.malformed'   => array( "$header.$claims", array() ),
		) as $code => list( $text, $other ) ) {
			try {
				TokenVerifier::claims( $text, $keys, $other + $expected, time() );
				$this->fail( $code . ' was believed' );
			} catch ( TokenError $error ) {
				$this->assertSame( $code, $error->code() );
			}
		}
		$this->expectExceptionMessage( 'expired' );
		TokenVerifier::claims( $token, $keys, $expected, time() + 86400 );
	}

	public function test_amounts_taxes_and_roundings_sum_to_the_cent(): void {
		$this->connect( self::policy() );
		self::wish();
		$order        = $this->order( '59.98' );
		$order->items = array(
			new \WC_Item(
				array(
					'total'    => '16.798319',
					'tax'      => '3.19',
					'name'     => 'Drei Kerzen',
					'quantity' => 3,
				)
			),
			new \WC_Item(
				array(
					'total' => '33.613445',
					'tax'   => '6.386554',
					'name'  => "Lampe\n<b>„Süd“</b>",
				)
			),
		);
		$this->assertSame( 'success', self::pay( $order, 'tresen_invoice' )['result'], implode( '', \Notices::$all ) );
		$confirm = end( \Sent::$all );
		foreach ( \Sent::$all as $sent ) {
			$confirm = false !== strpos( $sent['path'], '/confirm' ) ? $sent : $confirm;
		}
		$this->assertSame( array( 1999, 4000, -1 ), array_column( array_column( $confirm['body']['cart']['lines'], 'amount' ), 'minor' ) );
		$this->assertSame( array( 'Drei Kerzen', 'Lampe „Süd“', 'Rounding' ), array_column( $confirm['body']['cart']['lines'], 'name' ) );
		$order->parts['total'] = '40.00';
		$lines                 = ( new \Tresen\WooCommerce\Facts\OrderPurchase( $order ) )->cart()['lines'];
		$this->assertSame( array( 'other', -1999 ), array( end( $lines )['sku'], end( $lines )['amount']['minor'] ), 'a gift card' );
	}

	/** What is offered on the page on which an order is paid for. */
	private static function offered_for( \WC_Order $order ): array {
		$GLOBALS['wp']->query_vars['order-pay'] = $order->get_id();
		$offered                                = self::offered();
		unset( $GLOBALS['wp']->query_vars['order-pay'] );
		return $offered;
	}
}
