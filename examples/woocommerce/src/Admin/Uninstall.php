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
		self::delete_where( $wpdb->prefix . 'actionscheduler_actions', 'hook', Outbox::HOOK );
		foreach ( array( Sync::RECONCILE, Outbox::PURGE ) as $hook ) {
			self::delete_where( $wpdb->prefix . 'actionscheduler_actions', 'hook', $hook );
		}
		self::delete_where( $wpdb->prefix . 'actionscheduler_groups', 'slug', 'tresen' );
		// phpcs:enable
		wp_cache_flush();
	}

	/**
	 * Deletes rows of a table, if there is such a table.
	 */
	private static function delete_where( string $table, string $column, string $value ): void {
		global $wpdb;
		// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- once, when the plugin goes.
		if ( $wpdb->get_var( $wpdb->prepare( 'SHOW TABLES LIKE %s', $wpdb->esc_like( $table ) ) ) === $table ) {
			// phpcs:ignore WordPress.DB.DirectDatabaseQuery -- the same.
			$wpdb->delete( $table, array( $column => $value ) );
		}
	}
}
