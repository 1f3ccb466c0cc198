<?php
/**
 * Purchase on invoice, for consumers and for companies.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

/**
 * All methods of the kind `invoice`.
 */
final class Invoice extends Gateway {
	/**
	 * Under its id.
	 */
	public function __construct() {
		parent::__construct( 'tresen_invoice' );
	}

	/**
	 * What stands in its box.
	 */
	protected function default_description(): string {
		return __( 'You get the goods first and pay afterwards.', 'tresen' );
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
		return __( 'Your own invoice: your policy decides who gets it and up to what amount, Tresen follows it up to the last cent.', 'tresen' );
	}
}
