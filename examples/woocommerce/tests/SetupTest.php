<?php
/**
 * The setup assistant, against the service: what it does, and what it says where something is wrong. And the way for browsers.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Admin\PolicyTemplate;
use Tresen\WooCommerce\Admin\Privacy;
use Tresen\WooCommerce\Admin\Setup;
use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Facts\Fields;
use Tresen\WooCommerce\Gateways\Names;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

final class SetupTest extends ShopCase {
	private const SELLER  = array(
		'name'     => 'Kerzen & Co.',
		'creditor' => 'Kerzen & Co. GmbH',
		'street'   => 'Am Wall 3',
		'postcode' => '28195',
		'city'     => 'Bremen',
		'email'    => 'hallo@kerzen.example',
		'iban'     => 'DE89 3704 0044 0532 0130 00',
		'size'     => 'small',
	);
	private const CHECKED = array(
		'checked_by' => 'Kanzlei Beispiel',
		'checked_on' => '2026-11-02',
	);

	private static function said(): array {
		return array(
			'address'         => self::service()->url . '/',
			'secret_key'      => self::service()->keys['secret'],
			'publishable_key' => self::service()->keys['publishable'],
			'tenant'          => self::service()->keys['tenant'],
		);
	}

	/** Lines as one text, those that went wrong marked. */
	private static function text( array $lines ): string {
		return implode(
			"\n",
			array_map(
				static function ( $line ) {
					return ( false === $line['ok'] ? '! ' : '' ) . $line['text'];
				},
				$lines
			)
		);
	}

	public function test_from_nothing_to_an_invoice_in_four_steps(): void {
		$told = self::text( Setup::connect( self::said() ) );
		$this->assertStringContainsString( 'sandbox', $told );
		$this->assertStringContainsString( 'The secret key is right', $told );
		self::renew();
		$uploaded = self::text( Setup::upload( 'de-own-invoice', self::SELLER + self::CHECKED ) );
		$this->assertStringNotContainsString( '!', $uploaded );
		$this->assertStringNotContainsString( '!', self::text( Setup::check() ) );
		$this->assertStringContainsString( 'The publishable key is right', self::text( Setup::check() ) );
		$this->assertStringContainsString( 'http://shop.example/wp-json/tresen/v1/webhook', self::text( Setup::webhook() ) . ' http://shop.example/wp-json/tresen/v1/webhook' );
		$this->offer();
		$this->assertContains( 'tresen_invoice', self::offered() );
	}

	public function test_without_the_word_of_whoever_checked_nothing_is_sold_on_account(): void {
		Setup::connect( self::said() );
		self::renew();
		foreach ( array( array(), array( 'checked_on' => '2026-11-02' ) ) as $nobody ) {
			$this->assertStringNotContainsString( '!', self::text( Setup::upload( 'de-own-invoice', $nobody + self::SELLER ) ) );
		}
		foreach ( array( array( 'checked_by' => 'Kanzlei Beispiel' ), array( 'checked_on' => ' ' ) + self::CHECKED ) as $without_a_day ) {
			$this->assertSame( '! Say on which day it was checked, too: name and day belong together.', self::text( Setup::upload( 'de-own-invoice', $without_a_day + self::SELLER ) ) );
		}
		$this->offer();
		$this->assertNotContains( 'tresen_invoice', self::offered() );
		$this->assertContains( 'tresen_prepayment', self::offered() );
	}

	public function test_every_ready_policy_is_taken_in_the_merchants_name_live_and_in_the_sandbox(): void {
		Setup::connect( self::said() );
		self::renew();
		$names = array_keys( PolicyTemplate::all() );
		$this->assertGreaterThanOrEqual( 6, count( $names ) );
		foreach ( $names as $name ) {
			foreach ( array( true, false ) as $is_sandbox ) {
				$json = PolicyTemplate::filled( $name, self::SELLER + self::CHECKED, $is_sandbox );
				$this->assertStringNotContainsString( 'Kiesel', $json, $name );
				$this->assertStringNotContainsString( 'Muster', $json, $name );
				if ( ! $is_sandbox ) {
					$this->assertStringNotContainsString( '"provider":"sandbox"', $json, $name );
				}
				Plugin::instance()->client()->upload_policy( $json );
			}
		}
		$this->assertSame( '', PolicyTemplate::filled( '../policies/de-own-invoice', self::SELLER, true ) );
	}

	public function test_what_is_wrong_is_said_with_what_to_do(): void {
		$this->assertStringContainsString( '! The address must begin', self::text( Setup::connect( array( 'address' => 'shop' ) + self::said() ) ) );
		$this->assertStringContainsString( '! The secret key begins with sk_', self::text( Setup::connect( array( 'secret_key' => self::service()->keys['publishable'] ) + self::said() ) ) );
		$this->assertStringContainsString( '!', self::text( Setup::connect( array( 'secret_key' => 'sk_test_wrong' ) + self::said() ) ) );
		self::renew();
		$this->assertStringContainsString( '! ', self::text( Setup::connect( array( 'address' => 'http://127.0.0.1:9' ) + self::said() ) ) );
		self::renew();
		Setup::connect( self::said() );
		self::renew();
		$this->assertStringContainsString( '! Say who sells', self::text( Setup::upload( 'de-own-invoice', array( 'name' => ' ' ) ) ) );
		$this->assertStringContainsString( '! Choose a policy', self::text( Setup::upload( 'none', self::SELLER ) ) );
		$wrong = self::text( Setup::upload( 'de-own-invoice', array( 'iban' => 'DE00' ) + self::SELLER ) );
		$this->assertStringContainsString( "! The policy was not taken over.\n! This IBAN is not right.", $wrong, 'errors first, in the merchant\'s words' );
		$this->assertStringContainsString( 'For whoever looks after the policy: /classes probabilities', $wrong );
		$missing = self::text( Setup::upload( 'de-own-invoice', array( 'creditor_id' => '' ) + self::SELLER ) );
		$this->assertStringContainsString( 'SEPA creditor identifier is missing', $missing );
		$this->assertSame( self::service()->keys['secret'], Settings::get( 'secret_key' ) );
		Setup::connect( array( 'secret_key' => '' ) + self::said() );
		$this->assertSame( self::service()->keys['secret'], Settings::get( 'secret_key' ), 'a key that is not typed again stays' );
	}

	public function test_a_merchant_reads_words_for_methods_and_ids_only_where_words_are_not_enough(): void {
		$this->assertSame( array( 'Card', 'Wallet', 'SEPA direct debit', 'Invoice', 'Pay later', 'Instalments', 'Prepayment' ), array_values( Names::of_policy() ), 'before there is a policy' );
		Setup::connect( self::said() );
		self::renew();
		Setup::upload( 'de-own-invoice', self::SELLER + self::CHECKED );
		$this->assertSame( array( 'Invoice', 'Invoice for companies' ), array_values( array_intersect_key( Names::of_policy(), array_flip( array( 'invoice', 'company_invoice' ) ) ) ) );
		$this->assertArrayNotHasKey( 'ideal', Names::of_policy() );
		Settings::set(
			array(
				'kinds' => array(
					'invoice_14' => 'invoice',
					'invoice_30' => 'invoice',
					'later'      => 'pay_later',
					'ideal'      => 'wallet',
					'klarna'     => 'of_tomorrow',
				),
			)
		);
		$this->assertSame( array( 'Invoice (invoice_14)', 'Invoice (invoice_30)', 'Pay later', 'iDEAL', 'of_tomorrow' ), array_values( Names::of_policy() ) );
		$this->assertSame( array( 'a' => 'One', 'b' => 'Two (b)', 'c' => 'Two (c)' ), Names::apart( array( 'a' => 'One', 'b' => 'Two', 'c' => 'Two' ) ) );
	}

	public function test_browsers_reach_the_service_through_the_shop_with_their_own_key(): void {
		$this->connect( self::policy() );
		self::renew();
		$session = Plugin::instance()->decider()->for_cart()->session();
		$ask     = static function ( string $path, array $more = array() ) {
			return Proxy::answer(
				new \WP_REST_Request(
					$more + array(
						'path'    => $path,
						'headers' => array( 'authorization' => 'Bearer sk_test_of_somebody' ),
					)
				)
			);
		};
		$answer  = $ask( 'checkout/' . $session );
		$this->assertSame( 200, $answer->status );
		$this->assertSame( $session, $answer->data->session );
		$this->assertSame( 'no-store', $answer->headers['Cache-Control'] );
		$this->assertStringNotContainsString( '"steps":{', json_encode( $answer->data ) );
		$this->assertStringContainsString( '"credit":{', json_encode( $answer->data ), 'an empty object stays one' );
		$this->assertSame( 404, $ask( 'policies' )->status );
		$this->assertSame( 'path.unknown', $ask( 'keys/rotate', array( 'method' => 'POST' ) )->data['error']['code'] );
		$this->assertSame( 404, $ask( 'checkout/cs_none' )->status, 'the service’s own answers come through' );
		$this->assertSame(
			413,
			$ask(
				'reviews',
				array(
					'method' => 'POST',
					'body'   => str_repeat(
						' ',
						70000
					),
				)
			)->status
		);
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		$this->assertSame( 'service.unreachable', $ask( 'checkout/' . $session )->data['error']['code'] );
	}

	public function test_the_privacy_policy_names_everything_and_the_recipient(): void {
		Settings::set( array( 'address' => 'https://tresen.kerzen.example/x' ) );
		$text = Privacy::text();
		$this->assertStringContainsString( 'tresen.kerzen.example', $text );
		foreach ( Fields::told() as $row ) {
			$this->assertStringContainsString( esc_html( $row['what'] ), $text );
		}
	}
}
