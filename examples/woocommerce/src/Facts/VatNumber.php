<?php
/**
 * Where plugins keep the VAT number of a customer or an order.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

/**
 * Germanized, German Market, EU VAT Number and Aelia, in that order; the block checkout's own fields begin with a name space.
 */
final class VatNumber {
	const KEYS = array(
		'_billing_vat_id',
		'billing_vat_id',
		'billing_vat',
		'_billing_vat',
		'_billing_vat_number',
		'_vat_number',
		'vat_number',
		'_wc_billing/woocommerce-germanized/vat_id',
	);
}
