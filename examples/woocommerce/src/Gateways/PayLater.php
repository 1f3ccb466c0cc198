<?php
/**
 * More time to pay.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

/**
 * All methods of the kind `pay_later`.
 */
final class PayLater extends Gateway {
	/**
	 * Under its id.
	 */
	public function __construct() {
		parent::__construct( 'tresen_pay_later' );
	}

	/**
	 * What stands in its box.
	 */
	protected function default_description(): string {
		return __( 'You get the goods first and take more time to pay.', 'tresen' );
	}

	/**
	 * The goods go out first.
	 */
	protected function first_status(): string {
		return 'processing';
	}

	/**
	 * What it is to the merchant.
	 */
	protected function told_to_merchant(): string {
		return __( 'A longer term of your own, as far as your policy and the law of your market allow.', 'tresen' );
	}
}
