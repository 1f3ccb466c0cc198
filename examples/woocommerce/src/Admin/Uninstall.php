<?php
/**
 * Takes away everything that the plugin has left.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Orders\Sync;

/**
 * By the database: WooCommerce may be gone already. All of our names begin with `tresen`.
 */
final class Uninstall {
	/**
	 * Runs once, when the plugin is deleted.
	 */
	public static function run(): void {
		global $wpdb;
		foreach ( array( Sync::RECONCILE, Outbox::PURGE, Outbox::HOOK ) as $hook ) {
			wp_unschedule_hook( $hook );
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- once, when the plugin goes; names of tables cannot be prepared.
		foreach ( array( 'tresen%', 'woocommerce_tresen\_%', '\_transient\_tresen\_%', '\_transient\_timeout\_tresen\_%' ) as $names ) {
			foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT option_name FROM {$wpdb->options} WHERE option_name LIKE %s", $names ) ) as $name ) {
				delete_option( $name );
			}
		}
		foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT ID FROM {$wpdb->posts} WHERE post_type = %s", Outbox::TYPE ) ) as $id ) {
			wp_delete_post( (int) $id, true );
		}
		foreach ( OrderRecord::ALL as $key ) {
			delete_post_meta_by_key( $key );
			self::delete_where( $wpdb->prefix . 'wc_orders_meta', 'meta_key', $key );
		}
		delete_metadata( 'user', 0, '_tresen_paylink', '', true );
		self::delete_where( $wpdb->prefix . 'woocommerce_order_itemmeta', 'meta_key', '_tresen_fee' );
		self::forget_actions();
		self::forget_visits();
		self::forget_order_of_gateways();
		// phpcs:enable
		wp_cache_flush();
	}

	/**
	 * What Action Scheduler keeps of calls that it has done or was to do, with its log of them.
	 */
	private static function forget_actions(): void {
		global $wpdb;
		$actions = $wpdb->prefix . 'actionscheduler_actions';
		if ( ! self::is_there( $actions ) ) {
			return;
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- once, when the plugin goes; names of tables cannot be prepared.
		foreach ( $wpdb->get_col( $wpdb->prepare( "SELECT action_id FROM {$actions} WHERE hook = %s", Outbox::HOOK ) ) as $id ) {
			self::delete_where( $wpdb->prefix . 'actionscheduler_logs', 'action_id', $id );
			$wpdb->delete( $actions, array( 'action_id' => $id ) );
		}
		// phpcs:enable
		self::delete_where( $wpdb->prefix . 'actionscheduler_groups', 'slug', 'tresen' );
	}

	/**
	 * What is kept in visits that still go on: WooCommerce has a row for each, with a list of things by their names. All are read: where
	 * one holds a zero byte, not every database finds a word in it.
	 */
	private static function forget_visits(): void {
		global $wpdb;
		$sessions = $wpdb->prefix . 'woocommerce_sessions';
		if ( ! self::is_there( $sessions ) ) {
			return;
		}
		// phpcs:disable WordPress.DB.DirectDatabaseQuery, WordPress.DB.PreparedSQL -- as above.
		$last = 0;
		do {
			$rows = $wpdb->get_results( $wpdb->prepare( "SELECT session_id, session_value FROM {$sessions} WHERE session_id > %d ORDER BY session_id LIMIT 200", $last ) );
			foreach ( $rows as $row ) {
				$last = (int) $row->session_id;
				$kept = false === strpos( $row->session_value, 'tresen' ) ? null : maybe_unserialize( $row->session_value );
				if ( is_array( $kept ) ) {
					$wpdb->update( $sessions, array( 'session_value' => maybe_serialize( self::without_ours( $kept ) ) ), array( 'session_id' => $last ) );
				}
			}
		} while ( array() !== $rows );
		// phpcs:enable
	}

	/**
	 * A visit without what is ours in it.
	 *
	 * @param array $kept Things by their names.
	 */
	private static function without_ours( array $kept ): array {
		foreach ( $kept as $name => $value ) {
			if ( 0 === strpos( (string) $name, 'tresen' ) || ( 'chosen_payment_method' === $name && 0 === strpos( (string) $value, 'tresen_' ) ) ) {
				unset( $kept[ $name ] );
			}
		}
		return $kept;
	}

	/**
	 * WooCommerce remembers in which order gateways stand.
	 */
	private static function forget_order_of_gateways(): void {
		$order = get_option( 'woocommerce_gateway_order' );
		if ( is_array( $order ) ) {
			update_option( 'woocommerce_gateway_order', self::without_ours( $order ) );
		}
	}

	/**
	 * Whether there is a table.
	 */
	private static function is_there( string $table ): bool {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- once, when the plugin goes.
		return $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) === $table;
	}

	/**
	 * Deletes rows of a table, if there is such a table.
	 */
	private static function delete_where( string $table, string $column, string $value ): void {
		global $wpdb;
		if ( self::is_there( $table ) ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- the same.
			$wpdb->delete( $table, array( $column => $value ) );
		}
	}
}
