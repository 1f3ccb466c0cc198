<?php
/**
 * The setup: four steps, from top to bottom.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Settings;
use Tresen\WooCommerce\Webhook\Endpoint;

/**
 * Connect, policy, messages back, methods.
 */
final class SetupView {
	/**
	 * Shows the steps.
	 */
	public static function show(): void {
		self::connect();
		if ( ! Settings::is_connected() ) {
			return;
		}
		self::policy();
		self::webhook();
		echo '<h2>4. ' . esc_html__( 'Methods', 'tresen' ) . '</h2><p>';
		printf( '<a class="button" href="%1$s">%2$s</a></p>', esc_url( Page::address( 'methods' ) ), esc_html__( 'Choose what is offered', 'tresen' ) );
	}

	/**
	 * Where the service is.
	 */
	private static function connect(): void {
		echo '<h2>1. ' . esc_html__( 'Connect', 'tresen' ) . '</h2>';
		echo '<p>' . esc_html__( 'Your Tresen service tells its address and keys when it is set up. Keys with “test” in them belong to a sandbox: begin with that.', 'tresen' ) . '</p>';
		Page::begin( 'connect', 'setup' );
		echo '<table class="form-table" role="presentation">';
		self::field( 'service', 'address', __( 'Address', 'tresen' ), (string) Settings::get( 'address' ), 'https://tresen.example.com' );
		self::field( 'service', 'publishable_key', __( 'Publishable key', 'tresen' ), Settings::publishable_key(), 'pk_…' );
		self::field( 'service', 'secret_key', __( 'Secret key', 'tresen' ), '', '' === Settings::get( 'secret_key' ) ? 'sk_…' : __( 'kept; fill in to change it', 'tresen' ), 'password' );
		self::field( 'service', 'tenant', __( 'Tenant (optional)', 'tresen' ), (string) Settings::get( 'tenant' ), '' );
		echo '</table>';
		submit_button( __( 'Connect and check', 'tresen' ) );
		echo '</form>';
		if ( Settings::is_connected() ) {
			echo '<p><strong>' . esc_html( Settings::get( 'sandbox' ) ? __( 'Test mode: the service is a sandbox.', 'tresen' ) : __( 'Live: orders count.', 'tresen' ) ) . '</strong></p>';
			Page::begin( 'check', 'setup' );
			submit_button( __( 'Check the connection again', 'tresen' ), 'secondary', 'submit', false );
			echo '</form>';
		}
	}

