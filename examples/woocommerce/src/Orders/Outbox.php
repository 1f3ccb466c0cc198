<?php
/**
 * What the service is to be told: written down first, said afterwards, and again until it was heard.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Orders;

use Tresen\WooCommerce\Log;
use Tresen\WooCommerce\Service\Breaker;
use Tresen\WooCommerce\Service\TresenError;

/**
 * A call is a post of a type of its own, which nobody sees but the log page: no table is needed, and none is left behind.
 *
 * A call happens once: its key is the name of the post, and goes to the service as the key that makes it idempotent there too.
 */
final class Outbox {
	const TYPE   = 'tresen_call';
	const HOOK   = 'tresen_outbox';
	const PURGE  = 'tresen_purge';
	const OPEN   = 'tresen-open';
	const DONE   = 'tresen-done';
	const FAILED = 'tresen-failed';

	/**
	 * Seconds before the next attempt: a minute, five, a quarter of an hour …, in all about three days.
	 */
	private const PAUSES = array( 60, 300, 900, 3600, 10800, 21600, 43200, 86400, 86400 );

	private const KEPT_DAYS = 180;

	/**
	 * Does what a call says: by kind, a function of the order's id, what belongs to the call, and its key. It answers a line for the log.
	 *
	 * @var array<string, callable(int, array, string): string>
	 */
	private $doers;

	/**
	 * An outbox with those who do what it says.
	 *
	 * @param array<string, callable> $doers By the kinds of calls.
	 */
	public function __construct( array $doers ) {
		$this->doers = $doers;
	}

	/**
	 * Tells WordPress of the type and of how a call may stand.
	 */
	public static function register(): void {
		register_post_type(
			self::TYPE,
			array(
				'public'       => false,
				'rewrite'      => false,
				'query_var'    => false,
				'can_export'   => false,
				'supports'     => array( 'title' ),
				'map_meta_cap' => true,
			)
		);
		// A status that WordPress does not know is none that it would look for.
		foreach ( array( self::OPEN, self::DONE, self::FAILED ) as $status ) {
			register_post_status( $status, array( 'internal' => true ) );
		}
	}

	/**
	 * Writes a call down, and has it done in a moment. One that is there already is not written again.
	 *
	 * @param array $payload What belongs to it.
	 */
	public static function add( string $kind, int $order, string $key, array $payload = array() ): int {
		$found = self::find( $key );
		if ( $found > 0 ) {
			return $found;
		}
		$id = wp_insert_post(
			array(
				'post_type'    => self::TYPE,
				'post_status'  => self::OPEN,
				'post_name'    => $key,
				'post_title'   => $kind,
				'post_parent'  => $order,
				'post_content' => wp_slash(
					self::json(
						array(
							'payload'  => $payload,
							'attempts' => 0,
							'result'   => '',
						)
					)
				),
			)
		);
		if ( $id > 0 ) {
			self::schedule( $id, 0 );
		}
		return (int) $id;
	}

	/**
	 * Writes down what was done already, for whoever reads the log.
	 */
	public static function note( string $kind, int $order, string $key, string $result, bool $is_done = true ): void {
		$id = self::find( $key );
		if ( 0 === $id ) {
			$id = wp_insert_post(
				array(
					'post_type'   => self::TYPE,
					'post_status' => self::DONE,
					'post_name'   => $key,
					'post_title'  => $kind,
					'post_parent' => $order,
				)
			);
		}
		if ( $id > 0 ) {
			self::write(
				(int) $id,
				$is_done ? self::DONE : self::FAILED,
				array(
					'payload'  => array(),
					'attempts' => 1,
					'result'   => $result,
				)
			);
		}
	}

	/**
	 * Does a call, if it is still to be done. What may pass is tried again later; what may not is for somebody to look at.
	 *
	 * @param int $id Of the call.
	 */
	public function run( $id ): void {
		$post = get_post( (int) $id );
		if ( ! $post || self::TYPE !== $post->post_type || self::OPEN !== $post->post_status ) {
			return;
		}
		$call = self::read( $post );
		if ( ! isset( $this->doers[ $post->post_title ] ) ) {
			return;
		}
		++$call['attempts'];
		$doing = $post->post_title . ' of order ' . $post->post_parent;
		try {
			$call['result'] = call_user_func( $this->doers[ $post->post_title ], (int) $post->post_parent, $call['payload'], $post->post_name );
			self::write( (int) $id, self::DONE, $call );
			Log::is_well( $doing );
		} catch ( TresenError $error ) {
			$call['result'] = $error->code() . ': ' . $error->getMessage();
			Log::error( $doing, $error );
			$pause = $error->may_pass() ? ( self::PAUSES[ $call['attempts'] - 1 ] ?? null ) : null;
			self::write( (int) $id, null === $pause ? self::FAILED : self::OPEN, $call );
			if ( null !== $pause ) {
				self::schedule( (int) $id, $pause );
			} else {
				self::tell_order( (int) $post->post_parent, $post->post_title );
			}
		}
	}

