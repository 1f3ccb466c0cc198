<?php
/**
 * One corpus, now also through the plugin: cases of tests/corpus as carts, customers and past orders of WooCommerce, decided by the
 * running service, and compared by what is offered.
 */

namespace Tresen\Tests;

use Tresen\WooCommerce\Facts\CartPurchase;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

final class CorpusTest extends ShopCase {
	private const DAY = '2026-11-25';

	/** What is decided on, where a policy names something that follows from it. */
	private const FROM = array(
		'customer.age'                => 'customer.birth_date',
		'customer.tenure_days'        => 'customer.since',
		'history.address_age_days'    => 'history.address_changed_on',
		'history.amount_7_days_after' => 'history.amount_7_days',
	);

	/** What the service counts itself: of somebody it does not know, nothing. */
	private const NOTHING = array(
		'account.overdue_count'    => 0,
		'account.overdue_days_max' => 0,
		'account.open_balance'     => array(
			'minor'    => 0,
			'currency' => 'EUR',
		),
		'account.overdue_balance'  => array(
			'minor'    => 0,
			'currency' => 'EUR',
		),
	);

	/**
	 * What a shop always knows, and a case may leave out: that nothing happened, that nobody says they are a company. A past is
	 * built with a cent an order where the case names no sum.
	 */
	private const LEFT_OUT = array(
		'customer.kind'            => 'consumer',
		'history.declines_30_days' => 0,
		'history.orders_7_days'    => 0,
	);

	/** So many cases can be said as a cart at least: fewer would mean that the mapping says less than it did. */
	private const LEAST = 80;

	public function test_the_corpus_is_offered_the_same_through_the_plugin(): void {
		$service  = Service::start( self::DAY . 'T10:00:00Z' );
		$compared = 0;
		$methods  = 0;
		$number   = 0;
		foreach ( glob( dirname( __DIR__, 3 ) . '/tests/corpus/decide/examples_*.jsonl' ) as $file ) {
			$policy = null;
			foreach ( file( $file ) as $line ) {
				$case = json_decode( $line, true );
				if ( self::DAY !== $case['today'] || ! isset( $case['facts']['cart.total'], $case['expect']['methods'] ) ) {
					continue;
				}
				if ( null === $policy ) {
					$policy = json_decode( file_get_contents( dirname( __DIR__, 3 ) . '/tests/corpus/policies/' . $case['policy'] . '.json' ), true );
					$this->connect_to( $service, $policy );
				}
				$decision = $this->decide( $case['facts'], $policy, ++$number );
				if ( null === $decision ) {
					continue;
				}
				++$compared;
				foreach ( $case['expect']['methods'] as $id => $expected ) {
					if ( isset( $expected['state'] ) ) {
						++$methods;
						$method = $decision->method( $id );
						$this->assertSame( $expected['state'], $method['state'] ?? null, basename( $file ) . ': ' . $case['name'] . ': ' . $id );
						if ( isset( $expected['reasons'] ) ) {
							$this->assertSame( array_column( $expected['reasons'], 'code' ), array_column( $method['reasons'], 'code' ), $case['name'] . ': ' . $id );
						}
					}
				}
			}
		}
		$service->stop();
		$this->assertGreaterThanOrEqual( self::LEAST, $compared, "$methods methods" );
		fwrite( STDERR, "\n$compared cases of the corpus through the plugin, $methods methods compared\n" );
	}

	private function connect_to( Service $service, array $policy ): void {
		Settings::set(
			array(
				'address'         => $service->url,
				'secret_key'      => $service->keys['secret'],
				'publishable_key' => $service->keys['publishable'],
				'sandbox'         => true,
			)
		);
		self::renew();
		Plugin::instance()->client()->upload_policy( json_encode( $policy, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ) );
	}

