<?php
/**
 * What an operator reads: codes and numbers, no names and no addresses.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Tresen\WooCommerce\Service\ApiError;
use Tresen\WooCommerce\Service\ConnectionError;
use Tresen\WooCommerce\Service\TresenError;

/**
 * Writes to WooCommerce's log under the source `tresen`, and remembers the last trouble for the notice in the admin area.
 */
final class Log {
	const TROUBLE = 'tresen_trouble';

	/**
	 * Something went wrong.
	 *
	 * @param string $doing What was being done.
	 */
	public static function error( string $doing, TresenError $error ): void {
		$line = $doing . ': ' . $error->code() . ': ' . $error->getMessage();
		foreach ( $error instanceof ApiError ? $error->diagnostics() : array() as $diagnostic ) {
			$line .= ' | ' . ( $diagnostic['at'] ?? '' ) . ' ' . ( $diagnostic['message'] ?? '' );
		}
		self::write( 'error', '' === $error->help() ? $line : $line . ' (' . $error->help() . ')' );
		set_transient(
			self::TROUBLE,
			array(
				'at'        => time(),
				'doing'     => $doing,
				'code'      => $error->code(),
				'message'   => $error->getMessage(),
				'help'      => $error->help(),
				'is_outage' => $error instanceof ConnectionError || $error->may_pass(),
			),
			DAY_IN_SECONDS
		);
	}

	/**
	 * What went wrong lately has gone well: the notice goes.
	 *
	 * @param string $doing What was being done, as `error()` was told; empty for whatever it was.
	 */
	public static function is_well( string $doing = '' ): void {
		$trouble = get_transient( self::TROUBLE );
		if ( is_array( $trouble ) && in_array( $doing, array( '', $trouble['doing'] ), true ) ) {
			delete_transient( self::TROUBLE );
		}
	}

	/**
	 * Something happened.
	 */
	public static function info( string $line ): void {
		self::write( 'info', $line );
	}

	/**
	 * One line.
	 */
	private static function write( string $level, string $line ): void {
		if ( function_exists( 'wc_get_logger' ) ) {
			wc_get_logger()->log( $level, $line, array( 'source' => 'tresen' ) );
		}
	}
}
