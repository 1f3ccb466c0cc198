<?php
/**
 * A method that Tresen decides and follows up, as WooCommerce knows methods.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Gateways;

use Tresen\WooCommerce\BlocksIntegration;
use Tresen\WooCommerce\Checkout\Outcome;
use Tresen\WooCommerce\Checkout\Sentences;
use Tresen\WooCommerce\Checkout\Wish;
use Tresen\WooCommerce\Orders\OrderRecord;
use Tresen\WooCommerce\Plugin;
use Tresen\WooCommerce\Settings;

/**
 * What all of them have in common; each says what it is called and in which status its orders begin.
 */
abstract class Gateway extends \WC_Payment_Gateway {
	/**
	 * What stands in its box, until the merchant says otherwise.
	 */
	abstract protected function default_description(): string;

	/**
	 * The status in which its orders begin: `processing` where the goods go out first, `on-hold` where the money comes first.
	 */
	abstract protected function first_status(): string;

	/**
	 * What it is to the merchant.
	 */
	abstract protected function told_to_merchant(): string;

	/**
	 * A gateway under its id.
	 */
	public function __construct( string $id ) {
		$name                     = Names::of_kind( Gateways::kind( $id ) );
		$this->id                 = $id;
		$this->has_fields         = true;
		$this->supports           = array( 'products' );
		$this->method_title       = 'Tresen: ' . $name;
		$this->method_description = $this->told_to_merchant();
		$this->init_form_fields();
		$this->init_settings();
		$this->enabled     = $this->get_option( 'enabled' );
		$this->title       = $this->said( 'title', $name );
		$this->description = $this->said( 'description', $this->default_description() );
		add_action( 'woocommerce_update_options_payment_gateways_' . $this->id, array( $this, 'process_admin_options' ) );
	}

	/**
	 * What the merchant may set. What is left empty is said in the language of the page.
	 */
	public function init_form_fields() {
		$name              = Names::of_kind( Gateways::kind( $this->id ) );
		$this->form_fields = array(
			'enabled'     => array(
				'title'   => __( 'Switched on', 'tresen' ),
				'type'    => 'checkbox',
				'label'   => $name,
				'default' => 'no',
			),
			'title'       => array(
				'title'       => __( 'Name in the checkout', 'tresen' ),
				'type'        => 'text',
				'placeholder' => $name,
				'default'     => '',
			),
			'description' => array(
				'title'       => __( 'Text in the checkout', 'tresen' ),
				'type'        => 'textarea',
				'placeholder' => $this->default_description(),
				'default'     => '',
			),
		);
	}

	/**
	 * Without a service there is nobody who decides.
	 */
	public function is_available() {
		return parent::is_available() && Settings::is_connected();
	}

	/**
	 * The box in classic checkout.
	 */
	public function payment_fields() {
		BlocksIntegration::row( $this->id );
	}

	/**
	 * Places the order: decided with its own figures, whatever page, script or request it came by.
	 *
	 * @param int $order_id The order.
	 */
	public function process_payment( $order_id ) {
		$order = wc_get_order( $order_id );
		if ( OrderRecord::of( $order )->is_ours() && $order->has_status( array( 'processing', 'completed', 'on-hold' ) ) ) {
			// The button was pressed twice, or the answer was lost: the order stands already.
			return array(
				'result'   => 'success',
				'redirect' => $this->get_return_url( $order ),
			);
		}
		$outcome = Plugin::instance()->confirmation()->place( $order, $this->id, Wish::posted() );
		if ( ! $outcome->is_placed() ) {
			$this->tell( $outcome, $order );
			return array( 'result' => 'failure' );
		}
		if ( '' !== $outcome->redirect() ) {
			$order->save();
			return array(
				'result'   => 'success',
				'redirect' => $outcome->redirect(),
			);
		}
		$this->placed( $order, $outcome );
		$shop = WC();
		if ( $shop && $shop->cart ) {
			$shop->cart->empty_cart();
		}
		return array(
			'result'   => 'success',
			'redirect' => $this->get_return_url( $order ),
		);
	}

	/**
	 * The order stands.
	 *
	 * @param \WC_Order $order The order.
	 */
	private function placed( $order, Outcome $outcome ): void {
		/**
		 * The status in which an order of this method begins.
		 *
		 * @since 0.1.0
		 * @param string    $status Without `wc-`.
		 * @param \WC_Order $order  The order.
		 */
		$status = (string) apply_filters( 'tresen_first_status', $this->first_status(), $order );
		$note   = Outcome::UNDECIDED === $outcome->state()
			? __( 'Tresen could not be asked; this method needs no decision.', 'tresen' )
			: OrderRecord::of( $order )->told();
		if ( (float) $order->get_total() > 0 ) {
			$order->update_status( $status, $note );
		} else {
			$order->payment_complete();
		}
	}

	/**
	 * The order does not stand: what to do, and what else there is.
	 *
	 * @param \WC_Order $order The order.
	 */
	private function tell( Outcome $outcome, $order ): void {
		$other = array();
		foreach ( WC()->payment_gateways()->get_available_payment_gateways() as $gateway ) {
			if ( $gateway->id !== $this->id ) {
				$other[] = wp_strip_all_tags( (string) $gateway->get_title() );
			}
		}
		$sentence = Outcome::UNREACHABLE === $outcome->state() ? Sentences::unreachable( $other ) : Sentences::refused( $outcome->codes(), $other );

		/**
		 * What the shopper reads where an order cannot be placed as wished.
		 *
		 * @since 0.1.0
		 * @param string    $sentence In the language of the page.
		 * @param string[]  $codes    The reasons, as the service sent them.
		 * @param \WC_Order $order    The order.
		 */
		wc_add_notice( (string) apply_filters( 'tresen_refusal_sentence', $sentence, $outcome->codes(), $order ), 'error' );
	}

	/**
	 * What the merchant has said, or what is said otherwise.
	 */
	private function said( string $name, string $otherwise ): string {
		$said = trim( (string) $this->get_option( $name ) );
		return '' === $said ? $otherwise : $said;
	}
}
