<?php
/**
 * What needs neither shop nor service: amounts, hashes, channels, what a browser may post.
 */

namespace Tresen\Tests;

use PHPUnit\Framework\TestCase;
use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Checkout\Wish;
use Tresen\WooCommerce\Facts\Channel;
use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Service\CartHash;

final class PureTest extends TestCase {
	public function test_amounts_are_whole_minor_units_by_the_currencys_own_digits(): void {
		foreach ( array(
			array( '19.99', 'EUR', 1999 ),
			array( 19.99, 'EUR', 1999 ),
			array( 0.1 + 0.2, 'EUR', 30 ),
			array( '1.005', 'EUR', 101 ),
			array( 1.005, 'EUR', 101 ),
			array( '-1.005', 'EUR', -101 ),
			array( '1.0049', 'EUR', 100 ),
			array( '100', 'JPY', 100 ),
			array( '99.5', 'JPY', 100 ),
			array( '1.2345', 'KWD', 1235 ),
			array( '', 'EUR', 0 ),
			array( null, 'EUR', 0 ),
			array( '1e2', 'EUR', 10000 ),
			array( '12345678901.23', 'EUR', 1234567890123 ),
		) as list( $amount, $currency, $minor ) ) {
			$this->assertSame( $minor, Money::minor( $amount, $currency ), var_export( $amount, true ) );
		}
		for ( $minor = -300; $minor <= 300; ++$minor ) {
			foreach ( array( 'EUR', 'JPY', 'KWD' ) as $currency ) {
				$this->assertSame( $minor, Money::minor( Money::decimal( Money::of_minor( $minor, $currency ) ), $currency ) );
			}
		}
	}

	public function test_every_number_of_cents_survives_being_a_float(): void {
		mt_srand( 5 );
		for ( $round = 0; $round < 20000; ++$round ) {
			$minor = mt_rand( 0, 100000000 );
			$this->assertSame( $minor, Money::minor( $minor / 100, 'EUR' ) );
		}
	}

	public function test_the_cart_hash_is_that_of_the_other_languages(): void {
		$vectors = file_get_contents( dirname( __DIR__, 3 ) . '/js/docs/cart-hash.md' );
		$eur     = static function ( int $minor ): array {
			return array(
				'currency' => 'EUR',
				'minor'    => $minor,
			);
		};
		$line    = static function ( string $sku, string $name, int $quantity, array $amount ): array {
			return array(
				'sku'      => $sku,
				'name'     => $name,
				'quantity' => $quantity,
				'amount'   => $amount,
			);
		};
		$this->assertSame( 1, preg_match( '/```json\n(.*)\n```/', $vectors, $parts ) );
		$this->assertSame( 3, preg_match_all( '/\| `([0-9a-f]{64})` \|/', $vectors, $hashes ) );
		$this->assertSame( $hashes[1][0], CartHash::of( json_decode( $parts[1], true ) ) );
		$this->assertSame(
			$hashes[1][1],
			CartHash::of(
				array(
					'lines' => array(),
					'total' => $eur( 0 ),
				)
			)
		);
		$this->assertSame(
			$hashes[1][2],
			CartHash::of(
				array(
					'lines' => array( $line( 'a"\\b', "\x01\n\x7fé🍵", 3, $eur( -5 ) ) ),
					'total' => $eur( -5 ),
				)
			)
		);
	}

	public function test_the_channel_comes_from_order_attribution(): void {
		foreach ( array(
			''                                       => null,
			'typ=typein|||src=(direct)|||mdm=(none)' => 'web_shop',
			'typ=utm|||src=instagram|||mdm=social'   => 'instagram',
			'typ=referral|||src=l.facebook.com|||mdm=referral' => 'facebook',
			'typ=referral|||src=figures.example|||mdm=referral' => 'web_shop',
			'typ=utm|||src=ig|||mdm=story'           => 'instagram',
		) as $cookie => $channel ) {
			$this->assertSame( $channel, Channel::of( $cookie ), $cookie );
		}
	}

	public function test_of_what_a_browser_posts_only_what_is_well_formed_is_read(): void {
		$consent = array(
			'id'          => 'invoice',
			'version'     => '1',
			'text_hash'   => str_repeat( 'a', 64 ),
			'accepted_at' => '2026-11-21T09:15:00Z',
		);
		$wish    = Wish::read(
			json_encode(
				array(
					'method'   => 'invoice',
					'amount'   => array(
						'minor'    => 100,
						'currency' => 'EUR',
						'more'     => 1,
					),
					'facts'    => array( 'customer.birth_date' => '1984-05-06' ),
					'consents' => array( $consent + array( 'more' => 'x' ), array( 'id' => 'x' ), 'x', array( 'version' => array() ) + $consent ),
					'plan'     => array(
						'annual_rate_percent' => '9.90',
						'instalments'         => array(
							array(
								'due_date' => '2026-12-21',
								'amount'   => array(
									'minor'    => 50,
									'currency' => 'EUR',
								),
							),
						),
					),
				)
			)
		);
		$this->assertSame(
			array(
				'invoice',
				array(
					'minor'    => 100,
					'currency' => 'EUR',
				),
				'1984-05-06',
				array( $consent ),
			),
			array( $wish->method(), $wish->amount(), $wish->birth_date(), $wish->consents() )
		);
		$this->assertSame( '9.90', $wish->plan()['annual_rate_percent'] );
		foreach ( array( '', 'x', '[]', '3', '{"method":{}}', '{"amount":{"minor":"1","currency":"EUR"}}', '{"facts":"x"}', '{"consents":7}', '{"plan":{"instalments":[{}]}}', '{"method":"' . str_repeat( 'm', 70000 ) . '"}' ) as $nothing ) {
			$wish = Wish::read( $nothing );
			$this->assertSame( array( '', null, '', array(), null, null ), array( $wish->method(), $wish->amount(), $wish->birth_date(), $wish->consents(), $wish->plan(), $wish->browser_record() ), substr( $nothing, 0, 60 ) );
		}
	}

	public function test_of_the_service_only_what_belongs_to_browsers_is_reached(): void {
		foreach ( array( 'checkout/cs_1', 'checkout/cs_1/explanation', 'checkout/cs_1/steps', 'checkout/cs_1/steps/email', 'checkout/cs_1/steps/email/answer', 'hint', 'reviews', 'accounts/acc_1', 'accounts/acc_1/transfer', 'accounts/acc_1/requests', 'accounts/acc_1/payments', 'accounts/acc_1/proofs', 'accounts/acc_1/proofs/prf_1' ) as $path ) {
			$this->assertTrue( Proxy::is_open( $path ), $path );
		}
		foreach ( array( '', 'policies', 'sessions', 'sessions/cs_1/confirm', 'keys/rotate', 'reviews/rev_1/answer', 'receivables/r/paylink', 'checkout/../policies', "hint\n", 'hint/x', 'customers/1/export', 'customers/1/access', 'accounts', 'accounts/acc_1/x', 'accounts/acc_1/proofs/a/b', 'proofs/prf_1', 'paylinks/0abc' ) as $path ) {
			$this->assertFalse( Proxy::is_open( $path ), $path );
		}
		$this->assertSame( 'amount=9390&receivable=rcv_1&receivable=rcv_2', Proxy::query( 'rest_route=%2Fx&amount=9390&secret=1&receivable=rcv_1&receivable=rcv_2&receivables=3' ) );
		$this->assertSame( 'channel=a%26b%0A', Proxy::query( 'channel=a%26b%0A' ) );
		$this->assertSame( '', Proxy::query( '' ) );
	}
}
