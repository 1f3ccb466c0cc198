<?php
/**
 * Orders of WooCommerce, as far as the plugin asks them. `WC_DateTime` is a date.
 */

/** All orders there are. */
final class Orders {
	/** @var WC_Order[] */
	public static $all = array();
}

function wc_get_order( $id ) {
	return Orders::$all[ (int) $id ] ?? false;
}

/**
 * By what the plugin asks for: customer, status, meta. Both ways to store orders know `meta_key`; `meta_query` is passed over where orders are
 * posts, so here it is none.
 */
function wc_get_orders( $query ) {
	if ( isset( $query['meta_query'] ) ) {
		throw new LogicException( 'orders that are posts are not found by `meta_query`' );
	}
	$found = array();
	foreach ( Orders::$all as $order ) {
		if ( 'shop_order' === $order->type
			&& ( ! isset( $query['customer_id'] ) || $order->get_customer_id() === $query['customer_id'] )
			&& ( ! isset( $query['billing_email'] ) || $order->get_billing_email() === $query['billing_email'] )
			&& ( ! isset( $query['status'] ) || in_array( $order->get_status(), $query['status'], true ) )
			&& ! in_array( $order->get_id(), $query['exclude'] ?? array(), true )
			&& ( ! isset( $query['meta_key'] ) || $order->has_meta( $query['meta_key'], $query['meta_value'] ) ) ) {
			$found[] = $order;
		}
	}
	return array_slice( $found, 0, $query['limit'] );
}

class WC_Order {
	public $type  = 'shop_order';
	public $parts = array();
	public $items = array();
	public $notes = array();
	public $saved = 0;
	private $meta = array();

	public function __construct( $id, array $parts = array() ) {
		$this->parts        = $parts + array(
			'id'       => $id,
			'status'   => 'pending',
			'currency' => 'EUR',
			'total'    => '0',
			'customer' => 0,
			'billing'  => array(),
			'shipping' => array(),
			'refunded' => '0',
			'created'  => time(),
			'modified' => time(),
			'paid'     => null,
			'method'   => '',
			'shipped'  => true,
		);
		Orders::$all[ $id ] = $this;
	}
	public function get_id() {
		return $this->parts['id'];
	}
	public function get_order_number() {
		return (string) $this->parts['id'];
	}
	public function get_order_key() {
		return 'wc_order_' . $this->parts['id'];
	}
	public function get_status() {
		return $this->parts['status'];
	}
	public function has_status( $status ) {
		return in_array( $this->parts['status'], (array) $status, true );
	}
	public function is_paid() {
		return $this->has_status( array( 'processing', 'completed' ) );
	}
	public function get_currency() {
		return $this->parts['currency'];
	}
	public function get_total() {
		return $this->parts['total'];
	}
	public function get_amount() {
		return $this->parts['total'];
	}
	public function get_total_refunded() {
		return $this->parts['refunded'];
	}
	public function get_customer_id() {
		return $this->parts['customer'];
	}
	public function get_address( $kind ) {
		return $this->parts[ $kind ];
	}
	public function get_billing_email() {
		return $this->parts['billing']['email'] ?? '';
	}
	public function get_payment_method() {
		return $this->parts['method'];
	}
	public function needs_shipping() {
		return $this->parts['shipped'];
	}
	public function get_item_count() {
		return array_sum(
			array_map(
				static function ( $item ) {
					return 'line_item' === $item->get_type() ? $item->get_quantity() : 0;
				},
				$this->items
			)
		);
	}
	public function get_items( $types = 'line_item' ) {
		return array_filter(
			$this->items,
			static function ( $item ) use ( $types ) {
				return in_array( $item->get_type(), (array) $types, true );
			}
		);
	}
	private static function date( $at ) {
		return null === $at ? null : new DateTimeImmutable( '@' . $at );
	}
	public function get_date_created() {
		return self::date( $this->parts['created'] );
	}
	public function get_date_modified() {
		return self::date( $this->parts['modified'] );
	}
	public function get_date_paid() {
		return self::date( $this->parts['paid'] );
	}
	public function set_date_paid( $at ) {
		$this->parts['paid'] = $at;
	}
	public function set_date_modified( $at ) {
		$this->parts['modified'] = $at;
	}
	public function get_meta( $name, $single = true ) {
		if ( ! $single ) {
			return array_map(
				static function ( $value ) {
					return (object) array(
						'key'   => '',
						'value' => $value,
					);
				},
				$this->meta[ $name ] ?? array()
			);
		}
		return $this->meta[ $name ][0] ?? '';
	}
	public function update_meta_data( $name, $value ) {
		$this->meta[ $name ] = array( $value );
	}
	public function add_meta_data( $name, $value ) {
		$this->meta[ $name ][] = $value;
	}
	public function has_meta( $name, $value ) {
		return in_array( $value, $this->meta[ $name ] ?? array(), true );
	}
	public function add_order_note( $note ) {
		$this->notes[] = $note;
	}
	public function save() {
		++$this->saved;
	}
	public function update_status( $status, $note = '' ) {
		$this->parts['status'] = $status;
		$this->notes[]         = $note;
		// As WooCommerce does: whose goods may go out is taken for paid.
		$paid = apply_filters( 'woocommerce_payment_complete_order_status', 'processing', $this->get_id(), $this );
		if ( null === $this->parts['paid'] && ( $status === $paid || ( 'processing' === $paid && 'completed' === $status ) ) ) {
			$this->parts['paid'] = time();
		}
	}
	public function payment_complete( $transaction = '' ) {
		$this->parts['paid'] = time();
		$this->update_status( apply_filters( 'woocommerce_payment_complete_order_status', 'processing', $this->get_id(), $this ) );
	}
}

final class WC_Order_Refund extends WC_Order {
	public $type = 'shop_order_refund';
}

final class WC_Item {
	private $parts;
	public function __construct( array $parts ) {
		$this->parts = $parts + array(
			'type'     => 'line_item',
			'name'     => 'Vase',
			'quantity' => 1,
			'total'    => '0',
			'tax'      => '0',
			'product'  => 7,
			'method'   => 'flat_rate',
			'meta'     => array(),
		);
	}
	public function get_type() {
		return $this->parts['type'];
	}
	public function get_name() {
		return $this->parts['name'];
	}
	public function get_quantity() {
		return $this->parts['quantity'];
	}
	public function get_total() {
		return $this->parts['total'];
	}
	public function get_total_tax() {
		return $this->parts['tax'];
	}
	public function get_product_id() {
		return $this->parts['product'];
	}
	public function get_product() {
		return null;
	}
	public function get_method_id() {
		return $this->parts['method'];
	}
	public function get_meta( $name ) {
		return $this->parts['meta'][ $name ] ?? '';
	}
	public function add_meta_data( $name, $value ) {
		$this->parts['meta'][ $name ] = $value;
	}
}
