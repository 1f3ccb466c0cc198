<?php
/**
 * What the service says by codes, a merchant reads in words.
 */

namespace Tresen\Tests;

use PHPUnit\Framework\TestCase;
use Tresen\WooCommerce\Orders\Flow;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Orders\Words;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\WordPressTransport;

final class WordsTest extends TestCase {
	/** Reasons for which a shop must be built wrongly: they are for developers. */
	private const FOR_DEVELOPERS = array( 'consent.text_unavailable', 'plan.unexpected', 'plan.not_on_offer', 'cart.total_missing', 'method.withheld' );

	/** The codes of a section of the documentation, which lists all that there are. */
	private static function codes( string $section ): array {
		$text = explode( "\n## $section", file_get_contents( dirname( __DIR__, 3 ) . '/js/docs/errors.md' ) )[1];
		preg_match_all( '/^\| (`[^|]+) \|/m', explode( "\n## ", $text )[0], $lines );
		preg_match_all( '/`([^`]+)`/', implode( "\n", $lines[1] ), $codes );
		return $codes[1];
	}

	public function test_every_reason_that_a_merchant_can_meet_has_words(): void {
		$codes = array_merge( self::codes( 'Why an order is refused' ), self::codes( 'Why a method is withheld' ) );
		$this->assertGreaterThan( 35, count( $codes ) );
		$silent = array_filter(
			$codes,
			static function ( $code ) {
				return in_array( Words::reasons( array( $code ) ), array( $code, '' ), true );
			}
		);
		sort( $silent );
		$expected = self::FOR_DEVELOPERS;
		sort( $expected );
		$this->assertSame( $expected, array_values( $silent ) );
	}

	public function test_reasons_are_said_once_and_unknown_ones_as_they_are(): void {
		$this->assertSame( 'above the highest amount, for companies only', Words::reasons( array( 'method.withheld', 'amount.maximum', 'customer.company_only' ) ) );
		$this->assertSame( 'the terms had changed meanwhile', Words::reasons( array( 'session.expired', 'plan.differs' ) ) );
		$this->assertSame( 'of.tomorrow', Words::reasons( array( 'of.tomorrow' ) ) );
		$this->assertSame( 'a guest has given the e-mail address of one of your customers', Words::attention( array( 'guest.email_of_a_customer' ) ) );
	}

	public function test_every_kind_of_call_has_a_word(): void {
		$client = new Client( new WordPressTransport(), 'http://127.0.0.1:9', 'sk_test' );
		foreach ( array_keys( ( new Flow( $client, new Sync( $client ) ) )->doers() ) as $kind ) {
			$this->assertNotSame( $kind, Words::call( $kind ) );
		}
	}
}
