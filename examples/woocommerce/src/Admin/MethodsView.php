<?php
/**
 * What is offered, and what of other plugins stands under the policy.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Gateways\Names;
use Tresen\WooCommerce\Settings;

/**
 * Two lists: ours, and those of others.
 */
final class MethodsView {
	/**
	 * Shows both.
	 */
	public static function show(): void {
		Page::begin( 'methods', 'methods' );
		echo '<h2>' . esc_html__( 'Methods of your own', 'tresen' ) . '</h2>';
		echo '<p>' . esc_html__( 'What is ticked is offered where the policy allows it. Names and texts are set with WooCommerce’s other payment methods.', 'tresen' ) . '</p><ul>';
		foreach ( Gateways::own() as $id => $gateway ) {
			printf(
				'<li><label><input type="checkbox" name="own[%1$s]" value="1"%2$s> %3$s</label> – %4$s</li>',
				esc_attr( $id ),
				checked( 'yes', $gateway->enabled, false ),
				esc_html( Gateways::title( $id ) ),
				esc_html( $gateway->method_description )
			);
		}
		echo '</ul><h2>' . esc_html__( 'Methods of other plugins', 'tresen' ) . '</h2>';
		echo '<p>' . esc_html__( 'A method that is put under one of your policy is offered only where the policy allows that one. It is still paid and settled by its own plugin.', 'tresen' ) . '</p><table class="widefat striped"><tbody>';
		$methods = Names::of_policy();
		foreach ( self::others() as $gateway => $title ) {
			$mapped = Gateways::mapped_method( $gateway );
			printf( '<tr><td><label for="tresen-map-%1$s">%2$s</label></td><td><select id="tresen-map-%1$s" name="mapping[%1$s]"><option value="">%3$s</option>', esc_attr( $gateway ), esc_html( $title ), esc_html__( 'not under the policy', 'tresen' ) );
			// What the policy does not have any more stays chosen until somebody chooses otherwise.
			foreach ( $methods + array_filter( array( $mapped => Names::of_method( $mapped ) ) ) as $method => $name ) {
				printf( '<option value="%1$s"%2$s>%3$s</option>', esc_attr( $method ), selected( $mapped, $method, false ), esc_html( $name ) );
			}
			echo '</select></td></tr>';
		}
		echo '</tbody></table>';
		self::options();
		submit_button( __( 'Save', 'tresen' ) );
		echo '</form>';
	}

	/**
	 * The gateways of other plugins, as WooCommerce's own list calls them.
	 *
	 * @return array<string, string> Titles by ids.
	 */
	private static function others(): array {
		$titles = array();
		foreach ( WC()->payment_gateways()->payment_gateways() as $gateway ) {
			if ( '' === Gateways::kind( $gateway->id ) ) {
				$titles[ (string) $gateway->id ] = wp_strip_all_tags( (string) $gateway->get_method_title() );
			}
		}
		return Names::apart( $titles );
	}

	/**
	 * What the shop knows that no field says.
	 */
	private static function options(): void {
		echo '<h2>' . esc_html__( 'What counts for the rules', 'tresen' ) . '</h2><table class="form-table" role="presentation"><tr><th scope="row"><label for="tresen-company-by">' . esc_html__( 'A company buys', 'tresen' ) . '</label></th><td><select id="tresen-company-by" name="options[company_by]">';
		foreach ( array(
			'company' => __( 'if a company or a VAT number is given', 'tresen' ),
			'vat'     => __( 'only if a VAT number is given', 'tresen' ),
			'never'   => __( 'never: this shop sells to consumers', 'tresen' ),
		) as $name => $title ) {
			printf( '<option value="%1$s"%2$s>%3$s</option>', esc_attr( $name ), selected( Settings::get( 'company_by' ), $name, false ), esc_html( $title ) );
		}
		echo '</select></td></tr><tr><th scope="row"><label for="tresen-delivery-days">' . esc_html__( 'Days until delivery', 'tresen' ) . '</label></th><td>';
		printf( '<input type="number" min="0" max="120" class="small-text" id="tresen-delivery-days" name="options[delivery_days]" value="%1$s"> %2$s</td></tr></table>', esc_attr( (string) Settings::get( 'delivery_days' ) ), esc_html__( 'Terms that begin with the delivery are counted from then. Leave it empty if you cannot say.', 'tresen' ) );
	}
}