	/** Decides a case as a cart; null where it cannot be said as one. */
	private function decide( array $facts, array $policy, int $number ) {
		if ( 'EUR' !== $facts['cart.total']['currency'] ) {
			return null;
		}
		$customs                  = array();
		\Orders::$all             = array();
		\Shop::$instance->session = new \WC_Session();
		\WordPress::$terms        = array();
		\WordPress::$filters      = array();
		\WordPress::$now          = strtotime( self::DAY . ' 11:00:00 Europe/Berlin' );
		\WordPress::$user         = true === ( $facts['customer.signed_in'] ?? false ) ? 5000 + $number : 0;
		$this->put_into_cart( $facts );
		$this->put_into_past( $facts );
		foreach ( $facts as $name => $value ) {
			if ( 0 === strpos( $name, 'custom.' ) ) {
				$customs[ $name ] = $value;
			}
		}
		foreach ( $customs as $name => $value ) {
			$is_told = 'client' === ( $policy['facts'][ $name ]['visibility'] ?? '' );
			add_filter(
				$is_told ? 'tresen_facts' : 'tresen_server_facts',
				static function ( $said ) use ( $name, $value ) {
					return $said + array( $name => $value );
				}
			);
		}
		\Sent::$all = array();
		self::renew();
		$decision = Plugin::instance()->decider()->decide( CartPurchase::current(), (string) ( $facts['customer.birth_date'] ?? '' ) );
		$this->assertNotNull( $decision, json_encode( $facts ) . json_encode( \WordPress::$transients ) );
		return $this->said_the_same( $facts, $policy ) ? $decision : null;
	}

	/** Whether the service was told what the case says, as far as the policy looks at it. */
	private function said_the_same( array $facts, array $policy ): bool {
		$told = \Sent::$all[0]['body']['facts'] + self::NOTHING + array(
			'shop.providers'     => array( 'sandbox' ),
			'customer.signed_in' => \WordPress::$user > 0,
		);
		preg_match_all( '/"fact":"([^"]+)"/', json_encode( $policy, JSON_UNESCAPED_SLASHES ), $names );
		// What a policy looks at without naming it: its limits on what is owed, and the age that it asks for.
		$looked_at = array_merge( $names[1], array( 'cart.total', 'account.open_balance', 'customer.birth_date', 'shop.providers', 'customer.confirmed' ) );
		foreach ( array_unique( $looked_at ) as $name ) {
			$name = self::FROM[ $name ] ?? $name;
			$said = $told[ $name ] ?? null;
			$case = $facts[ $name ] ?? ( self::NOTHING[ $name ] ?? ( 'customer.signed_in' === $name ? false : null ) );
			if ( null === $case && ( ( self::LEFT_OUT[ $name ] ?? null ) === $said || ( 'history.paid_total' === $name && $said['minor'] < 100 ) ) ) {
				continue;
			}
			if ( is_array( $said ) && is_array( $case ) ) {
				ksort( $said );
				ksort( $case );
			}
			if ( $said !== $case ) {
				return false;
			}
		}
		return true;
	}

