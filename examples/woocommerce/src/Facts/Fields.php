<?php
/**
 * Everything that leaves the shop: the one list of it.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

/**
 * What is not listed here is not sent. The settings show the list, the privacy policy takes it over, and a test compares it with
 * what really went out.
 *
 * The only recipient is the service at the address that the merchant has set; nothing is sent before an address is set.
 */
final class Fields {
	/**
	 * Facts that are not about the person, or that a browser may know as well.
	 */
	private const OF_THE_ORDER = array(
		'cart.total',
		'cart.item_count',
		'cart.categories',
		'cart.digital_only',
		'customer.kind',
		'customer.birth_date',
		'billing.country',
		'billing.region',
		'shipping.country',
		'shipping.same_as_billing',
		'shipping.method',
		'order.origin_channel',
		'order.expected_delivery',
	);

	/**
	 * Facts about a customer's past, of those who are signed in.
	 */
	private const OF_THE_PAST = array(
		'customer.known',
		'customer.since',
		'history.orders_paid',
		'history.paid_on_time',
		'history.paid_total',
		'history.declines_30_days',
		'history.orders_7_days',
		'history.amount_7_days',
	);

	/**
	 * Facts about the shop.
	 */
	private const OF_THE_SHOP = array( 'shop.providers' );

	/**
	 * What else stands in requests, by its place; `*` is any entry of a list.
	 */
	private const OF_REQUESTS = array(
		'customer.reference',
		'customer.guest_reference',
		'customer.signed_in',
		'customer.email',
		'locale',
		'address_form',
		'return_url',
		'order',
		'method',
		'amount',
		'cart.lines.*.sku',
		'cart.lines.*.name',
		'cart.lines.*.quantity',
		'cart.lines.*.amount',
		'consents.*.id',
		'consents.*.version',
		'consents.*.text_hash',
		'consents.*.accepted_at',
		'plan',
		'browser_record',
		'contact.name.given',
		'contact.name.family',
		'contact.address.*',
		'contact.phone',
		'reason',
		'payment',
		'url',
		'events.*',
		'provider',
		'reference',
		'value_date',
		'designated.*',
		'on',
		'receivable',
		'minutes',
	);

	/**
	 * Only what stands in the list, and is known. Facts of a policy's own begin with `custom.`: the merchant has declared them.
	 */
	public static function only_listed( array $facts ): array {
		$listed = array();
		foreach ( $facts as $name => $value ) {
			if ( null !== $value && self::is_fact( (string) $name ) ) {
				$listed[ $name ] = $value;
			}
		}
		return $listed;
	}

	/**
	 * Whether a fact may be sent.
	 */
	public static function is_fact( string $name ): bool {
		return in_array( $name, array_merge( self::OF_THE_ORDER, self::OF_THE_PAST, self::OF_THE_SHOP ), true ) || 1 === preg_match( '/^custom\.[a-z][a-z0-9_]*$/', $name );
	}

	/**
	 * Whether a field of a request may be sent, by its place, such as `cart.lines.*.sku`.
	 */
	public static function is_listed( string $place ): bool {
		return in_array( $place, self::OF_REQUESTS, true ) || ( 0 === strpos( $place, 'facts.' ) && self::is_fact( substr( $place, 6 ) ) );
	}

	/**
	 * The list for people: what, when, and why.
	 *
	 * @return array[] Each with `what`, `when` and `why`.
	 */
	public static function told(): array {
		$checkout = __( 'in the checkout, once something lies in the cart', 'tresen' );
		$order    = __( 'when an order is placed with a method that Tresen decides', 'tresen' );
		$after    = __( 'after such an order', 'tresen' );
		$row      = static function ( string $what, string $when, string $why ): array {
			return array(
				'what' => $what,
				'when' => $when,
				'why'  => $why,
			);
		};
		return array(
			$row( __( 'Total, number of pieces and categories of the cart, whether something is to be shipped', 'tresen' ), $checkout, __( 'limits and rules of your policy', 'tresen' ) ),
			$row( __( 'Country and German state, whether delivery and billing address are the same, where the parcel is handed over', 'tresen' ), $checkout, __( 'rules of your policy, public holidays for due dates', 'tresen' ) ),
			$row( __( 'Whether a company buys, through which channel the visitor came, the expected day of delivery', 'tresen' ), $checkout, __( 'rules of your policy, what time to pay is to the law', 'tresen' ) ),
			$row( __( 'The number of the customer account or a random number of the visit, the e-mail address, language and form of address', 'tresen' ), $checkout, __( 'to know what the customer still owes, and to speak to them rightly', 'tresen' ) ),
			$row( __( 'Whether the shop has a payment provider of its own', 'tresen' ), $checkout, __( 'so that methods of other plugins can stand under your policy', 'tresen' ) ),
			$row( __( 'Of customers who are signed in: since when they buy, how many orders they paid, how many in time, sums, failed payments of 30 days, orders of 7 days', 'tresen' ), $checkout, __( 'class and limits by your policy', 'tresen' ) ),
			$row( __( 'Date of birth, if your policy asks for it', 'tresen' ), $checkout, __( 'to keep credit from minors', 'tresen' ) ),
			$row( __( 'Order number, lines of the order with names and amounts, method, what was agreed to and when', 'tresen' ), $order, __( 'the binding decision, its proof, the claim, and what was in the order for whoever has something to say about it', 'tresen' ) ),
			$row( __( 'Name, billing address and telephone number', 'tresen' ), $order, __( 'invoices and reminders', 'tresen' ) ),
			$row( __( 'Amounts of refunds and cancellations', 'tresen' ), $after, __( 'so that nobody is asked for what is no longer owed', 'tresen' ) ),
			$row( __( 'The day on which an order was completed', 'tresen' ), $after, __( 'for times to pay that begin with the delivery', 'tresen' ) ),
		);
	}
}
