<?php
/**
 * A ready policy, in the merchant's own name.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

/**
 * Fills the ready policies of the plugin's folder. What the merchant does not say is left out rather than invented: without the
 * word of whoever checked the duty to register, everything on account stays withheld.
 */
final class PolicyTemplate {
	/**
	 * The ready policies, by their names, each with what a merchant calls it; of one without such a title, what it says of itself.
	 *
	 * @return array<string, string>
	 */
	public static function all(): array {
		$titles = array(
			'de-own-invoice'      => __( 'Germany: own invoice, fixed limits', 'tresen' ),
			'de-scorecard'        => __( 'Germany: points scorecard, for shops with figures of their own', 'tresen' ),
			'de-social'           => __( 'Germany: sales through social networks', 'tresen' ),
			'de-b2b'              => __( 'Germany: business customers', 'tresen' ),
			'at-own-invoice'      => __( 'Austria: own invoice', 'tresen' ),
			'nl-achteraf-betalen' => __( 'Netherlands: pay afterwards', 'tresen' ),
		);
		$all    = array();
		foreach ( (array) glob( self::folder() . '/*.json' ) as $file ) {
			$policy = self::read( (string) $file );
			if ( isset( $policy['name'] ) ) {
				$name         = basename( (string) $file, '.json' );
				$all[ $name ] = $titles[ $name ] ?? (string) ( $policy['description'] ?? $policy['name'] );
			}
		}
		return $all;
	}

	/**
	 * A ready policy, filled, as JSON; empty where there is none of that name.
	 *
	 * @param array $said       Of `name`, `size`, `creditor_id`, `holder`, `iban`, `checked_by`, `checked_on` and the imprint, what is known.
	 * @param bool  $is_sandbox Whether the sandbox's payment provider is there.
	 */
	public static function filled( string $name, array $said, bool $is_sandbox ): string {
		if ( ! array_key_exists( $name, self::all() ) ) {
			return '';
		}
		$policy = self::read( self::folder() . '/' . $name . '.json' );
		unset( $policy['$schema'] );
		$policy['merchant'] = self::merchant( $said, (string) ( $policy['merchant']['size'] ?? 'small' ) );
		unset( $policy['legal'] );
		if ( '' !== self::text( $said, 'checked_by' ) && '' !== self::text( $said, 'checked_on' ) ) {
			$policy['legal'] = array(
				'registration_checked_by' => self::text( $said, 'checked_by' ),
				'registration_checked_on' => self::text( $said, 'checked_on' ),
			);
		}
		foreach ( $policy['methods'] as &$method ) {
			// Card and wallet are taken by another plugin of the shop.
			if ( isset( $method['provider'] ) && in_array( $method['kind'], array( 'card', 'wallet' ), true ) ) {
				$method['provider'] = 'shop';
			}
		}
		unset( $method );
		if ( ! $is_sandbox ) {
			$policy['methods'] = self::without_sandbox( $policy['methods'] );
			$policy            = self::without_gone( $policy );
		}
		$settlement = self::settlement( $policy['settlement'] ?? array(), $is_sandbox );
		unset( $policy['settlement'] );
		if ( array() !== $settlement ) {
			$policy['settlement'] = $settlement;
		}
		return (string) wp_json_encode( $policy, JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE );
	}

	/**
	 * Who sells.
	 */
	private static function merchant( array $said, string $size ): array {
		$merchant = array(
			'name' => self::text( $said, 'name' ),
			'size' => in_array( self::text( $said, 'size' ), array( 'small', 'medium', 'large' ), true ) ? self::text( $said, 'size' ) : $size,
		);
		if ( '' !== self::text( $said, 'creditor_id' ) ) {
			$merchant['creditor_id'] = self::text( $said, 'creditor_id' );
		}
		$imprint = array();
		foreach ( array( 'creditor', 'street', 'postcode', 'city', 'email', 'phone' ) as $key ) {
			if ( '' !== self::text( $said, $key ) ) {
				$imprint[ $key ] = self::text( $said, $key );
			}
		}
		if ( array() !== $imprint ) {
			// The service wants to know whom customers owe, and where they find the shop by themselves.
			$merchant['imprint'] = $imprint + array(
				'creditor' => $merchant['name'],
				'website'  => (string) wp_parse_url( home_url(), PHP_URL_HOST ),
			);
		}
		if ( '' !== self::text( $said, 'iban' ) ) {
			$merchant['account'] = array(
				'holder' => $imprint['creditor'] ?? $merchant['name'],
				'iban'   => self::text( $said, 'iban' ),
			);
		}
		return $merchant;
	}

	/**
	 * What customers may settle by themselves. Whom people in debt may ask is the merchant's to say.
	 */
	private static function settlement( array $settlement, bool $is_sandbox ): array {
		unset( $settlement['debt_advice'] );
		if ( ! $is_sandbox && isset( $settlement['methods'] ) ) {
			$settlement['methods'] = self::without_sandbox( $settlement['methods'] );
		}
		return array_filter( $settlement );
	}

	/**
	 * Methods that the sandbox's provider does not take.
	 *
	 * @param array[] $methods Methods.
	 */
	private static function without_sandbox( array $methods ): array {
		return array_values(
			array_filter(
				$methods,
				static function ( array $method ): bool {
					return 'sandbox' !== ( $method['provider'] ?? '' );
				}
			)
		);
	}

	/**
	 * Lists that name methods no longer name those that are gone.
	 */
	private static function without_gone( array $policy ): array {
		$there = array_column( $policy['methods'], 'id' );
		foreach ( $policy['order'] ?? array() as $place => $order ) {
			$policy['order'][ $place ]['methods'] = array_values( array_intersect( $order['methods'], $there ) );
		}
		foreach ( $policy['rules'] ?? array() as $place => $rule ) {
			if ( is_array( $rule['withhold'] ?? null ) ) {
				$policy['rules'][ $place ]['withhold'] = array_values( array_intersect( $rule['withhold'], $there ) );
			}
		}
		$policy['rules'] = array_values(
			array_filter(
				$policy['rules'] ?? array(),
				static function ( array $rule ): bool {
					return array() !== ( $rule['withhold'] ?? null );
				}
			)
		);
		return $policy;
	}

	/**
	 * One thing that was said.
	 */
	private static function text( array $said, string $name ): string {
		return trim( (string) ( $said[ $name ] ?? '' ) );
	}

	/**
	 * A file as data.
	 */
	private static function read( string $file ): array {
		// phpcs:ignore WordPress.WP.AlternativeFunctions.file_get_contents_file_get_contents -- a file of the plugin's own folder.
		$policy = json_decode( (string) file_get_contents( $file ), true );
		return is_array( $policy ) ? $policy : array();
	}

	/**
	 * The folder: of the plugin as it is installed, or of the repository.
	 */
	private static function folder(): string {
		$plugin = dirname( TRESEN_FILE ) . '/policies';
		return is_dir( $plugin ) ? $plugin : dirname( TRESEN_FILE, 2 ) . '/policies';
	}
}
