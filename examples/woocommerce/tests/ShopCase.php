<?php
/**
 * A shop with a cart, connected to a service: what most tests begin with.
 */

namespace Tresen\Tests;

use PHPUnit\Framework\TestCase;
use Tresen\WooCommerce\Checkout\AvailableGateways;
use Tresen\WooCommerce\Gateways;
use Tresen\WooCommerce\Orders\Flow;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

abstract class ShopCase extends TestCase {
	/** @var Service|null One for all tests: they keep apart by customers and orders. */
	private static $shared = null;
	private static $last   = 1000;

	protected function setUp(): void {
		\WordPress::reset();
		\WordPress::$options['date_format'] = 'd.m.Y';
		\Posts::reset();
		\Orders::$all                        = array();
		\Notices::$all                       = array();
		\Sent::$all                          = array();
		\Shop::$instance                     = new \Shop();
		\Shop::$instance->cart               = new \WC_Cart();
		\Shop::$instance->customer           = new \WC_Customer();
		\Shop::$instance->session            = new \WC_Session();
		\Shop::$instance->countries          = new class() {
			public $countries = array( 'AT' => 'Österreich' );
			public function get_base_country() {
				return 'DE';
			}
		};
		\Shop::$instance->customer->billing  = self::address();
		\Shop::$instance->customer->shipping = self::address();
		$this->cart( '93.90' );
		self::renew();
	}

	/** A request of its own: the plugin remembers nothing but what WordPress and WooCommerce keep. */
	protected static function renew(): void {
		$instance = new \ReflectionProperty( Plugin::class, 'instance' );
		$instance->setAccessible( true );
		$instance->setValue( null, null );
	}

	protected static function service(): Service {
		if ( null === self::$shared ) {
			self::$shared = Service::start();
		}
		return self::$shared;
	}

	/** Connects the shop, has the service decide by a policy, and offers all gateways. */
	protected function connect( array $policy ): void {
		$service = self::service();
		Settings::set(
			array(
				'address'         => $service->url,
				'secret_key'      => $service->keys['secret'],
				'publishable_key' => $service->keys['publishable'],
				'tenant'          => $service->keys['tenant'],
				'sandbox'         => true,
			)
		);
		self::renew();
		Plugin::instance()->client()->upload_policy( json_encode( $policy, JSON_UNESCAPED_UNICODE ) );
		$this->offer();
		\Sent::$all = array();
	}

	protected function offer( array $more = array() ): void {
		foreach ( array( 'invoice', 'pay_later', 'instalments', 'sepa_debit', 'prepayment' ) as $kind ) {
			\WordPress::$options[ 'woocommerce_tresen_' . $kind . '_settings' ] = array( 'enabled' => 'yes' );
		}
		\Shop::$instance->gateways                                        = array_merge( array( new Gateways\Invoice(), new Gateways\PayLater(), new Gateways\Instalments(), new Gateways\SepaDebit(), new Gateways\Prepayment() ), $more );
		\WordPress::$filters['woocommerce_payment_complete_order_status'] = array( array( Flow::class, 'paid_status' ) );
		\WordPress::$filters['woocommerce_available_payment_gateways']    = array(
			static function ( $gateways ) {
				return ( new AvailableGateways( Plugin::instance()->decider() ) )->filter( $gateways );
			},
		);
	}

	/** The ready policy, without texts to agree to unless they are wanted: what is agreed to is shown by the widget, in a browser. */
	protected static function policy( bool $with_consents = false ): array {
		$policy = json_decode( file_get_contents( dirname( __DIR__, 2 ) . '/policies/de-own-invoice.json' ), true );
		if ( ! $with_consents ) {
			foreach ( $policy['methods'] as &$method ) {
				unset( $method['consent'] );
			}
		}
		return $policy;
	}

	protected static function address( array $other = array() ): array {
		return $other + array(
			'first_name' => 'Greta',
			'last_name'  => 'Sommer',
			'company'    => '',
			'address_1'  => 'Lindenstraße 14',
			'address_2'  => '',
			'postcode'   => '10969',
			'city'       => 'Berlin',
			'state'      => 'DE-BE',
			'country'    => 'DE',
			'email'      => 'greta@example.org',
			'phone'      => '+49 151 12345678',
		);
	}

	protected function cart( string $total, array $products = array( 7 ) ): void {
		\Shop::$instance->cart->total = $total;
		\Shop::$instance->cart->items = array_map(
			static function ( $product ) {
				return array( 'product_id' => $product );
			},
			$products
		);
	}

	/** The order that the cart becomes. */
	protected function order( string $total = '93.90', array $parts = array() ): \WC_Order {
		$order        = new \WC_Order(
			++self::$last + 100000 * getmypid(),
			$parts + array(
				'total'    => $total,
				'customer' => \WordPress::$user,
				'billing'  => self::address(),
				'shipping' => self::address(),
			)
		);
		$order->items = array(
			new \WC_Item(
				array(
					'total' => (string) ( (float) $total - 4.9 ),
					'name'  => 'Wolldecke „Moor“',
				)
			),
			new \WC_Item(
				array(
					'type'  => 'shipping',
					'total' => '4.90',
					'name'  => 'Versand',
				)
			),
		);
		return $order;
	}

	protected static function wish( array $other = array() ): void {
		$_POST['tresen_wish'] = addslashes(
			json_encode(
				$other + array(
					'facts'    => array( 'customer.birth_date' => '1984-05-06' ),
					'consents' => array(),
				)
			)
		);
	}

	protected static function pay( \WC_Order $order, string $gateway ): array {
		self::renew();
		$order->parts['method'] = $gateway;
		foreach ( \Shop::$instance->gateways as $one ) {
			if ( $one->id === $gateway ) {
				return $one->process_payment( $order->get_id() );
			}
		}
		throw new \LogicException( $gateway );
	}

	/** What a shopper is offered, by a request of its own. */
	protected static function offered(): array {
		self::renew();
		return array_keys( \WC()->payment_gateways()->get_available_payment_gateways() );
	}

	/** Does what is planned. */
	protected static function work(): void {
		self::renew();
		$planned             = \WordPress::$planned;
		\WordPress::$planned = array();
		foreach ( $planned as list( , , $arguments ) ) {
			Plugin::instance()->outbox()->run( ...$arguments );
		}
	}

	/** A gateway of another plugin. */
	protected static function other( string $id ): \WC_Payment_Gateway {
		$gateway        = new \WC_Payment_Gateway();
		$gateway->id    = $id;
		$gateway->title = ucfirst( $id );
		return $gateway;
	}
}
