<?php
/**
 * What the merchant has set, in one option.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

/**
 * Reads and writes the option `tresen`; what is missing has its default.
 */
final class Settings {
	const OPTION = 'tresen';

	/**
	 * What counts where nothing is set.
	 */
	private const DEFAULTS = array(
		'address'         => '',
		'secret_key'      => '',
		'publishable_key' => '',
		'tenant'          => '',
		'delivery_days'   => '',
		'company_by'      => 'company',
		'mapping'         => array(),
		'webhook_id'      => '',
		'webhook_secret'  => '',
		'kinds'           => array(),
		'signing_keys'    => array(),
		'sandbox'         => false,
		'has_fees'        => false,
		'account'         => array(),
		'lacks_creditor'  => false,
		'service'         => array(),
	);

	/**
	 * One setting.
	 *
	 * @return mixed
	 */
	public static function get( string $name ) {
		$all = get_option( self::OPTION, array() );
		return is_array( $all ) && array_key_exists( $name, $all ) ? $all[ $name ] : self::DEFAULTS[ $name ];
	}

	/**
	 * Sets some, and leaves the others.
	 */
	public static function set( array $changes ): void {
		$all = get_option( self::OPTION, array() );
		update_option( self::OPTION, array_merge( is_array( $all ) ? $all : array(), array_intersect_key( $changes, self::DEFAULTS ) ) );
	}

	/**
	 * Whether there is a service to ask.
	 */
	public static function is_connected(): bool {
		return '' !== self::get( 'address' ) && '' !== self::get( 'secret_key' );
	}

	/**
	 * The key that browsers use.
	 */
	public static function publishable_key(): string {
		return (string) self::get( 'publishable_key' );
	}

	/**
	 * The method of the policy under which a gateway of another plugin stands; empty where it stands under none.
	 */
	public static function method_of_gateway( string $gateway ): string {
		$mapping = self::get( 'mapping' );
		return is_array( $mapping ) ? (string) ( $mapping[ $gateway ] ?? '' ) : '';
	}

	/**
	 * How customers are spoken to, as WordPress' own translations do: `de_DE` says du and `de_DE_formal` Sie, `de_CH` says Sie and
	 * `de_CH_informal` du.
	 */
	public static function address_form(): string {
		$locale = determine_locale();
		if ( 0 !== strpos( $locale, 'de' ) || 'de_CH' === $locale ) {
			return 'sie';
		}
		return false === strpos( $locale, '_formal' ) ? 'du' : 'sie';
	}

	/**
	 * The language of the page, as the service knows languages.
	 */
	public static function locale(): string {
		$parts = explode( '_', determine_locale() );
		return isset( $parts[1] ) && preg_match( '/^[A-Z]{2}$/', $parts[1] ) ? $parts[0] . '-' . $parts[1] : $parts[0];
	}
}
