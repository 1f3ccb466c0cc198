<?php
/**
 * What the privacy policy of the shop should say.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Facts\Fields;
use Tresen\WooCommerce\Settings;

/**
 * A text for WordPress' own guide to privacy policies, from the one list of what leaves the shop.
 */
final class Privacy {
	/**
	 * Offers the text to the guide.
	 */
	public static function register(): void {
		if ( function_exists( 'wp_add_privacy_policy_content' ) ) {
			wp_add_privacy_policy_content( 'Tresen', self::text() );
		}
	}

	/**
	 * The text, as HTML.
	 */
	public static function text(): string {
		$host = (string) wp_parse_url( (string) Settings::get( 'address' ), PHP_URL_HOST );
		$html = '<p>' . esc_html(
			sprintf(
				/* translators: %s: name of a server. */
				__( 'To decide which payment methods can be offered, and to follow up what is owed, this shop passes the following data on to its own Tresen service (%s), and to nobody else:', 'tresen' ),
				'' === $host ? __( 'not connected yet', 'tresen' ) : $host
			)
		) . '</p><ul>';
		foreach ( Fields::told() as $row ) {
			$html .= '<li>' . esc_html( $row['what'] . ' – ' . $row['when'] . '; ' . $row['why'] . '.' ) . '</li>';
		}
		return $html . '</ul><p>' . esc_html__( 'The decision is made automatically by rules of the shop. Whoever is not offered a method can have a person look at it.', 'tresen' ) . '</p>';
	}
}
