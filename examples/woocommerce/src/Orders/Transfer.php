<?php
/**
 * Where an order is paid to by transfer.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Settings;

/**
 * Prepayment has no claim that the widget could show, and mails show no widget: there the shop itself says to which account, how much,
 * until when and with which words.
 */
final class Transfer {
	/**
	 * Hooks it up.
	 */
	public static function register(): void {
		add_action( 'woocommerce_thankyou', array( self::class, 'on_page' ), 6 );
		add_action( 'woocommerce_view_order', array( self::class, 'on_page' ), 6 );
		add_action( 'woocommerce_email_before_order_table', array( self::class, 'in_mail' ), 10, 3 );
	}

	/**
	 * On the pages of an order that is paid in advance; what is owed by a claim stands in the account view.
	 *
	 * @param int $order_id The order.
	 */
	public static function on_page( $order_id ): void {
		$order = wc_get_order( $order_id );
		if ( $order instanceof \WC_Order && 'tresen_prepayment' === $order->get_payment_method() ) {
			self::write( self::lines( $order ) );
		}
	}

	/**
	 * In a mail to the customer.
	 *
	 * @param \WC_Order $order    The order.
	 * @param bool      $to_admin Whether it is a mail to the shop.
	 * @param bool      $is_plain Whether it is without markup.
	 */
	public static function in_mail( $order, $to_admin, $is_plain = false ): void {
		$lines = $to_admin || ! $order instanceof \WC_Order ? array() : self::lines( $order );
		if ( $is_plain && array() !== $lines ) {
			echo esc_html( self::title() ) . "\n\n";
			foreach ( $lines as $title => $value ) {
				echo esc_html( $title . ': ' . $value ) . "\n";
			}
			echo "\n";
			return;
		}
		self::write( $lines );
	}

	/**
	 * What is to be written on the transfer; empty where nothing is transferred any more, or nobody has said where to.
	 *
	 * @param \WC_Order $order The order.
	 * @return array<string, string> Values by their titles.
	 */
	public static function lines( $order ): array {
		$account = (array) Settings::get( 'account' );
		$record  = OrderRecord::of( $order );
		$method  = $order->get_payment_method();
		$reason  = '';
		$until   = '';
		if ( 'tresen_prepayment' === $method && $order->has_status( 'on-hold' ) ) {
			$reason = (string) $order->get_order_number();
		} elseif ( in_array( $method, array( 'tresen_invoice', 'tresen_pay_later' ), true ) && $record->is_unpaid_claim() ) {
			$reason = (string) ( $record->all()['reference'] ?? '' );
			$until  = $record->due_date();
		}
		$left = (float) $order->get_total() - (float) $order->get_total_refunded();
		$open = $record->standing()['minor'] ?? null;
		// What was paid in part the account view tells to the cent.
		if ( '' === $reason || empty( $account['iban'] ) || $left <= 0 || ( null !== $open && Money::of( $left, $order->get_currency() )['minor'] !== $open ) ) {
			return array();
		}
		$lines = array(
			__( 'Amount', 'tresen' )         => html_entity_decode( wp_strip_all_tags( wc_price( $left, array( 'currency' => $order->get_currency() ) ) ), ENT_QUOTES, 'UTF-8' ),
			__( 'Account holder', 'tresen' ) => (string) ( $account['holder'] ?? '' ),
			__( 'IBAN', 'tresen' )           => trim( chunk_split( (string) $account['iban'], 4, ' ' ) ),
			__( 'Reference', 'tresen' )      => $reason,
		);
		if ( '' !== $until ) {
			$lines[ __( 'Please pay by', 'tresen' ) ] = Words::day( $until );
		}
		return $lines;
	}

	/**
	 * What stands above it.
	 */
	private static function title(): string {
		return __( 'Where to transfer', 'tresen' );
	}

	/**
	 * Writes it with markup.
	 *
	 * @param array<string, string> $lines Of `lines()`.
	 */
	private static function write( array $lines ): void {
		if ( array() === $lines ) {
			return;
		}
		echo '<section class="tresen-transfer"><h2>' . esc_html( self::title() ) . '</h2><ul>';
		foreach ( $lines as $title => $value ) {
			echo '<li>' . esc_html( $title ) . ': <strong>' . esc_html( $value ) . '</strong></li>';
		}
		echo '</ul></section>';
	}
}
