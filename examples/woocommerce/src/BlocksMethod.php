<?php
/**
 * A gateway of ours, as the block checkout knows it.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

use Automattic\WooCommerce\Blocks\Payments\Integrations\AbstractPaymentMethodType;

/**
 * One for each gateway; one script registers all of them.
 */
final class BlocksMethod extends AbstractPaymentMethodType {
	/**
	 * The gateway.
	 *
	 * @var \WC_Payment_Gateway
	 */
	private $gateway;

	/**
	 * The method of a gateway.
	 *
	 * @param \WC_Payment_Gateway $gateway The gateway.
	 */
	public function __construct( $gateway ) {
		$this->gateway = $gateway;
		$this->name    = $gateway->id;
	}

	/**
	 * Nothing is read: the gateway has read its own settings.
	 */
	public function initialize() {
	}

	/**
	 * Whether the merchant has switched it on.
	 *
	 * @return bool
	 */
	public function is_active() {
		return 'yes' === $this->gateway->enabled;
	}

	/**
	 * The script that registers it.
	 *
	 * @return string[]
	 */
	public function get_payment_method_script_handles() {
		return array( 'tresen-blocks' );
	}

	/**
	 * What stands in the list, and in the box before the widget does.
	 *
	 * @return array
	 */
	public function get_payment_method_data() {
		return array(
			'id'          => $this->gateway->id,
			'title'       => $this->gateway->get_title(),
			'description' => wp_strip_all_tags( (string) $this->gateway->get_description() ),
			'supports'    => array_values( array_filter( $this->gateway->supports, array( $this->gateway, 'supports' ) ) ),
		);
	}
}
