<?php
/**
 * A router for PHP's own server that writes down what comes, as it came: a shop that the service tells of what happens.
 */

$kept = array(
	'headers' => array_change_key_case( getallheaders() ),
	'body'    => file_get_contents( 'php://input' ),
);
file_put_contents( getenv( 'TRESEN_RECEIVED' ), json_encode( $kept ) . "\n", FILE_APPEND | LOCK_EX );
http_response_code( 202 );
