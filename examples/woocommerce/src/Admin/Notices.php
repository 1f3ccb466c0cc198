<?php
/**
 * What the merchant is told unasked.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Checkout\Creditor;
use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Service\Breaker;
use Tresen\WooCommerce\Service\InterfaceLevel;
use Tresen\WooCommerce\Service\TokenVerifier;
use Tresen\WooCommerce\Service\TresenError;
use Tresen\WooCommerce\Settings;

/**
 * That the service does not answer or is another than the plugin is for, that something could not be passed on, that nothing is set up yet.
 */
final class Notices {
	/**
	 * How long a page of the merchant's waits for a service that was silent.
	 */
	private const ASK_S = 2.0;

	/**
	 * Hooks itself up.
	 */
	public static function register(): void {
		add_action( 'admin_notices', array( self::class, 'show' ) );
	}

	/**
	 * Shows what there is, to whoever can do something about it.
	 */
	public static function show(): void {
		if ( ! current_user_can( 'manage_woocommerce' ) ) {
			return;
		}
		self::ask_again();
		foreach ( self::all() as $notice ) {
			printf(
				'<div class="notice notice-%1$s"><p><strong>Tresen:</strong> %2$s <a href="%3$s">%4$s</a></p></div>',
				esc_attr( $notice['kind'] ),
				esc_html( $notice['text'] ),
				esc_url( Page::address( $notice['tab'] ) ),
				esc_html__( 'Look at it', 'tresen' )
			);
		}
	}

	/**
	 * A service that was silent is asked whether it still is: otherwise the notice would stand until the next shopper. While it is
	 * silent that is once a minute, as the breaker says.
	 */
	public static function ask_again(): void {
		$client = Breaker::silent_since() > 0 && Breaker::lets_through() ? Plugin::instance()->client() : null;
		if ( null === $client ) {
			return;
		}
		try {
			InterfaceLevel::ask( $client, self::ASK_S );
		} catch ( TresenError $error ) {
			// The notice says so.
			unset( $error );
		}
	}

	/**
	 * What there is to be told.
	 *
	 * @return array[] Each with `kind`, `text` and `tab`.
	 */
	public static function all(): array {
		$notices = array();
		if ( ! Settings::is_connected() ) {
			$notices[] = self::notice( 'info', __( 'No service is connected yet. The setup takes a few minutes.', 'tresen' ), 'setup' );
			return $notices;
		}
		$since   = Breaker::silent_since();
		$trouble = get_transient( Log::TROUBLE );
		if ( $since > 0 ) {
			/* translators: %s: a time. */
			$notices[] = self::notice( 'error', sprintf( __( 'The service has not answered since %s. Your shop goes on selling by the methods that bear no credit risk.', 'tresen' ), wp_date( get_option( 'time_format' ), $since ) ), 'setup' );
		} elseif ( is_array( $trouble ) && empty( $trouble['is_outage'] ) ) {
			/* translators: 1: what was being done, 2: what went wrong. */
			$notices[] = self::notice( 'warning', sprintf( __( 'Something went wrong (%1$s): %2$s', 'tresen' ), $trouble['doing'], $trouble['message'] ), 'log' );
		}
		$problem = OneBuild::problem();
		if ( '' !== $problem ) {
			$notices[] = self::notice( 'error', $problem, 'setup' );
		}
		$failed = Outbox::count_failed();
		if ( $failed > 0 ) {
			/* translators: %d: a number. */
			$notices[] = self::notice( 'error', sprintf( _n( '%d message could not be passed on to the ledger.', '%d messages could not be passed on to the ledger.', $failed, 'tresen' ), $failed ), 'log' );
		}
		if ( Creditor::is_missing() ) {
			$notices[] = self::notice( 'warning', __( 'Direct debit is switched on and not offered: your policy has no SEPA creditor identifier.', 'tresen' ), 'setup' );
		}
		if ( ! TokenVerifier::can() ) {
			$notices[] = self::notice( 'warning', __( 'This PHP cannot check signatures (libsodium is missing); decisions are trusted because of the encrypted connection alone.', 'tresen' ), 'setup' );
		}
		return $notices;
	}

	/**
	 * One of them.
	 */
	private static function notice( string $kind, string $text, string $tab ): array {
		return array(
			'kind' => $kind,
			'text' => $text,
			'tab'  => $tab,
		);
	}
}
