<?php
/**
 * Direct debit.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

/**
 * All methods of the kind `sepa_debit`.
 */
final class SepaDebit extends Gateway {
	/**
	 * Under its id.
	 */
	public function __construct() {
		parent::__construct( 'tresen_sepa_debit' );
	}

	/**
	 * What stands in its box.
	 */
	protected function default_description(): string {
		return __( 'The amount is debited from your bank account.', 'tresen' );
	}

	/**
	 * The goods go out while the debit is under way.
	 */
	protected function first_status(): string {
		return 'processing';
	}

	/**
	 * What it is to the merchant.
	 */
	protected function told_to_merchant(): string {
		return __( 'Direct debit through the payment provider that is connected to your Tresen service.', 'tresen' );
	}
}
