<?php
/**
 * The page under WooCommerce: setup, methods, log, data.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

use Tresen\WooCommerce\Orders\Outbox;
use Tresen\WooCommerce\Plugin;

/**
 * Shows one of its four parts, and does what their buttons say.
 */
final class Page {
	const SLUG = 'tresen';

	private const ACTION = 'tresen_admin';
	private const TOLD   = 'tresen_told_';
	private const SAID   = 'tresen_said_';

	/**
	 * What may be pressed.
	 */
	private const STEPS = array( 'connect', 'check', 'upload', 'webhook', 'methods', 'retry', 'settle' );

	/**
	 * Hooks itself up.
	 */
	public static function register(): void {
		add_action( 'admin_menu', array( self::class, 'add_to_menu' ), 60 );
		add_action( 'admin_post_' . self::ACTION, array( self::class, 'pressed' ) );
		add_filter( 'plugin_action_links_' . plugin_basename( TRESEN_FILE ), array( self::class, 'links' ) );
	}

	/**
	 * The parts, with what they are called.
	 *
	 * @return array<string, string>
	 */
	private static function tabs(): array {
		return array(
			'setup'   => __( 'Setup', 'tresen' ),
			'methods' => __( 'Methods', 'tresen' ),
			'log'     => __( 'Log', 'tresen' ),
			'data'    => __( 'What leaves the shop', 'tresen' ),
		);
	}

	/**
	 * Where a part is.
	 */
	public static function address( string $tab ): string {
		return add_query_arg(
			array(
				'page' => self::SLUG,
				'tab'  => $tab,
			),
			admin_url( 'admin.php' )
		);
	}

	/**
	 * Under WooCommerce.
	 */
	public static function add_to_menu(): void {
		add_submenu_page( 'woocommerce', 'Tresen', 'Tresen', 'manage_woocommerce', self::SLUG, array( self::class, 'show' ) );
	}

	/**
	 * A link in the list of plugins.
	 *
	 * @param string[] $links The others.
	 */
	public static function links( $links ): array {
		return array_merge( array( '<a href="' . esc_url( self::address( 'setup' ) ) . '">' . esc_html__( 'Setup', 'tresen' ) . '</a>' ), (array) $links );
	}

	/**
	 * Shows the page.
	 */
	public static function show(): void {
		// phpcs:ignore WordPress.Security.NonceVerification.Recommended -- only chooses what is shown.
		$tab  = isset( $_GET['tab'] ) ? sanitize_key( wp_unslash( $_GET['tab'] ) ) : 'setup';
		$tabs = self::tabs();
		$tab  = isset( $tabs[ $tab ] ) ? $tab : 'setup';
		echo '<div class="wrap"><h1>Tresen</h1><nav class="nav-tab-wrapper">';
		foreach ( $tabs as $name => $title ) {
			printf( '<a class="nav-tab%1$s" href="%2$s">%3$s</a>', esc_attr( $name === $tab ? ' nav-tab-active' : '' ), esc_url( self::address( $name ) ), esc_html( $title ) );
		}
		echo '</nav>';
		self::show_told();
		if ( 'setup' === $tab ) {
			SetupView::show();
		} elseif ( 'methods' === $tab ) {
			MethodsView::show();
		} elseif ( 'log' === $tab ) {
			LogView::show();
		} else {
			DataView::show();
		}
		echo '</div>';
	}

	/**
	 * Begins a form whose button does a step.
	 */
	public static function begin( string $step, string $tab ): void {
		printf( '<form method="post" action="%s">', esc_url( admin_url( 'admin-post.php' ) ) );
		printf( '<input type="hidden" name="action" value="%1$s"><input type="hidden" name="step" value="%2$s"><input type="hidden" name="tab" value="%3$s">', esc_attr( self::ACTION ), esc_attr( $step ), esc_attr( $tab ) );
		wp_nonce_field( self::ACTION . $step );
	}

	/**
	 * A button was pressed.
	 */
	public static function pressed(): void {
		$step = isset( $_POST['step'] ) ? sanitize_key( wp_unslash( $_POST['step'] ) ) : '';
		check_admin_referer( self::ACTION . $step );
		if ( ! current_user_can( 'manage_woocommerce' ) || ! in_array( $step, self::STEPS, true ) ) {
			wp_die( esc_html__( 'You may not do that.', 'tresen' ), '', array( 'response' => 403 ) );
		}
		set_transient( self::TOLD . get_current_user_id(), self::run( $step ), 60 );
		$tab = isset( $_POST['tab'] ) ? sanitize_key( wp_unslash( $_POST['tab'] ) ) : 'setup';
		wp_safe_redirect( self::address( $tab ) );
		exit;
	}

	/**
	 * Does a step. Answers lines, each with `ok` and `text`.
	 */
	private static function run( string $step ): array {
		// phpcs:disable WordPress.Security.NonceVerification.Missing -- checked by the caller.
		$said = static function ( string $name ): array {
			return isset( $_POST[ $name ] ) && is_array( $_POST[ $name ] ) ? array_map( 'sanitize_text_field', wp_unslash( $_POST[ $name ] ) ) : array();
		};
		switch ( $step ) {
			case 'connect':
				return Setup::connect( $said( 'service' ) );
			case 'check':
				return Setup::check();
			case 'upload':
				// What was typed need not be typed again, whatever comes of it.
				set_transient( self::SAID . get_current_user_id(), $said( 'policy' ), HOUR_IN_SECONDS );
				return Setup::upload( sanitize_file_name( (string) ( $said( 'policy' )['file'] ?? '' ) ), $said( 'policy' ) );
			case 'webhook':
				return Setup::webhook();
			case 'methods':
				return Setup::methods( array_keys( $said( 'own' ) ), $said( 'mapping' ), $said( 'options' ) );
			case 'settle':
				Outbox::settle( isset( $_POST['call'] ) ? absint( wp_unslash( $_POST['call'] ) ) : 0 );
				return array(
					array(
						'ok'   => true,
						'text' => __( 'Saved.', 'tresen' ),
					),
				);
			default:
				$outbox = Plugin::instance()->outbox();
				if ( null !== $outbox && isset( $_POST['call'] ) ) {
					$outbox->retry( absint( wp_unslash( $_POST['call'] ) ) );
				}
				return array(
					array(
						'ok'   => null,
						'text' => __( 'It was tried again; the line says what came of it.', 'tresen' ),
					),
				);
		}
		// phpcs:enable
	}

	/**
	 * What was typed of the policy lately, or what stands for it.
	 */
	public static function said( string $name, string $otherwise = '' ): string {
		$said = get_transient( self::SAID . get_current_user_id() );
		return is_array( $said ) && isset( $said[ $name ] ) ? (string) $said[ $name ] : $otherwise;
	}

	/**
	 * What came of the last button, once.
	 */
	private static function show_told(): void {
		$name  = self::TOLD . get_current_user_id();
		$lines = get_transient( $name );
		if ( ! is_array( $lines ) ) {
			return;
		}
		delete_transient( $name );
		foreach ( $lines as $line ) {
			$kind = null === $line['ok'] ? 'warning' : ( $line['ok'] ? 'success' : 'error' );
			printf( '<div class="notice notice-%1$s inline"><p>%2$s</p></div>', esc_attr( $kind ), esc_html( $line['text'] ) );
		}
	}
}