	private function put_into_cart( array $facts ): void {
		$cart          = new \WC_Cart();
		$cart->total   = sprintf( '%d.%02d', intdiv( $facts['cart.total']['minor'], 100 ), $facts['cart.total']['minor'] % 100 );
		$cart->count   = $facts['cart.item_count'] ?? 1;
		$cart->shipped = ! ( $facts['cart.digital_only'] ?? false );
		$cart->items   = array( array( 'product_id' => 500 ) );
		foreach ( $facts['cart.categories'] ?? array() as $place => $slug ) {
			\WordPress::$terms[ $place + 1 ] = array(
				'slug'   => $slug,
				'parent' => 0,
			);
			$cart->items[]                   = array( 'product_id' => $place + 1 );
		}
		\Shop::$instance->cart               = $cart;
		$region                              = $facts['billing.region'] ?? '';
		$billing                             = self::address(
			array(
				'country' => $facts['billing.country'] ?? '',
				'state'   => '' === $region ? '' : 'DE-' . $region,
				'company' => 'company' === ( $facts['customer.kind'] ?? '' ) ? 'Nordlicht GmbH' : '',
			)
		);
		$is_same                             = $facts['shipping.same_as_billing'] ?? true;
		$method                              = $facts['shipping.method'] ?? 'home';
		$street                              = array(
			'home'          => $billing['address_1'],
			'store'         => $billing['address_1'],
			'parcel_locker' => 'Packstation 7',
			'pickup_point'  => 'Postfiliale 7',
		)[ $method ];
		\Shop::$instance->customer->billing  = array( 'address_1' => $street ) + $billing;
		\Shop::$instance->customer->shipping = array(
			'address_1' => $street,
			'country'   => $facts['shipping.country'] ?? $billing['country'],
			'postcode'  => $is_same ? $billing['postcode'] : '99999',
		) + $billing;
		\Shop::$instance->session->set( 'chosen_shipping_methods', array( 'store' === $method ? 'local_pickup:1' : 'flat_rate:1' ) );
		$delivery = $facts['order.expected_delivery'] ?? null;
		Settings::set( array( 'delivery_days' => null === $delivery ? '' : (string) ( ( strtotime( $delivery ) - strtotime( self::DAY ) ) / 86400 ) ) );
		$channel = $facts['order.origin_channel'] ?? '';
		$source  = 'web_shop' === $channel ? 'typ=typein|||src=(direct)' : 'typ=utm|||src=' . $channel . '|||mdm=social';
		$_COOKIE = '' === $channel ? array() : array( 'sbjs_current' => $source );
	}

	/** Orders that amount to the past of the case: paid ones, of which the first in time, failed ones, and those of this week. */
	private function put_into_past( array $facts ): void {
		$now     = time();
		$paid    = max( $facts['history.orders_paid'] ?? 0, $facts['history.paid_on_time'] ?? 0 );
		$on_time = $facts['history.paid_on_time'] ?? 0;
		$total   = $facts['history.paid_total']['minor'] ?? $paid;
		$since   = isset( $facts['customer.since'] ) ? $now - ( strtotime( self::DAY ) - strtotime( $facts['customer.since'] ) ) : $now - 400 * 86400;
		$id      = 0;
		for ( $number = 0; $number < $paid; ++$number ) {
			$amount = 0 === $number ? $total - intdiv( $total, $paid ) * ( $paid - 1 ) : intdiv( $total, $paid );
			$order  = new \WC_Order(
				++$id,
				array(
					'customer' => \WordPress::$user,
					'status'   => 'completed',
					'total'    => sprintf( '%d.%02d', intdiv( $amount, 100 ), $amount % 100 ),
					'created'  => $since,
					'paid'     => $since + 86400,
				)
			);
			if ( $number < $on_time ) {
				\Tresen\WooCommerce\Orders\OrderRecord::of( $order )->set( array( 'due' => wp_date( 'Y-m-d', $since + 14 * 86400 ) ) );
			}
		}
		for ( $number = 0; $number < ( $facts['history.declines_30_days'] ?? 0 ); ++$number ) {
			new \WC_Order(
				++$id,
				array(
					'customer' => \WordPress::$user,
					'status'   => 'failed',
					'total'    => '1.00',
					'created'  => $now - 9 * 86400,
					'modified' => $now - 9 * 86400,
				)
			);
		}
		$recent = $facts['history.orders_7_days'] ?? 0;
		$amount = $facts['history.amount_7_days']['minor'] ?? 0;
		for ( $number = 0; $number < $recent; ++$number ) {
			$minor = 0 === $number ? $amount - intdiv( $amount, $recent ) * ( $recent - 1 ) : intdiv( $amount, $recent );
			new \WC_Order(
				++$id,
				array(
					'customer' => \WordPress::$user,
					'status'   => 'on-hold',
					'total'    => sprintf( '%d.%02d', intdiv( $minor, 100 ), $minor % 100 ),
					'created'  => $now - 2 * 86400,
				)
			);
		}
	}
}
