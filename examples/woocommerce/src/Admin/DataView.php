<?php
/**
 * What leaves the shop, when, to whom, and why.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Facts\Fields;
use Tresen\WooCommerce\Settings;

/**
 * The list of `Fields`, as a table.
 */
final class DataView {
	/**
	 * Shows it.
	 */
	public static function show(): void {
		$address = (string) Settings::get( 'address' );
		/* translators: %s: an address. */
		echo '<p>' . esc_html( sprintf( __( 'This is everything, and it goes to %s alone. The text for your privacy policy stands under Settings, Privacy.', 'tresen' ), '' === $address ? __( 'nobody yet', 'tresen' ) : $address ) ) . '</p>';
		echo '<table class="widefat striped"><thead><tr>';
		foreach ( array( __( 'What', 'tresen' ), __( 'When', 'tresen' ), __( 'What for', 'tresen' ) ) as $title ) {
			echo '<th scope="col">' . esc_html( $title ) . '</th>';
		}
		echo '</tr></thead><tbody>';
		foreach ( Fields::told() as $row ) {
			printf( '<tr><td>%1$s</td><td>%2$s</td><td>%3$s</td></tr>', esc_html( $row['what'] ), esc_html( $row['when'] ), esc_html( $row['why'] ) );
		}
		echo '</tbody></table>';
	}
}
