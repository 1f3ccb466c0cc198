<?php
/**
 * Puts the parts together and hooks them up.
 *
 * The layout, each folder about one thing; the arrows point from a part to what it knows:
 *
 *   Browser/, Gateways/, Admin/, Blocks*.php  →  Checkout/, Orders/  →  Facts/, Service/  →  Money
 *
 *   Service/    the HTTP service: Transport (interface), WordPressTransport, Client, Breaker, TokenVerifier, WebhookVerifier, CartHash
 *   Facts/      what the shop knows, as the service's facts: Fields (the one list of what leaves the shop), Purchase (a cart or an order), History
 *   Checkout/   Decider (session, preview, cache in the WooCommerce session), Decision (the answer), AvailableGateways (the filter),
 *               Wish (what the browser sends along), Confirmation (the decision that counts), Declines, Sentences
 *   Gateways/   one WC_Payment_Gateway per kind of method: tresen_invoice, tresen_pay_later, tresen_instalments, tresen_sepa_debit, tresen_prepayment; Names
 *   Orders/     OrderRecord (our meta, by CRUD), Outbox with its store and scheduler, Flow (order events → outbox), Sync (service → order), Access
 *   Webhook/    Endpoint: POST /wp-json/tresen/v1/webhook
 *   Browser/    Proxy: /wp-json/tresen/v1/service/v1/… → the service; `Proxy::address()` is the `api` of <tresen-checkout> and <tresen-account>
 *   Admin/      Settings, Assistant, LogPage, Notices, Privacy
 *
 * What the front end may rely on (assets/, templates/, Blocks*.php):
 *
 *   Plugin::instance()->decider()->for_cart()    ?Decision of the current cart, null where the service does not answer
 *   $decision->method_for_gateway( 'tresen_invoice' )  the method's array as the service sent it, or null
 *   $decision->allows( 'tresen_invoice' )        offered, or incomplete (a birth date is missing)
 *   $decision->session()                         id for the `session` attribute
 *   Plugin::instance()->decider()->for_order( $order )  the same on the order-pay page
 *   Settings::publishable_key(), Proxy::address()
 *   $_POST['tresen_wish'], also as Store API payment_data under that key: JSON of the detail of the element's `tresen-confirm`:
 *     { method, amount: {minor, currency}, facts: {"customer.birth_date"?}, consents: [{id, version, text_hash, accepted_at}], plan?, browser_record? }
 *   Orders\Access::token( $order )               token for <tresen-account>, or null: an access to the account of whoever placed the order, new for
 *                                                each page
 *   Settings::locale(), Settings::address_form() what the session was opened with: the element must be given the same, for the text that is
 *                                                agreed to is hashed with it
 *   $decision->method_for_gateway( $id )['id']   the method that a gateway stands for now: a policy may have two of one kind (invoice for companies)
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Tresen\WooCommerce\Browser\Proxy;
use Tresen\WooCommerce\Checkout\AvailableGateways;
use Tresen\WooCommerce\Checkout\ComeBack;
use Tresen\WooCommerce\Checkout\Confirmation;
use Tresen\WooCommerce\Checkout\Decider;
use Tresen\WooCommerce\Checkout\Fee;
use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Orders\Flow;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Orders\Transfer;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\InterfaceLevel;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Service\WordPressTransport;
use Tresen\WooCommerce\Webhook\Endpoint;

/**
 * The plugin as one object, made once.
 */
final class Plugin {
	/**
	 * The one there is.
	 *
	 * @var Plugin|null
	 */
	private static $instance = null;

	/**
	 * The service, once it was asked for.
	 *
	 * @var Client|null
	 */
	private $client = null;

	/**
	 * Whoever asks it, made once: what was answered in a request is not asked again in it.
	 *
	 * @var Decider|null
	 */
	private $decider = null;

	/**
	 * The plugin.
	 *
	 * @return Plugin
	 */
	public static function instance() {
		if ( null === self::$instance ) {
			self::$instance = new self();
		}
		return self::$instance;
	}

	/**
	 * The service; null where none is connected.
	 */
	public function client(): ?Client {
		if ( null === $this->client && Settings::is_connected() ) {
			$this->client = new Client( new WordPressTransport(), (string) Settings::get( 'address' ), (string) Settings::get( 'secret_key' ) );
		}
		return $this->client;
	}

	/**
	 * Whoever asks the service about carts and orders.
	 */
	public function decider(): Decider {
		if ( null === $this->decider ) {
			$this->decider = new Decider( $this->client() );
		}
		return $this->decider;
	}

	/**
	 * Whoever places orders.
	 */
	public function confirmation(): Confirmation {
		return new Confirmation( $this->client(), $this->decider() );
	}

	/**
	 * Whoever passes on what the service is to be told; null where none is connected.
	 */
	public function outbox(): ?Outbox {
		$client = $this->client();
		if ( null === $client ) {
			return null;
		}
		return new Outbox( ( new Flow( $client, new Sync( $client ) ) )->doers() );
	}

