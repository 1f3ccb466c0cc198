<?php
/**
 * What the merchant reads where service and plugin do not belong together.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Service\InterfaceLevel;
use Tresen\WooCommerce\Settings;

/**
 * One sentence on what it does and one on what to do about it, with the code.
 */
final class OneBuild {
	/**
	 * The sentences about the service as it was last asked; empty where nothing stands against it.
	 */
	public static function problem(): string {
		$code = InterfaceLevel::problem();
		return '' === $code ? '' : self::words( $code, (string) ( Settings::get( 'service' )['version'] ?? '?' ) );
	}

	/**
	 * The sentences about a service of some version.
	 */
	public static function words( string $code, string $version ): string {
		$said = array(
			/* translators: %s: a version. */
			'interface.service_older' => __( 'The service (version %s) is older than this plugin: orders may be refused, and what a customer owes may not be shown. Update the service, or install the plugin of its release.', 'tresen' ),
			/* translators: %s: a version. */
			'interface.service_newer' => __( 'The service (version %s) is newer than this plugin: orders may be refused, and what a customer owes may not be shown. Install the plugin of the service’s release.', 'tresen' ),
			/* translators: %s: a version. */
			'interface.unknown'       => __( 'The service (version %s) does not say to which plugin it belongs, so orders may be refused. Take service and plugin from one release.', 'tresen' ),
		);
		return sprintf( $said[ $code ], $version ) . ' (' . $code . ')';
	}
}
