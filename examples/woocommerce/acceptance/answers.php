<?php
/**
 * What the accounts of a merchant with payment providers would answer, were they there: which ways to pay there are, and nothing beyond. A file of its own
 * among WordPress's must-use plugins; no request leaves the machine.
 *
 * @package Tresen\WooCommerce
 */

add_filter(
	'pre_http_request',
	static function ( $before, $asked, $url ) {
		$card    = array(
			'resource'      => 'method',
			'id'            => 'creditcard',
			'description'   => 'Karte',
			'status'        => 'activated',
			'minimumAmount' => array( 'value' => '0.01', 'currency' => 'EUR' ),
			'maximumAmount' => array( 'value' => '10000.00', 'currency' => 'EUR' ),
			'image'         => array( 'size1x' => '', 'size2x' => '', 'svg' => '' ),
			'_links'        => new stdClass(),
		);
		$answers = array(
			'#^https://api\.mollie\.com/v2/methods#'    => array( 'count' => 1, '_embedded' => array( 'methods' => array( $card ) ), '_links' => new stdClass() ),
			'#^https://api\.stripe\.com/v1/account$#'   => array( 'id' => 'acct_1', 'object' => 'account', 'country' => 'DE', 'default_currency' => 'eur', 'capabilities' => array( 'card_payments' => 'active' ), 'charges_enabled' => true, 'payouts_enabled' => true, 'details_submitted' => true ),
			'#^https://api\.playground\.klarna\.com/payments/v1/sessions#' => array( 'session_id' => 'session-1', 'client_token' => 'token-1', 'payment_method_categories' => array( array( 'identifier' => 'klarna', 'name' => 'Klarna' ) ) ),
		);
		foreach ( $answers as $pattern => $answer ) {
			if ( preg_match( $pattern, $url ) ) {
				return array( 'headers' => array(), 'body' => wp_json_encode( $answer ), 'response' => array( 'code' => 200, 'message' => 'OK' ), 'cookies' => array(), 'filename' => null );
			}
		}
		return $before;
	},
	10,
	3
);
