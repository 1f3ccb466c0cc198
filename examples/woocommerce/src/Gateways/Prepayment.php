<?php
/**
 * Payment in advance.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

/**
 * All methods of the kind `prepayment`.
 */
final class Prepayment extends Gateway {
	/**
	 * Under its id.
	 */
	public function __construct() {
		parent::__construct( 'tresen_prepayment' );
	}

	/**
	 * What stands in its box.
	 */
	protected function default_description(): string {
		return __( 'You transfer the amount first; then the goods are sent.', 'tresen' );
	}

	/**
	 * The money comes first.
	 */
	protected function first_status(): string {
		return 'on-hold';
	}

	/**
	 * What it is to the merchant.
	 */
	protected function told_to_merchant(): string {
		return __( 'Bears no credit risk: it is also offered while Tresen cannot be reached.', 'tresen' );
	}
}
