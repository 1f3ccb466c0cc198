<?php
/**
 * Asks the service about a cart or an order, as seldom as can be.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Facts\CartPurchase;
use Tresen\WooCommerce\Facts\Fields;
use Tresen\WooCommerce\Facts\History;
use Tresen\WooCommerce\Facts\OrderPurchase;
use Tresen\WooCommerce\Facts\Purchase;
use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Service\ApiError;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Settings;

/**
 * A session for who buys and what is known of them, a preview for what is bought. Both are kept in the session of WooCommerce: a
 * page that shows the same cart asks nothing.
 */
final class Decider {
	private const SESSION  = 'tresen_session';
	private const DECISION = 'tresen_decision';
	private const HISTORY  = 'tresen_history';
	private const BIRTH    = 'tresen_birth';
	private const FRESH_S  = 300;

	/**
	 * Sessions of the service that are about to end are not used any more.
	 */
	private const LEFT_S = 300;

	/**
	 * The service; null where none is connected.
	 *
	 * @var Client|null
	 */
	private $client;

	/**
	 * What was answered in this request, by the hash of what was asked; null where nothing was.
	 *
	 * @var array<string, Decision|null>
	 */
	private $answered = array();

	/**
	 * A decider.
	 */
	public function __construct( ?Client $client ) {
		$this->client = $client;
	}

	/**
	 * The decision on the cart of this visit; null where there is no cart, or no answer.
	 */
	public function for_cart(): ?Decision {
		$purchase = CartPurchase::current();
		return null === $purchase ? null : $this->decide( $purchase );
	}

	/**
	 * The decision on an order that is to be paid for; null where there is no answer.
	 *
	 * @param \WC_Order $order The order.
	 */
	public function for_order( $order ): ?Decision {
		return $this->decide( new OrderPurchase( $order ) );
	}

	/**
	 * The decision on a cart or an order; null where there is no answer: then what bears no credit risk remains.
	 *
	 * @param string $birth_date What the shopper typed, if anything.
	 */
	public function decide( Purchase $purchase, string $birth_date = '' ): ?Decision {
		if ( null === $this->client ) {
			return null;
		}
		$facts = $purchase->client_facts( self::birth_date( $birth_date ) );
		$who   = $this->who( $purchase );
		$hash  = self::hash( array( $facts, $who ) );
		if ( array_key_exists( $hash, $this->answered ) ) {
			return $this->answered[ $hash ];
		}
		$kept = self::kept( self::DECISION );
		if ( ( $kept['hash'] ?? '' ) === $hash && ( $kept['until'] ?? 0 ) > time() ) {
			$this->answered[ $hash ] = new Decision( $kept['session'], $facts, $kept['answer'] );
			return $this->answered[ $hash ];
		}
		try {
			$session = $this->session( $who, $facts );
			$answer  = $this->preview( $session, $who, $facts );
			$answer  = array(
				'decision'     => $answer['decision'],
				'granted'      => $answer['granted'] ?? array(),
				'has_creditor' => $this->has_creditor( $session, $answer['decision']['methods'] ),
			);
			self::remember_kinds( $answer );
			self::keep(
				self::DECISION,
				array(
					'hash'    => $hash,
					'until'   => time() + self::FRESH_S,
					'session' => $session,
					'answer'  => array( 'decision' => array( 'methods' => $answer['decision']['methods'] ) ) + $answer,
				)
			);
			$this->answered[ $hash ] = new Decision( $session, $facts, $answer );
			Log::is_well( 'decide' );
		} catch ( TresenError $error ) {
			Log::error( 'decide', $error );
			$this->answered[ $hash ] = null;
		}
		return $this->answered[ $hash ];
	}

	/**
	 * The last decision of this visit, without asking.
	 */
	public function last(): ?Decision {
		$kept = self::kept( self::DECISION );
		return isset( $kept['answer'] ) ? new Decision( $kept['session'], array(), $kept['answer'] ) : null;
	}

	/**
	 * The session of this visit, opened where there is none that fits.
	 *
	 * @param array $who   Of `who()`.
	 * @param array $facts What may be told to the browser.
	 * @throws TresenError Where it cannot be opened.
	 */
	public function session( array $who, array $facts ): string {
		$kept = self::kept( self::SESSION );
		if ( ( $kept['who'] ?? '' ) === self::hash( $who ) && ( $kept['until'] ?? 0 ) > time() + self::LEFT_S ) {
			return (string) $kept['id'];
		}
		$opened = $this->client->open_session(
			array(
				'customer'     => $who['customer'],
				'facts'        => (object) array_merge( $who['facts'], $facts ),
				'locale'       => $who['locale'],
				'address_form' => $who['address_form'],
				'return_url'   => $who['return_url'],
			)
		);
		self::keep(
			self::SESSION,
			array(
				'who'   => self::hash( $who ),
				'id'    => $opened['session'],
				'until' => (int) strtotime( $opened['expires_at'] ),
			)
		);
		return $opened['session'];
	}

	/**
	 * Who buys, and what is known of them: while it stays the same, so does the session.
	 */
	public function who( Purchase $purchase ): array {
		$customer = $purchase->customer_id();
		$email    = $purchase->email();
		$person   = $customer > 0 ? array(
			'reference' => (string) $customer,
			'signed_in' => true,
		) : array(
			'guest_reference' => $purchase->guest(),
			'signed_in'       => false,
		);
		return array(
			'customer'     => $person + array( 'email' => is_email( $email ) ? $email : null ),
			'facts'        => $this->server_facts( $customer, $purchase ),
			'locale'       => Settings::locale(),
			'address_form' => Settings::address_form(),
			'return_url'   => self::return_url(),
		);
	}

