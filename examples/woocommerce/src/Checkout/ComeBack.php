<?php
/**
 * The shopper comes back from a payment provider's page.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Checkout;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Sync;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\TresenError;

/**
 * Providers send everybody to one address, the checkout, with the payment's id. What became of the payment is asked of the service:
 * what the address says counts for nothing.
 */
final class ComeBack {
	/**
	 * Who comes back in another browser, as from a bank's app, has no session here; for so long the payment's id is enough.
	 */
	private const FRESH_S = HOUR_IN_SECONDS;

	/**
	 * At the checkout's address, before anything is shown.
	 */
	public static function handle(): void {
		// phpcs:disable WordPress.Security.NonceVerification.Recommended -- an address that a provider leads to.
		$id     = isset( $_GET['payment'] ) ? sanitize_text_field( wp_unslash( $_GET['payment'] ) ) : '';
		$client = Plugin::instance()->client();
		// phpcs:enable
		if ( '' === $id || null === $client || ! is_checkout() || is_order_received_page() ) {
			return;
		}
		$order = OrderRecord::find( OrderRecord::META_PAYMENT, $id );
		if ( null === $order || ! self::is_theirs( $order ) ) {
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
	 * Whether whoever comes back has placed the order.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function is_theirs( $order ): bool {
		$shop = WC();
		$of   = $shop && $shop->session ? array( absint( $shop->session->get( 'order_awaiting_payment' ) ), absint( $shop->session->get( 'store_api_draft_order' ) ) ) : array();
		$made = $order->get_date_modified();
		return in_array( $order->get_id(), $of, true )
			|| ( is_user_logged_in() && get_current_user_id() === $order->get_customer_id() )
			|| ( null !== $made && $made->getTimestamp() > time() - self::FRESH_S );
	}
}
