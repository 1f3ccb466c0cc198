<?php
/**
 * Posts, as far as the outbox asks for them: found by type, status and name, the newest first where that is asked.
 */

final class Posts {
	/** @var stdClass[] */
	public static $all   = array();
	private static $last = 0;

	public static function reset(): void {
		self::$all  = array();
		self::$last = 0;
	}

	public static function next(): int {
		return ++self::$last;
	}
}

function wp_insert_post( $said ) {
	$id                = Posts::next();
	Posts::$all[ $id ] = (object) array_merge(
		array(
			'post_content' => '',
			'post_parent'  => 0,
		),
		$said,
		array(
			'ID'                => $id,
			'post_modified_gmt' => gmdate( 'Y-m-d H:i:s' ),
		)
	);
	// As WordPress does: what comes in is slashed, and a name is a slug.
	Posts::$all[ $id ]->post_content = stripslashes( Posts::$all[ $id ]->post_content );
	Posts::$all[ $id ]->post_name    = sanitize_title( Posts::$all[ $id ]->post_name );
	return $id;
}

function wp_update_post( $said ) {
	$post = Posts::$all[ $said['ID'] ];
	foreach ( $said as $name => $value ) {
		$post->$name = 'post_content' === $name ? stripslashes( $value ) : $value;
	}
	$post->post_modified_gmt = gmdate( 'Y-m-d H:i:s' );
	return $post->ID;
}

function get_post( $id ) {
	return isset( Posts::$all[ $id ] ) ? clone Posts::$all[ $id ] : null;
}

function wp_delete_post( $id ) {
	unset( Posts::$all[ $id ] );
}

function get_posts( $query ) {
	$found = array_filter(
		Posts::$all,
		static function ( $post ) use ( $query ) {
			return $post->post_type === $query['post_type']
				&& in_array( $post->post_status, (array) $query['post_status'], true )
				&& ( ! isset( $query['name'] ) || $post->post_name === sanitize_title( $query['name'] ) );
		}
	);
	$found = 'DESC' === ( $query['order'] ?? '' ) ? array_reverse( $found ) : $found;
	return array_slice( array_values( $found ), 0, $query['posts_per_page'] );
}