	/**
	 * Everything of this visit is forgotten: the next question opens a session.
	 */
	public function forget(): void {
		$this->answered = array();
		self::keep( self::SESSION, null );
		self::keep( self::DECISION, null );
		self::keep( self::HISTORY, null );
	}

	/**
	 * What no browser is told: the past, and what else the shop knows by itself.
	 */
	private function server_facts( int $customer, Purchase $purchase ): array {
		$facts = $this->history( $customer, $purchase ) + self::of_the_shop();

		/**
		 * What the shop says that no browser is told, such as facts of the policy's own (`custom.…`) of which it says `server`. Only
		 * facts that stand in `Fields` are sent.
		 *
		 * @since 0.1.0
		 * @param array    $facts    What the plugin says.
		 * @param Purchase $purchase A cart or an order.
		 */
		return Fields::only_listed( (array) apply_filters( 'tresen_server_facts', $facts, $purchase ) );
	}

	/**
	 * Methods that another plugin takes the money for: a policy names their provider `shop`.
	 */
	private static function of_the_shop(): array {
		return array() === Gateways::mapping() ? array() : array( 'shop.providers' => array( 'shop' ) );
	}

	/**
	 * The date of birth that was typed in this visit: it counts for every method, and is kept no longer than until there is an order.
	 */
	private static function birth_date( string $said ): string {
		$kept = self::kept( self::BIRTH );
		if ( '' !== $said && ( $kept['on'] ?? '' ) !== $said ) {
			self::keep( self::BIRTH, array( 'on' => $said ) );
		}
		return '' === $said ? (string) ( $kept['on'] ?? '' ) : $said;
	}

	/**
	 * There is an order: what was typed for it is forgotten.
	 */
	public function done(): void {
		$this->forget();
		self::keep( self::BIRTH, null );
		ComeBack::forget();
	}

	/**
	 * A customer's past, counted once in a while.
	 */
	private function history( int $customer, Purchase $purchase ): array {
		$about = array( $customer, $purchase->currency(), $purchase->order_id() );
		$kept  = self::kept( self::HISTORY );
		if ( ( $kept['about'] ?? null ) === $about && ( $kept['until'] ?? 0 ) > time() ) {
			return $kept['facts'];
		}
		$facts = History::of( $customer, $purchase->currency(), $purchase->order_id(), time() );
		self::keep(
			self::HISTORY,
			array(
				'about' => $about,
				'until' => time() + self::FRESH_S,
				'facts' => $facts,
			)
		);
		return $facts;
	}

	/**
	 * The preview; a session that the service no longer knows is opened again, once.
	 *
	 * @param string $session The session's id, also a new one.
	 */
	private function preview( string &$session, array $who, array $facts ): array {
		try {
			return $this->client->preview( $session, $facts );
		} catch ( ApiError $error ) {
			if ( ! in_array( $error->code(), array( 'session.unknown', 'session.expired' ), true ) ) {
				throw $error;
			}
			self::keep( self::SESSION, null );
			$session = $this->session( $who, $facts );
			return $this->client->preview( $session, $facts );
		}
	}

	/**
	 * Whether mandates can name the creditor: a session keeps its policy, so each is asked once.
	 */
	private function has_creditor( string $session, array $methods ): bool {
		if ( ! Creditor::is_needed_for( $methods ) ) {
			return true;
		}
		$kept    = self::kept( self::SESSION );
		$is_kept = ( $kept['id'] ?? '' ) === $session;
		if ( $is_kept && isset( $kept['has_creditor'] ) ) {
			return $kept['has_creditor'];
		}
		$is_named = Creditor::is_named( $this->client, $session );
		if ( $is_kept && null !== $is_named ) {
			self::keep( self::SESSION, array( 'has_creditor' => $is_named ) + $kept );
		}
		return true === $is_named;
	}

	/**
	 * Which kind each method of the policy is, for what remains without an answer; and whether any has a fee at all.
	 */
	private static function remember_kinds( array $answer ): void {
		$methods = $answer['decision']['methods'];
		$kinds   = array_column( $methods, 'kind', 'id' );
		$fees    = array_filter( array_column( array_column( $methods, 'fee' ), 'minor' ) );
		ksort( $kinds );
		if ( Settings::get( 'kinds' ) !== $kinds ) {
			Settings::set( array( 'kinds' => $kinds ) );
		}
		if ( array() !== $fees && ! Settings::get( 'has_fees' ) ) {
			Settings::set( array( 'has_fees' => true ) );
		}
	}

	/**
	 * Where a payment provider sends the shopper back to; the service takes plain addresses only.
	 */
	private static function return_url(): ?string {
		$url    = wc_get_checkout_url();
		$secret = ComeBack::secret();
		$url    = '' === $secret ? $url : add_query_arg( ComeBack::SECRET, $secret, $url );
		return preg_match( '/^https?:\/\/[-!$%&()*+.\/0-9:=?@A-Z\[\]^_a-z{|}~]{1,1900}$/', $url ) ? $url : null;
	}

	/**
	 * What is kept in the session of WooCommerce.
	 */
	private static function kept( string $name ): array {
		$shop = WC();
		$kept = $shop && $shop->session ? $shop->session->get( $name ) : null;
		return is_array( $kept ) ? $kept : array();
	}

	/**
	 * Keeps something there.
	 *
	 * @param array|null $value Null forgets it.
	 */
	private static function keep( string $name, ?array $value ): void {
		$shop = WC();
		if ( $shop && $shop->session ) {
			$shop->session->set( $name, $value );
		}
	}

	/**
	 * A hash of plain data.
	 */
	private static function hash( array $data ): string {
		return hash( 'sha256', (string) wp_json_encode( array( Settings::get( 'address' ), $data ) ) );
	}
}
