<?php
/**
 * What was said to the service, and what it answered.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Orders\Words;

/**
 * The newest calls, with a button for those that were not heard.
 */
final class LogView {
	private const COUNT = 50;

	/**
	 * Shows them.
	 */
	public static function show(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- only chooses what is shown.
		$page  = isset( $_GET['paged'] ) ? max( 1, absint( wp_unslash( $_GET['paged'] ) ) ) : 1;
		$calls = Outbox::newest( self::COUNT, $page );
		// Whoever is here has seen it.
		Log::is_well();
		echo '<p>' . esc_html__( 'What the ledger was told, the newest first. What was not heard is tried again by itself for three days.', 'tresen' ) . '</p>';
		if ( array() === $calls ) {
			echo '<p>' . esc_html__( 'Nothing yet.', 'tresen' ) . '</p>';
			return;
		}
		echo '<div style="overflow-x: auto"><table class="widefat striped"><thead><tr>';
		foreach ( array( __( 'When', 'tresen' ), __( 'Order', 'tresen' ), __( 'What', 'tresen' ), __( 'State', 'tresen' ), __( 'Result', 'tresen' ), '' ) as $title ) {
			echo '<th scope="col">' . esc_html( $title ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( $calls as $call ) {
			self::row( $call );
		}
		echo '</tbody></table></div><p>';
		if ( self::COUNT === count( $calls ) ) {
			printf( '<a class="button" href="%1$s">%2$s</a>', esc_url( add_query_arg( 'paged', $page + 1, Page::address( 'log' ) ) ), esc_html__( 'Older', 'tresen' ) );
		}
		printf( ' <a href="%1$s">%2$s</a></p>', esc_url( admin_url( 'admin.php?page=wc-status&tab=logs&source=tresen' ) ), esc_html__( 'Errors in detail: WooCommerce’s log, source “tresen”', 'tresen' ) );
	}

	/**
	 * One call.
	 */
	private static function row( array $call ): void {
		$order = $call['order'] > 0 ? wc_get_order( $call['order'] ) : null;
		printf(
			'<tr><td>%1$s</td><td>%2$s</td><td>%3$s</td><td>%4$s</td><td>%5$s</td><td>',
			esc_html( (string) wp_date( 'Y-m-d H:i:s', $call['at'] ) ),
			$order ? '<a href="' . esc_url( $order->get_edit_order_url() ) . '">' . esc_html( $order->get_order_number() ) . '</a>' : '–',
			esc_html( Words::call( $call['kind'] ) ),
			esc_html( self::state( $call ) ),
			esc_html( $call['result'] )
		);
		if ( Outbox::DONE !== $call['state'] ) {
			Page::begin( 'retry', 'log' );
			printf( '<input type="hidden" name="call" value="%d">', absint( $call['id'] ) );
			submit_button( __( 'Try now', 'tresen' ), 'small', 'submit', false );
			echo '</form>';
		}
		if ( Outbox::FAILED === $call['state'] ) {
			Page::begin( 'settle', 'log' );
			printf( '<input type="hidden" name="call" value="%d">', absint( $call['id'] ) );
			submit_button( __( 'Dealt with', 'tresen' ), 'small', 'submit', false );
			echo '</form>';
		}
		echo '</td></tr>';
	}

	/**
	 * How a call stands.
	 */
	private static function state( array $call ): string {
		if ( Outbox::DONE === $call['state'] ) {
			return __( 'done', 'tresen' );
		}
		/* translators: %d: number of attempts. */
		return Outbox::FAILED === $call['state'] ? __( 'not possible', 'tresen' ) : sprintf( _n( 'waiting (tried %d time)', 'waiting (tried %d times)', $call['attempts'], 'tresen' ), $call['attempts'] );
	}
}
