<?php
/**
 * Numbers of plugins that number orders or invoices.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

/**
 * The number that a customer finds on the paper: of Germanized (StoreaBill), German Market, or PDF Invoices, if there is one by the
 * time the order is placed; else the order's own, which plugins for sequential numbers change by WooCommerce's own filter.
 */
final class InvoiceNumbers {
	/**
	 * Where they keep it.
	 */
	private const META = array( '_wp_wc_running_invoice_number', '_wcpdf_invoice_number' );

	/**
	 * The number.
	 *
	 * @param \WC_Order $order The order.
	 */
	public static function of( $order ): string {
		if ( function_exists( 'sab_get_order' ) ) {
			$found   = sab_get_order( $order );
			$invoice = $found && method_exists( $found, 'get_latest_finalized_invoice' ) ? $found->get_latest_finalized_invoice() : null;
			if ( $invoice && method_exists( $invoice, 'get_number' ) && '' !== (string) $invoice->get_number() ) {
				return (string) $invoice->get_number();
			}
		}
		foreach ( self::META as $key ) {
			$number = $order->get_meta( $key );
			if ( is_scalar( $number ) && '' !== (string) $number ) {
				return (string) $number;
			}
		}
		return (string) $order->get_order_number();
	}
}
