<?php
/**
 * Purchase in instalments.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

/**
 * All methods of the kind `instalments`.
 */
final class Instalments extends Gateway {
	/**
	 * Under its id.
	 */
	public function __construct() {
		parent::__construct( 'tresen_instalments' );
	}

	/**
	 * What stands in its box.
	 */
	protected function default_description(): string {
		return __( 'You pay in monthly instalments; all that belongs to it is shown before you order.', 'tresen' );
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
		return __( 'Instalments of your own. In most markets they are consumer credit: the customer is told all that the law asks for.', 'tresen' );
	}
}