	/**
	 * Somebody wants it tried now.
	 */
	public function retry( int $id ): void {
		$post = get_post( $id );
		if ( $post && self::TYPE === $post->post_type && self::DONE !== $post->post_status ) {
			self::write( $id, self::OPEN, self::read( $post ) );
			Breaker::let_one_through();
			$this->run( $id );
		}
	}

	/**
	 * Somebody has dealt with what could not be passed on: it is done, and nobody is told of it any more.
	 */
	public static function settle( int $id ): void {
		$post = get_post( $id );
		if ( $post && self::TYPE === $post->post_type && self::FAILED === $post->post_status ) {
			$call = self::read( $post );
			self::write( $id, self::DONE, array_merge( $call, array( 'result' => 'by hand, after ' . $call['result'] ) ) );
			Log::is_well( $post->post_title . ' of order ' . $post->post_parent );
		}
	}

	/**
	 * The newest calls, for the log page.
	 *
	 * @return array[] Each with `id`, `kind`, `order`, `state`, `attempts`, `result` and `at`.
	 */
	public static function newest( int $count, int $page ): array {
		$calls = array();
		foreach ( self::posts(
			array(
				'posts_per_page' => $count,
				'paged'          => $page,
				'orderby'        => 'ID',
				'order'          => 'DESC',
			)
		) as $post ) {
			$call    = self::read( $post );
			$calls[] = array(
				'id'       => (int) $post->ID,
				'kind'     => $post->post_title,
				'order'    => (int) $post->post_parent,
				'state'    => $post->post_status,
				'attempts' => (int) $call['attempts'],
				'result'   => (string) $call['result'],
				'at'       => (int) strtotime( $post->post_modified_gmt . ' UTC' ),
			);
		}
		return $calls;
	}

	/**
	 * How many calls nobody has heard, and nobody will.
	 */
	public static function count_failed(): int {
		return count(
			self::posts(
				array(
					'post_status'    => self::FAILED,
					'posts_per_page' => 100,
				)
			)
		);
	}

	/**
	 * What was done long ago is forgotten.
	 */
	public static function purge(): void {
		foreach ( self::posts(
			array(
				'post_status'    => self::DONE,
				'posts_per_page' => 100,
				'date_query'     => array(
					array(
						'column' => 'post_modified_gmt',
						'before' => self::KEPT_DAYS . ' days ago',
					),
				),
			)
		) as $post ) {
			wp_delete_post( $post->ID, true );
		}
	}

	/**
	 * The call of a key; 0 where there is none.
	 */
	private static function find( string $key ): int {
		$found = self::posts(
			array(
				'name'           => $key,
				'posts_per_page' => 1,
			)
		);
		return isset( $found[0] ) ? (int) $found[0]->ID : 0;
	}

	/**
	 * Posts of ours.
	 *
	 * @return \WP_Post[]
	 */
	private static function posts( array $query ): array {
		$all = array(
			'post_type'        => self::TYPE,
			'post_status'      => array( self::OPEN, self::DONE, self::FAILED ),
			'suppress_filters' => true,
			'no_found_rows'    => true,
		);
		return get_posts( array_merge( $all, $query ) );
	}

	/**
	 * What belongs to a call.
	 *
	 * @param \WP_Post $post The call.
	 */
	private static function read( $post ): array {
		$call = json_decode( (string) $post->post_content, true );
		return array_merge(
			array(
				'payload'  => array(),
				'attempts' => 0,
				'result'   => '',
			),
			is_array( $call ) ? $call : array()
		);
	}

	/**
	 * As JSON in which nothing looks like HTML: WordPress cleans contents by the rights of whoever happens to be signed in.
	 */
	private static function json( array $call ): string {
		return (string) wp_json_encode( $call, JSON_HEX_TAG | JSON_HEX_AMP | JSON_HEX_APOS | JSON_HEX_QUOT );
	}

	/**
	 * How a call stands.
	 */
	private static function write( int $id, string $status, array $call ): void {
		wp_update_post(
			array(
				'ID'           => $id,
				'post_status'  => $status,
				'post_content' => wp_slash( self::json( $call ) ),
			)
		);
	}

	/**
	 * Has a call done: by WooCommerce's Action Scheduler, else by WordPress' own.
	 */
	private static function schedule( int $id, int $seconds ): void {
		if ( function_exists( 'as_schedule_single_action' ) ) {
			as_schedule_single_action( time() + $seconds, self::HOOK, array( $id ), 'tresen' );
		} else {
			wp_schedule_single_event( time() + $seconds, self::HOOK, array( $id ) );
		}
	}

	/**
	 * A call that nobody heard stands with its order.
	 */
	private static function tell_order( int $order_id, string $kind ): void {
		$order = $order_id > 0 ? wc_get_order( $order_id ) : null;
		if ( $order ) {
			/* translators: %s: kind of a message to the service. */
			$order->add_order_note( sprintf( __( 'Tresen: “%s” could not be passed on. Why, and a button to try it again: under WooCommerce, Tresen, Log.', 'tresen' ), Words::call( $kind ) ) );
		}
	}
}