	/**
	 * By which rules it decides.
	 */
	private static function policy(): void {
		echo '<h2>2. ' . esc_html__( 'Policy', 'tresen' ) . '</h2>';
		echo '<p>' . esc_html__( 'A ready policy to begin with, in your name. You can change every rule later, as a file. If your service has a policy of yours already, skip this step.', 'tresen' ) . '</p>';
		Page::begin( 'upload', 'setup' );
		echo '<table class="form-table" role="presentation"><tr><th scope="row"><label for="tresen-policy-file">' . esc_html__( 'Ready policy', 'tresen' ) . '</label></th><td><select id="tresen-policy-file" name="policy[file]">';
		foreach ( PolicyTemplate::all() as $file => $about ) {
			printf( '<option value="%1$s"%3$s>%2$s</option>', esc_attr( $file ), esc_html( $about ), selected( Page::said( 'file', self::usual() ), $file, false ) );
		}
		echo '</select></td></tr>';
		$name = (string) get_bloginfo( 'name' );
		self::field( 'policy', 'name', __( 'Name of the shop', 'tresen' ), Page::said( 'name', $name ) );
		self::field( 'policy', 'creditor', __( 'Legal name', 'tresen' ), Page::said( 'creditor' ), $name );
		self::field( 'policy', 'street', __( 'Street', 'tresen' ), Page::said( 'street', (string) get_option( 'woocommerce_store_address', '' ) ) );
		self::field( 'policy', 'postcode', __( 'Postcode', 'tresen' ), Page::said( 'postcode', (string) get_option( 'woocommerce_store_postcode', '' ) ) );
		self::field( 'policy', 'city', __( 'City', 'tresen' ), Page::said( 'city', (string) get_option( 'woocommerce_store_city', '' ) ) );
		self::field( 'policy', 'email', __( 'E-mail', 'tresen' ), Page::said( 'email', (string) get_option( 'woocommerce_email_from_address', '' ) ) );
		self::field( 'policy', 'iban', __( 'IBAN to which customers pay', 'tresen' ), Page::said( 'iban' ), 'DE…', 'text', true );
		self::field( 'policy', 'creditor_id', __( 'SEPA creditor identifier (for direct debits)', 'tresen' ), Page::said( 'creditor_id' ), 'DE…' );
		echo '<tr><th scope="row"><label for="tresen-policy-size">' . esc_html__( 'Size of your company', 'tresen' ) . '</label></th><td><select id="tresen-policy-size" name="policy[size]">';
		foreach ( array(
			'small'  => __( 'small', 'tresen' ),
			'medium' => __( 'medium', 'tresen' ),
			'large'  => __( 'large', 'tresen' ),
		) as $size => $title ) {
			printf( '<option value="%1$s"%3$s>%2$s</option>', esc_attr( $size ), esc_html( $title ), selected( Page::said( 'size' ), $size, false ) );
		}
		echo '</select></td></tr>';
		self::field( 'policy', 'checked_by', __( 'Who checked whether payment terms need a registration', 'tresen' ), Page::said( 'checked_by' ) );
		self::field( 'policy', 'checked_on', __( 'Checked on', 'tresen' ), Page::said( 'checked_on', (string) wp_date( 'Y-m-d' ) ), '', 'date' );
		echo '</table><p>' . esc_html__( 'Without the last two everything on account stays withheld: that is the safe side.', 'tresen' ) . '</p>';
		submit_button( __( 'Upload this policy', 'tresen' ), 'secondary' );
		echo '</form>';
	}

	/**
	 * The ready policy that a shop of this country begins with.
	 */
	private static function usual(): string {
		$of = array(
			'AT' => 'at-own-invoice',
			'NL' => 'nl-achteraf-betalen',
		);
		return $of[ wc_get_base_location()['country'] ?? 'DE' ] ?? 'de-own-invoice';
	}

	/**
	 * Where it tells of payments.
	 */
	private static function webhook(): void {
		echo '<h2>3. ' . esc_html__( 'Messages back', 'tresen' ) . '</h2>';
		/* translators: %s: an address. */
		echo '<p>' . esc_html( sprintf( __( 'The service tells of payments and reminders at %s. Without that the shop asks once an hour.', 'tresen' ), Endpoint::address() ) ) . '</p>';
		if ( '' !== Settings::get( 'webhook_id' ) ) {
			echo '<p><strong>' . esc_html__( 'Set up.', 'tresen' ) . '</strong></p>';
		}
		Page::begin( 'webhook', 'setup' );
		submit_button( '' === Settings::get( 'webhook_id' ) ? __( 'Set up messages', 'tresen' ) : __( 'Set up messages anew', 'tresen' ), 'secondary' );
		echo '</form>';
	}

	/**
	 * A field of a form.
	 */
	private static function field( string $group, string $name, string $title, string $value, string $placeholder = '', string $type = 'text', bool $required = false ): void {
		printf(
			'<tr><th scope="row"><label for="tresen-%1$s-%2$s">%3$s</label></th><td><input class="regular-text" type="%6$s" id="tresen-%1$s-%2$s" name="%1$s[%2$s]" value="%4$s" placeholder="%5$s" autocomplete="off"%7$s></td></tr>',
			esc_attr( $group ),
			esc_attr( $name ),
			esc_html( $title ),
			esc_attr( $value ),
			esc_attr( $placeholder ),
			esc_attr( $type ),
			$required ? ' required' : ''
		);
	}
}