	/**
	 * Hooks everything up, once WooCommerce is there.
	 */
	public function register() {
		add_action( 'init', array( $this, 'load_texts' ), 0 );
		add_filter( 'woocommerce_payment_gateways', array( Gateways::class, 'register' ) );
		$this->register_checkout();
		$this->register_orders();
		add_action( 'rest_api_init', array( Endpoint::class, 'register' ) );
		add_action( 'rest_api_init', array( Proxy::class, 'register' ) );
		BlocksIntegration::register();
		BlocksAccount::register();
		Transfer::register();
		if ( is_admin() ) {
			Admin\Page::register();
			Admin\Notices::register();
		}
		add_action( 'admin_init', array( Admin\Privacy::class, 'register' ) );
		Admin\PersonalData::register();
	}

	/**
	 * The plugin's own translations. What speaks German in another country reads those of Germany, by the same form of address.
	 */
	public function load_texts(): void {
		load_plugin_textdomain( 'tresen', false, dirname( plugin_basename( TRESEN_FILE ) ) . '/languages' );
		if ( 0 === strpos( determine_locale(), 'de' ) && ! is_textdomain_loaded( 'tresen' ) ) {
			$language = 'du' === Settings::address_form() ? 'de_DE' : 'de_DE_formal';
			load_textdomain( 'tresen', dirname( TRESEN_FILE ) . '/languages/tresen-' . $language . '.mo', determine_locale() );
		}
	}

	/**
	 * The decision in the checkout.
	 */
	private function register_checkout(): void {
		add_filter(
			'woocommerce_available_payment_gateways',
			function ( $gateways ) {
				return ( new AvailableGateways( $this->decider() ) )->filter( $gateways );
			},
			100
		);
		add_action( 'template_redirect', array( AvailableGateways::class, 'note_visit' ) );
		add_action( 'template_redirect', array( ComeBack::class, 'handle' ), 5 );
		add_action( 'template_redirect', array( ComeBack::class, 'to_account' ), 5 );
		add_action( 'woocommerce_cart_calculate_fees', array( $this, 'add_fee' ) );
		add_action( 'woocommerce_checkout_create_order_fee_item', array( Fee::class, 'mark' ), 10, 2 );
	}

	/**
	 * What happens to orders, and what is planned.
	 */
	private function register_orders(): void {
		add_action( 'woocommerce_order_refunded', array( Flow::class, 'on_refund' ), 10, 2 );
		add_action( 'woocommerce_order_status_cancelled', array( Flow::class, 'on_cancel' ) );
		add_action( 'woocommerce_order_status_completed', array( Flow::class, 'on_complete' ) );
		add_action( 'woocommerce_order_status_failed', array( Flow::class, 'on_failure' ) );
		add_filter( 'woocommerce_payment_complete_order_status', array( Flow::class, 'paid_status' ), 100, 3 );
		add_filter( 'woocommerce_order_actions', array( Flow::class, 'order_actions' ), 10, 2 );
		add_action( 'woocommerce_order_action_tresen_received', array( Flow::class, 'on_received' ) );
		add_action(
			Outbox::HOOK,
			function ( $id ) {
				$outbox = $this->outbox();
				if ( null !== $outbox ) {
					$outbox->run( $id );
				}
			}
		);
		add_action( Sync::RECONCILE, array( $this, 'reconcile' ) );
		add_action( Outbox::PURGE, array( Outbox::class, 'purge' ) );
		add_action( 'init', array( Outbox::class, 'register' ) );
		add_action( 'init', array( $this, 'plan' ) );
	}

	/**
	 * Every hour: whether the service is still one for this plugin, and what no message has told.
	 */
	public function reconcile(): void {
		$client = $this->client();
		if ( null === $client ) {
			return;
		}
		try {
			InterfaceLevel::ask( $client );
		} catch ( TresenError $error ) {
			Log::error( 'ask the service what it is', $error );
			return;
		}
		( new Sync( $client ) )->reconcile();
	}

	/**
	 * Plans what is done every hour and every day.
	 */
	public function plan(): void {
		foreach ( array(
			Sync::RECONCILE => 'hourly',
			Outbox::PURGE   => 'daily',
		) as $hook => $how_often ) {
			if ( ! wp_next_scheduled( $hook ) ) {
				wp_schedule_event( time() + MINUTE_IN_SECONDS, $how_often, $hook );
			}
		}
	}

	/**
	 * The fee of the chosen method, where the policy has one: by the last decision, for a cart that is being summed has no total yet.
	 *
	 * @param \WC_Cart $cart The cart that is being summed.
	 */
	public function add_fee( $cart ): void {
		$shop   = WC();
		$chosen = $shop->session ? (string) $shop->session->get( 'chosen_payment_method' ) : '';
		if ( '' !== Gateways::kind( $chosen ) && Settings::get( 'has_fees' ) ) {
			Fee::add( $cart, $this->decider()->last(), $chosen );
		}
	}

	/**
	 * What is planned is no longer done once the plugin is switched off.
	 */
	public static function deactivate() {
		BlocksAccount::forget();
		foreach ( array( Sync::RECONCILE, Outbox::PURGE, Outbox::HOOK ) as $hook ) {
			wp_unschedule_hook( $hook );
		}
		if ( function_exists( 'as_unschedule_all_actions' ) ) {
			as_unschedule_all_actions( Outbox::HOOK );
		}
	}
}
