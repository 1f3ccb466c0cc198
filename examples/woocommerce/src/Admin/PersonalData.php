<?php
/**
 * Somebody asks what is stored about them, or that it goes: WordPress' own tools ask the service along.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\ApiError;
use Tresen\WooCommerce\Service\TresenError;

/**
 * Under Tools, “Export Personal Data” and “Erase Personal Data”. People are found by the e-mail address of their account, and guests
 * by that of their orders.
 */
final class PersonalData {
	private const ORDERS_MAX = 200;

	/**
	 * Parts of an export that say nothing about the person.
	 */
	private const NOT_TOLD = array( 'kind', 'format', 'exported_at' );

	/**
	 * Hooks itself up.
	 */
	public static function register(): void {
		add_filter(
			'wp_privacy_personal_data_exporters',
			static function ( $all ) {
				$all['tresen'] = array(
					'exporter_friendly_name' => 'Tresen',
					'callback'               => array( self::class, 'export' ),
				);
				return $all;
			}
		);
		add_filter(
			'wp_privacy_personal_data_erasers',
			static function ( $all ) {
				$all['tresen'] = array(
					'eraser_friendly_name' => 'Tresen',
					'callback'             => array( self::class, 'erase' ),
				);
				return $all;
			}
		);
	}

	/**
	 * What the service has stored, part by part.
	 *
	 * @param string $email Whose.
	 */
	public static function export( $email ): array {
		$items  = array();
		$client = Plugin::instance()->client();
		foreach ( null === $client ? array() : self::people( (string) $email ) as list( $path, $reference ) ) {
			try {
				$export = $client->export( $path, $reference );
			} catch ( TresenError $error ) {
				Log::error( 'export', $error );
				continue;
			}
			foreach ( array_diff_key( $export, array_flip( self::NOT_TOLD ) ) as $part => $stored ) {
				foreach ( $stored['items'] ?? array() as $number => $item ) {
					$items[] = array(
						'group_id'    => 'tresen-' . $part,
						'group_label' => 'Tresen: ' . $part,
						'item_id'     => $path . '-' . $reference . '-' . $part . '-' . $number,
						'data'        => self::lines( $item ),
					);
				}
			}
		}
		return array(
			'data' => $items,
			'done' => true,
		);
	}

	/**
	 * What is personal goes; while something is open it stays, and that is said.
	 *
	 * @param string $email Whose.
	 */
	public static function erase( $email ): array {
		$removed  = false;
		$retained = false;
		$messages = array();
		$client   = Plugin::instance()->client();
		foreach ( null === $client ? array() : self::people( (string) $email ) as list( $path, $reference ) ) {
			try {
				$client->erase( $path, $reference );
				$removed = true;
			} catch ( TresenError $error ) {
				if ( $error instanceof ApiError && 404 === $error->status() ) {
					continue;
				}
				$retained   = true;
				$messages[] = 'Tresen: ' . $error->getMessage() . ( '' === $error->help() ? '' : ' – ' . $error->help() );
			}
		}
		return array(
			'items_removed'  => $removed,
			'items_retained' => $retained,
			'messages'       => $messages,
			'done'           => true,
		);
	}

	/**
	 * Under which numbers the service may know somebody.
	 *
	 * @return array[] Each with `customers` or `guests`, and the number.
	 */
	private static function people( string $email ): array {
		$people = array();
		$user   = get_user_by( 'email', $email );
		if ( $user ) {
			$people[ 'customers|' . $user->ID ] = array( 'customers', (string) $user->ID );
		}
		foreach ( wc_get_orders(
			array(
				'billing_email' => $email,
				'type'          => 'shop_order',
				'limit'         => self::ORDERS_MAX,
			)
		) as $order ) {
			$person = OrderRecord::of( $order )->all()['person'] ?? null;
			if ( is_array( $person ) && 2 === count( $person ) ) {
				$people[ implode( '|', $person ) ] = $person;
			}
		}
		return array_values( $people );
	}

	/**
	 * An entry, a line for each thing it says.
	 */
	private static function lines( array $item ): array {
		$lines = array();
		foreach ( $item as $name => $value ) {
			if ( null !== $value && array() !== $value ) {
				$lines[] = array(
					'name'  => (string) $name,
					'value' => is_scalar( $value ) ? (string) ( is_bool( $value ) ? (int) $value : $value ) : (string) wp_json_encode( $value, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES ),
				);
			}
		}
		return $lines;
	}
}
