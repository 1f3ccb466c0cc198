<?php
/**
 * What the setup does when a button is pressed; the page shows what came of it.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Gateways\Gateways;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\ApiError;
use Tresen\WooCommerce\Service\Breaker;
use Tresen\WooCommerce\Service\Client;
use Tresen\WooCommerce\Service\InterfaceLevel;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Settings;
use Tresen\WooCommerce\Webhook\Endpoint;

/**
 * Each step answers lines: whether it went well, and what is to be read.
 */
final class Setup {
	/**
	 * Connects to a service, and checks that it is one.
	 *
	 * @param array $said Of `address`, `secret_key`, `publishable_key` and `tenant`. A secret that is not said again stays.
	 * @return array[] Lines, each with `ok` and `text`.
	 */
	public static function connect( array $said ): array {
		$address = untrailingslashit( trim( (string) ( $said['address'] ?? '' ) ) );
		$secret  = trim( (string) ( $said['secret_key'] ?? '' ) );
		$key     = trim( (string) ( $said['publishable_key'] ?? '' ) );
		$secret  = '' === $secret ? (string) Settings::get( 'secret_key' ) : $secret;
		if ( ! preg_match( '#^https?://#', $address ) ) {
			return array( self::bad( __( 'The address must begin with https:// (or http:// on this machine).', 'tresen' ) ) );
		}
		if ( 0 !== strpos( $secret, 'sk_' ) || 0 !== strpos( $key, 'pk_' ) ) {
			return array( self::bad( __( 'The secret key begins with sk_, the publishable key with pk_. The secret one never reaches a browser.', 'tresen' ) ) );
		}
		$is_another = Settings::get( 'address' ) !== $address || Settings::get( 'secret_key' ) !== $secret;
		Settings::set(
			array(
				'address'         => $address,
				'secret_key'      => $secret,
				'publishable_key' => $key,
				'tenant'          => trim( (string) ( $said['tenant'] ?? '' ) ),
			) + ( $is_another ? array(
				'signing_keys'   => array(),
				'kinds'          => array(),
				'has_fees'       => false,
				'webhook_id'     => '',
				'webhook_secret' => '',
				'service'        => array(),
			) : array() )
		);
		Breaker::succeeded();
		return self::check();
	}

	/**
	 * Whether service, keys and policy are there.
	 *
	 * @return array[] Lines.
	 */
	public static function check(): array {
		$client = Plugin::instance()->client();
		if ( null === $client ) {
			return array( self::bad( __( 'No service is connected yet.', 'tresen' ) ) );
		}
		$lines = array();
		Breaker::let_one_through();
		try {
			$health = InterfaceLevel::ask( $client );
			Settings::set( array( 'sandbox' => true === ( $health['sandbox'] ?? false ) ) );
			/* translators: %s: a version. */
			$lines[] = self::good( sprintf( __( 'The service answers (version %s).', 'tresen' ), (string) ( $health['version'] ?? '?' ) ) );
			$lines[] = self::good( Settings::get( 'sandbox' ) ? __( 'It is a sandbox: nothing is real, no money flows.', 'tresen' ) : __( 'It is live: orders count.', 'tresen' ) );
			$problem = OneBuild::problem();
			$lines[] = '' === $problem ? self::good( __( 'Service and plugin belong together.', 'tresen' ) ) : self::bad( $problem );
			// Several may have one name: each upload is kept.
			$active  = array_column( array_filter( $client->policies()['policies'], array( self::class, 'is_active' ) ), 'name' );
			$lines[] = self::good( __( 'The secret key is right.', 'tresen' ) );
			Settings::set( array( 'signing_keys' => $client->keys()['keys'] ?? array() ) );
			if ( array() === $active ) {
				$lines[] = array(
					'ok'   => null,
					'text' => __( 'Connected. Next: choose a policy in step 2.', 'tresen' ),
				);
				return $lines;
			}
			/* translators: %s: name of a policy. */
			$lines[] = self::good( sprintf( __( 'Orders are decided by the policy “%s”.', 'tresen' ), (string) reset( $active ) ) );
			// With the other key: so that it is the browser's key which is tried.
			( new Client( new \Tresen\WooCommerce\Service\WordPressTransport(), (string) Settings::get( 'address' ), Settings::publishable_key() ) )->hint();
			$lines[] = self::good( __( 'The publishable key is right.', 'tresen' ) );
			Log::is_well();
		} catch ( TresenError $error ) {
			$lines = array_merge( $lines, self::error( $error ) );
		}
		return $lines;
	}

