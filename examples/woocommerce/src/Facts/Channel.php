<?php
/**
 * Where the visitor came from, by WooCommerce's own order attribution.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

/**
 * Reads the cookie that WooCommerce sets for order attribution. It sets none where the visitor has not agreed: then nothing is known,
 * and nothing is said.
 */
final class Channel {
	private const COOKIE = 'sbjs_current';

	private const SOURCES = array(
		'instagram' => 'instagram',
		'ig'        => 'instagram',
		'facebook'  => 'facebook',
		'fb'        => 'facebook',
		'tiktok'    => 'tiktok',
		'pinterest' => 'pinterest',
		'whatsapp'  => 'whatsapp',
	);

	/**
	 * The channel of this visit; null where it is not known.
	 */
	public static function current(): ?string {
		$cookie = isset( $_COOKIE[ self::COOKIE ] ) ? sanitize_text_field( wp_unslash( $_COOKIE[ self::COOKIE ] ) ) : '';
		return self::of( rawurldecode( $cookie ) );
	}

	/**
	 * The channel that a cookie such as `typ=utm|||src=instagram|||mdm=social` names.
	 */
	public static function of( string $cookie ): ?string {
		if ( ! preg_match( '/(?:^|\|)src=([^|]+)/', $cookie, $parts ) ) {
			return null;
		}
		foreach ( preg_split( '/[^a-z]+/', strtolower( $parts[1] ) ) as $word ) {
			if ( isset( self::SOURCES[ $word ] ) ) {
				return self::SOURCES[ $word ];
			}
		}
		return 'web_shop';
	}
}
