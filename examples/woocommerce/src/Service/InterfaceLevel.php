<?php
/**
 * Whether the service and this plugin belong together.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

use Tresen\WooCommerce\Settings;

/**
 * Builds whose numbers differ would refuse each other's consents, or not read what the other writes: then whoever looks after the shop is told, for
 * a shopper would only meet an order that does not go through.
 */
final class InterfaceLevel {
	/**
	 * What this plugin has in common with its service, as `GET /v1/health` tells it of the service. A test of the service holds both equal.
	 */
	const OF_PLUGIN = 1;

	/**
	 * Asks the service, and remembers what it says of itself.
	 *
	 * @return array What it says.
	 * @throws TresenError Where it does not answer.
	 */
	public static function ask( Client $client, ?float $seconds = null ): array {
		$health = null === $seconds ? $client->health() : $client->health( $seconds );
		$level  = $health['interface'] ?? null;
		Settings::set(
			array(
				'service' => array(
					'version'   => is_string( $health['version'] ?? null ) ? $health['version'] : '?',
					'interface' => is_int( $level ) && $level > 0 ? $level : 0,
				),
			)
		);
		return $health;
	}

	/**
	 * What stands against this plugin and the service as it was last asked; empty for nothing, and before it was asked.
	 */
	public static function problem(): string {
		$service = (array) Settings::get( 'service' );
		return isset( $service['interface'] ) ? self::between( self::OF_PLUGIN, (int) $service['interface'] ) : '';
	}

	/**
	 * What stands between a plugin and a service: `interface.service_older`, `interface.service_newer`, or `interface.unknown` where the service says
	 * nothing (0); empty where they belong together.
	 */
	public static function between( int $plugin, int $service ): string {
		if ( $service < 1 ) {
			return 'interface.unknown';
		}
		if ( $service === $plugin ) {
			return '';
		}
		return $service < $plugin ? 'interface.service_older' : 'interface.service_newer';
	}
}
