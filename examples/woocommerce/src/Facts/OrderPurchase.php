<?php
/**
 * An order that is about to be paid for.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

use Tresen\WooCommerce\Checkout\Fee;
use Tresen\WooCommerce\Money;

/**
 * What an order says, by its own methods: so it does not matter where orders are stored.
 */
final class OrderPurchase extends Purchase {
	/**
	 * The order.
	 *
	 * @var \WC_Order
	 */
	private $order;

	/**
	 * An order.
	 */
	public function __construct( $order ) {
		$this->order = $order;
	}

	/**
	 * The order itself.
	 *
	 * @return \WC_Order
	 */
	public function order() {
		return $this->order;
	}

	/**
	 * The order's number in WooCommerce.
	 */
	public function order_id(): int {
		return (int) $this->order->get_id();
	}

	/**
	 * The order's own currency.
	 */
	public function currency(): string {
		return (string) $this->order->get_currency();
	}

	/**
	 * What it costs in all, without a fee of ours.
	 */
	public function total_minor(): int {
		return Money::minor( $this->order->get_total(), $this->currency() ) - Fee::minor_in_order( $this->order );
	}

	/**
	 * How many pieces there are.
	 */
	protected function item_count(): int {
		return (int) $this->order->get_item_count();
	}

	/**
	 * The ids of what is bought.
	 */
	protected function product_ids(): array {
		$ids = array();
		foreach ( $this->order->get_items() as $item ) {
			$ids[] = (int) $item->get_product_id();
		}
		return array_values( array_unique( array_filter( $ids ) ) );
	}

	/**
	 * Whether something has to be sent.
	 */
	protected function needs_shipping(): bool {
		if ( method_exists( $this->order, 'needs_shipping' ) ) {
			return (bool) $this->order->needs_shipping();
		}
		return array() !== $this->order->get_items( 'shipping' );
	}

	/**
	 * The billing address.
	 */
	public function billing(): array {
		return (array) $this->order->get_address( 'billing' );
	}

	/**
	 * The delivery address.
	 */
	protected function shipping(): array {
		return (array) $this->order->get_address( 'shipping' );
	}

	/**
	 * The ways of delivery.
	 */
	protected function shipping_methods(): array {
		$methods = array();
		foreach ( $this->order->get_items( 'shipping' ) as $item ) {
			$methods[] = (string) $item->get_method_id();
		}
		return $methods;
	}

	/**
	 * Where plugins keep a VAT number.
	 */
	protected function vat_number(): string {
		foreach ( VatNumber::KEYS as $key ) {
			$number = $this->order->get_meta( $key );
			if ( is_string( $number ) && '' !== $number ) {
				return $number;
			}
		}
		return '';
	}

	/**
	 * Whose account it is, where it is the visitor's own: an order that somebody else pays for tells nothing of the customer's past.
	 */
	public function customer_id(): int {
		$customer = (int) $this->order->get_customer_id();
		return $customer > 0 && get_current_user_id() === $customer ? $customer : 0;
	}

	/**
	 * A number that means nothing outside of this order; of a cart that became this order, the cart's.
	 */
	public function visit(): string {
		$shop    = WC();
		$session = $shop ? $shop->session : null;
		$visit   = $session ? $session->get( 'tresen_visit' ) : null;
		return is_string( $visit ) && '' !== $visit ? $visit : 'order-' . substr( hash( 'sha256', $this->order->get_id() . '|' . $this->order->get_order_key() ), 0, 32 );
	}

	/**
	 * The order's e-mail address.
	 */
	public function email(): string {
		return (string) $this->order->get_billing_email();
	}

	/**
	 * What was bought, as the service hashes it: lines that sum to the total, without a fee of ours.
	 */
	public function cart(): array {
		$currency = $this->currency();
		$lines    = array();
		foreach ( $this->order->get_items( array( 'line_item', 'shipping', 'fee' ) ) as $item ) {
			if ( Fee::is_ours( $item ) ) {
				continue;
			}
			$minor = Money::minor( (float) $item->get_total() + (float) $item->get_total_tax(), $currency );
			$type  = $item->get_type();
			if ( 0 === $minor && 'line_item' !== $type ) {
				continue;
			}
			$lines[] = array(
				'sku'      => 'line_item' === $type ? self::sku( $item ) : $type,
				'name'     => self::clean( (string) $item->get_name(), 200 ),
				'quantity' => max( 1, (int) ceil( (float) $item->get_quantity() ) ),
				'amount'   => Money::of_minor( $minor, $currency ),
			);
		}
		// Taxes may be rounded once for the order: then the lines are a cent beside the total, and the cent is said.
		$rest = $this->total_minor() - array_sum( array_column( array_column( $lines, 'amount' ), 'minor' ) );
		if ( 0 !== $rest ) {
			// Gift cards of other plugins lower the total without a line: that is more than a cent a line.
			$is_rounding = abs( $rest ) <= count( $lines );
			$lines[]     = array(
				'sku'      => $is_rounding ? 'rounding' : 'other',
				'name'     => $is_rounding ? __( 'Rounding', 'tresen' ) : __( 'Gift cards and other amounts', 'tresen' ),
				'quantity' => 1,
				'amount'   => Money::of_minor( $rest, $currency ),
			);
		}
		return array(
			'lines' => $lines,
			'total' => Money::of_minor( $this->total_minor(), $currency ),
		);
	}

	/**
	 * To whom what is owed is written.
	 */
	public function contact(): array {
		$billing = $this->billing();
		$lines   = array(
			$billing['company'] ?? '',
			$billing['address_1'] ?? '',
			$billing['address_2'] ?? '',
			trim( ( $billing['postcode'] ?? '' ) . ' ' . ( $billing['city'] ?? '' ) ),
			self::country_line( (string) ( $billing['country'] ?? '' ) ),
		);
		$contact = array(
			'name'    => array(
				'given'  => self::clean( (string) ( $billing['first_name'] ?? '' ), 100 ),
				'family' => self::clean( (string) ( $billing['last_name'] ?? '' ), 100 ),
			),
			'address' => array_values(
				array_filter(
					array_map(
						static function ( $line ) {
							return self::clean( (string) $line, 100 );
						},
						$lines
					)
				)
			),
		);
		$phone   = self::clean( (string) ( $billing['phone'] ?? '' ), 30 );
		if ( '' === $contact['name']['given'] && '' === $contact['name']['family'] ) {
			unset( $contact['name'] );
		}
		return '' === $phone ? $contact : $contact + array( 'phone' => $phone );
	}

	/**
	 * A country has a line of its own only abroad.
	 */
	private static function country_line( string $country ): string {
		$shop = WC();
		if ( '' === $country || ! $shop || $country === $shop->countries->get_base_country() ) {
			return '';
		}
		return (string) ( $shop->countries->countries[ $country ] ?? $country );
	}

	/**
	 * The product's own number, or WooCommerce's.
	 */
	private static function sku( $item ): string {
		$product = $item->get_product();
		$sku     = $product ? (string) $product->get_sku() : '';
		return self::clean( '' === $sku ? (string) $item->get_product_id() : $sku, 100 );
	}

	/**
	 * A text of one line, no longer than that.
	 */
	private static function clean( string $text, int $length ): string {
		$text = preg_replace( '/[\x{0000}-\x{001F}\x{007F}-\x{009F}]+/u', ' ', wp_check_invalid_utf8( wp_strip_all_tags( $text ) ) );
		return mb_substr( trim( (string) $text ), 0, $length, 'UTF-8' );
	}
}
