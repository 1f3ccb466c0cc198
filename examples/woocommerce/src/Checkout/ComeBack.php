<?php
/**
 * The shopper comes back from a payment provider's page.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\BlocksAccount;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\TresenError;

/**
 * Providers send everybody to one address, the checkout, with the payment's id. What became of the payment is asked of the service:
 * what the address says counts for nothing.
 *
 * The id alone opens nothing: it stands in logs. The address that a provider is given holds a secret of this visit too, whose hash is
 * kept with the order, for whoever comes back in another browser, as from a bank's app, has no session here.
 */
final class ComeBack {
	const SECRET = 'tresen_back';

	/**
	 * At the checkout's address, before anything is shown.
	 */
	public static function handle(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- an address that a provider leads to.
		$id     = isset( $_GET['payment'] ) ? sanitize_text_field( wp_unslash( $_GET['payment'] ) ) : '';
		$secret = isset( $_GET[ self::SECRET ] ) ? sanitize_text_field( wp_unslash( $_GET[ self::SECRET ] ) ) : '';
		$client = Plugin::instance()->client();
		// phpcs:enable
		if ( '' === $id || null === $client || ! is_checkout() || is_order_received_page() ) {
			return;
		}
		$order = self::order( $id, $secret );
		if ( null === $order ) {
			return;
		}
		try {
			( new Sync( $client ) )->order( $order );
		} catch ( TresenError $error ) {
			// What became of it is found out later; the order stands as it was placed.
			Log::error( 'payment of order ' . $order->get_id(), $error );
		}
		$order = wc_get_order( $order->get_id() );
		if ( $order->has_status( array( 'failed', 'cancelled' ) ) ) {
			Declines::failed( (string) $order->get_payment_method() );
			wc_add_notice( __( 'The payment did not go through. Please choose another way to pay.', 'tresen' ), 'error' );
			wp_safe_redirect( wc_get_checkout_url() );
			exit;
		}
		if ( $order->has_status( 'pending' ) ) {
			$order->update_status( 'on-hold', __( 'Tresen: the payment is on its way.', 'tresen' ) );
		}
		$shop = WC();
		if ( $shop && $shop->cart ) {
			$shop->cart->empty_cart();
		}
		wp_safe_redirect( $order->get_checkout_order_received_url() );
		exit;
	}

	/**
	 * On a page with the account, from where somebody went to pay: what was paid is read before the page says how the order stands.
	 */
	public static function to_account(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- an address that a provider leads to; it only says that it is time to look.
		$client = isset( $_GET['payment'] ) ? Plugin::instance()->client() : null;
		if ( null === $client ) {
			return;
		}
		foreach ( self::shown() as $order ) {
			if ( 'yes' !== $order->get_meta( OrderRecord::META_OPEN ) || '' === OrderRecord::of( $order )->receivable() ) {
				continue;
			}
			try {
				( new Sync( $client ) )->order( $order );
			} catch ( TresenError $error ) {
				// A message tells of it, or the next hour.
				Log::error( 'payment of order ' . $order->get_id(), $error );
				return;
			}
		}
	}

	/**
	 * The orders that the page is about, of which whoever looks may know.
	 *
	 * @return \WC_Order[]
	 */
	private static function shown(): array {
		if ( '' !== (string) get_query_var( 'order-received' ) || '' !== (string) get_query_var( 'view-order' ) ) {
			$order = wc_get_order( absint( get_query_var( 'order-received' ) ) + absint( get_query_var( 'view-order' ) ) );
			// phpcs:ignore WordPress.Security.NonceVerification.Recommended, WordPress.Security.ValidatedSanitizedInput -- compared, as WooCommerce does.
			$key      = isset( $_GET['key'] ) ? (string) wp_unslash( $_GET['key'] ) : '';
			$is_their = $order && ( hash_equals( $order->get_order_key(), $key ) || ( is_user_logged_in() && get_current_user_id() === $order->get_customer_id() ) );
			return $is_their ? array( $order ) : array();
		}
		return is_user_logged_in() && null !== get_query_var( BlocksAccount::ENDPOINT, null ) ? BlocksAccount::orders() : array();
	}

	/**
	 * The order of a payment, if whoever comes back has placed it: in this visit, as this customer, or with its secret.
	 *
	 * @return \WC_Order|null
	 */
	public static function order( string $payment, string $secret ) {
		$order = OrderRecord::find( OrderRecord::META_PAYMENT, $payment );
		if ( null === $order ) {
			return null;
		}
		$shop     = WC();
		$of       = $shop && $shop->session ? array( absint( $shop->session->get( 'order_awaiting_payment' ) ), absint( $shop->session->get( 'store_api_draft_order' ) ) ) : array();
		$is_their = in_array( $order->get_id(), $of, true )
			|| ( is_user_logged_in() && get_current_user_id() === $order->get_customer_id() )
			|| OrderRecord::of( $order )->comes_back( $payment, $secret );
		return $is_their ? $order : null;
	}

	/**
	 * The secret of this visit, made once; empty where there is no visit.
	 */
	public static function secret(): string {
		$shop = WC();
		if ( ! $shop || ! $shop->session ) {
			return '';
		}
		$secret = (string) $shop->session->get( self::SECRET );
		if ( '' === $secret ) {
			$secret = bin2hex( random_bytes( 16 ) );
			$shop->session->set( self::SECRET, $secret );
		}
		return $secret;
	}

	/**
	 * There is an order: the next one of this visit has a secret of its own.
	 */
	public static function forget(): void {
		$shop = WC();
		if ( $shop && $shop->session ) {
			$shop->session->set( self::SECRET, null );
		}
	}
}
