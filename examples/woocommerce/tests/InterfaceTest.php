<?php
/**
 * Zip and service of one build, or not: what the merchant is told, at the plugin's number, below and above it, and where the service says nothing.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Admin\Notices;
use Tresen\WooCommerce\Admin\OneBuild;
use Tresen\WooCommerce\Admin\Setup;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\InterfaceLevel;
use Tresen\WooCommerce\Service\Transport;
use Tresen\WooCommerce\Settings;

final class InterfaceTest extends ShopCase {
	/** Asks a service that says something of itself. */
	private static function ask( array $says ): void {
		$answers = new class() implements Transport {
			/** @var array */
			public $says;
			public function send( string $method, string $url, array $headers, $body, float $seconds ): array {
				return array(
					'status'  => 200,
					'headers' => array(),
					'body'    => (string) json_encode( $this->says ),
				);
			}
		};

		$answers->says = $says + array( 'status' => 'ok' );
		InterfaceLevel::ask( new Client( $answers, 'https://tresen.example', 'sk_test_1' ) );
	}

	private static function notices(): string {
		return implode( "\n", array_column( Notices::all(), 'text' ) );
	}

	public function test_the_service_as_it_is_belongs_to_this_plugin(): void {
		$this->connect( self::policy() );
		$this->assertStringNotContainsString( 'interface.', self::notices(), 'nobody was asked yet' );
		$lines = array_column( Setup::check(), 'ok', 'text' );
		$this->assertTrue( $lines['Service and plugin belong together.'] ?? null, implode( "\n", array_keys( $lines ) ) );
		$this->assertSame( '', InterfaceLevel::problem() );
		$this->assertStringNotContainsString( 'interface.', self::notices() );
	}

	public function test_below_and_above_and_without_a_number_it_is_said_which_of_the_two_is_to_be_replaced(): void {
		$this->assertSame( array( 'interface.unknown', 'interface.unknown' ), array( InterfaceLevel::between( 4, -1 ), InterfaceLevel::between( 4, 0 ) ) );
		$this->assertSame( array( 'interface.service_older', 'interface.service_older' ), array( InterfaceLevel::between( 4, 1 ), InterfaceLevel::between( 4, 3 ) ) );
		$this->assertSame( '', InterfaceLevel::between( 4, 4 ) );
		$this->assertSame( 'interface.service_newer', InterfaceLevel::between( 4, 5 ) );
		foreach ( array(
			'interface.service_older' => '/^The service \(version 9\.8\) is older .* Update the service.*\(interface\.service_older\)$/',
			'interface.service_newer' => '/^The service \(version 9\.8\) is newer .* Install the plugin.*\(interface\.service_newer\)$/',
			'interface.unknown'       => '/^The service \(version 9\.8\) does not say .* Take service and plugin.*\(interface\.unknown\)$/',
		) as $code => $words ) {
			$this->assertMatchesRegularExpression( $words, OneBuild::words( $code, '9.8' ) );
		}
	}

	public function test_the_merchant_reads_it_on_every_page_until_it_is_well_again(): void {
		$this->connect( self::policy() );
		foreach ( array( InterfaceLevel::OF_PLUGIN + 1, (string) InterfaceLevel::OF_PLUGIN, null ) as $says ) {
			self::ask(
				array(
					'version'   => '9.8',
					'interface' => $says,
				)
			);
			$this->assertStringContainsString( is_int( $says ) ? '(version 9.8) is newer' : '(version 9.8) does not say', self::notices() );
		}
		self::ask( array() );
		$this->assertStringContainsString( '(version ?) does not say', self::notices() );
		// The next hour the service is the right one, and whoever asks is the shop itself.
		self::renew();
		Plugin::instance()->reconcile();
		$this->assertStringNotContainsString( 'interface.', self::notices() );
	}

	public function test_another_service_is_asked_anew_and_one_that_is_silent_leaves_what_was_known(): void {
		$this->connect( self::policy() );
		self::ask( array( 'interface' => InterfaceLevel::OF_PLUGIN + 1 ) );
		Settings::set( array( 'address' => 'http://127.0.0.1:9' ) );
		self::renew();
		Plugin::instance()->reconcile();
		$this->assertSame( 'interface.service_newer', InterfaceLevel::problem() );
		self::renew();
		Setup::connect(
			array(
				'address'         => 'http://127.0.0.1:19',
				'secret_key'      => 'sk_test_1',
				'publishable_key' => 'pk_test_1',
			)
		);
		$this->assertSame( '', InterfaceLevel::problem(), 'of another service nothing is known yet' );
	}
}