	/**
	 * Uploads a ready policy in the merchant's name.
	 *
	 * @return array[] Lines.
	 */
	public static function upload( string $name, array $said ): array {
		$json   = PolicyTemplate::filled( $name, $said, true === Settings::get( 'sandbox' ) );
		$client = Plugin::instance()->client();
		if ( '' === $json || null === $client ) {
			return array( self::bad( __( 'Choose a policy, and connect a service first.', 'tresen' ) ) );
		}
		if ( '' === trim( (string) ( $said['name'] ?? '' ) ) ) {
			return array( self::bad( __( 'Say who sells: the name stands in every text that customers agree to.', 'tresen' ) ) );
		}
		if ( '' !== trim( (string) ( $said['checked_by'] ?? '' ) ) && '' === trim( (string) ( $said['checked_on'] ?? '' ) ) ) {
			return array( self::bad( __( 'Say on which day it was checked, too: name and day belong together.', 'tresen' ) ) );
		}
		try {
			$uploaded = $client->upload_policy( $json );
		} catch ( TresenError $error ) {
			return self::error( $error );
		}
		$policy = json_decode( $json, true );
		Settings::set(
			array(
				'has_fees' => false,
				'kinds'    => array_column( $policy['methods'], 'kind', 'id' ),
				'account'  => $policy['merchant']['account'] ?? array(),
			)
		);
		/* translators: %s: name of a policy. */
		$line = self::good( sprintf( __( 'The policy “%s” decides from now on.', 'tresen' ), (string) ( $uploaded['name'] ?? $name ) ) );
		return array_merge( array( $line ), Remarks::lines( $uploaded['warnings'] ?? array() ) );
	}

	/**
	 * Has the service tell this shop of what happens.
	 *
	 * @return array[] Lines.
	 */
	public static function webhook(): array {
		$client = Plugin::instance()->client();
		if ( null === $client ) {
			return array( self::bad( __( 'No service is connected yet.', 'tresen' ) ) );
		}
		try {
			if ( '' !== Settings::get( 'webhook_id' ) ) {
				try {
					$client->remove_webhook( (string) Settings::get( 'webhook_id' ) );
				} catch ( ApiError $error ) {
					// One that is gone already need not be removed.
					unset( $error );
				}
			}
			$made = $client->create_webhook( Endpoint::address(), Endpoint::EVENTS );
		} catch ( TresenError $error ) {
			return self::error( $error );
		}
		Settings::set(
			array(
				'webhook_id'     => (string) $made['webhook']['id'],
				'webhook_secret' => (string) $made['secret'],
			)
		);
		/* translators: %s: an address. */
		return array( self::good( sprintf( __( 'Payments and reminders are told to %s.', 'tresen' ), Endpoint::address() ) ) );
	}

	/**
	 * Switches on gateways of ours, and puts those of other plugins under methods of the policy.
	 *
	 * @param string[] $own     Ids of ours that are to be offered.
	 * @param string[] $mapping Ids of methods by the ids of other gateways; empty for none.
	 * @param string[] $options Of `company_by` and `delivery_days`, what is said.
	 * @return array[] Lines.
	 */
	public static function methods( array $own, array $mapping, array $options = array() ): array {
		foreach ( Gateways::own() as $id => $gateway ) {
			$gateway->update_option( 'enabled', in_array( $id, $own, true ) ? 'yes' : 'no' );
		}
		Settings::set( array( 'mapping' => array_filter( $mapping ) ) );
		if ( in_array( $options['company_by'] ?? '', array( 'company', 'vat', 'never' ), true ) ) {
			Settings::set( array( 'company_by' => $options['company_by'] ) );
		}
		if ( isset( $options['delivery_days'] ) ) {
			Settings::set( array( 'delivery_days' => preg_match( '/^\d{1,3}$/', $options['delivery_days'] ) ? $options['delivery_days'] : '' ) );
		}
		return array( self::good( __( 'Saved.', 'tresen' ) ) );
	}

	/**
	 * What went wrong, and what to do.
	 *
	 * @return array[] Lines.
	 */
	private static function error( TresenError $error ): array {
		$diagnostics = $error instanceof ApiError ? $error->diagnostics() : array();
		if ( array() !== $diagnostics ) {
			return array_merge( array( self::bad( __( 'The policy was not taken over.', 'tresen' ) ) ), Remarks::lines( $diagnostics ) );
		}
		return array( self::bad( $error->getMessage() . ( '' === $error->help() ? '' : ' – ' . $error->help() ) . ' (' . $error->code() . ')' ) );
	}

	/**
	 * Whether new orders are decided by a policy.
	 */
	private static function is_active( array $policy ): bool {
		return true === ( $policy['active'] ?? false );
	}

	/**
	 * A line that went well.
	 */
	private static function good( string $text ): array {
		return array(
			'ok'   => true,
			'text' => $text,
		);
	}

	/**
	 * A line that did not.
	 */
	private static function bad( string $text ): array {
		return array(
			'ok'   => false,
			'text' => $text,
		);
	}
}
