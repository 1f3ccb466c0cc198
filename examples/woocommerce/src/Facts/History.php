<?php
/**
 * What a customer has bought and paid before, from WooCommerce's own orders.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Orders\OrderRecord;

/**
 * Counted by the methods of orders, so it does not matter where they are stored. Of guests there is no history: an e-mail address
 * can be typed by anybody.
 *
 * The service has a ledger of its own and takes the larger of two counts, so an order that both know counts once.
 */
final class History {
	private const ORDERS_MAX = 300;
	private const PAID       = array( 'processing', 'completed', 'refunded' );
	private const DAY_S      = 86400;

	/**
	 * The facts about a customer's past; none for a guest.
	 *
	 * @param int $without An order that does not count, because it is the one that is decided on.
	 */
	public static function of( int $customer, string $currency, int $without, int $now ): array {
		if ( $customer <= 0 ) {
			return array();
		}
		$orders = wc_get_orders(
			array(
				'customer_id' => $customer,
				'type'        => 'shop_order',
				'status'      => array( 'pending', 'on-hold', 'processing', 'completed', 'refunded', 'failed' ),
				'limit'       => self::ORDERS_MAX,
				'orderby'     => 'date',
				'order'       => 'DESC',
				'exclude'     => $without > 0 ? array( $without ) : array(),
			)
		);
		return self::count( $orders, $currency, $now );
	}

	/**
	 * What follows from these orders.
	 *
	 * @param \WC_Order[] $orders Of one customer.
	 */
	public static function count( array $orders, string $currency, int $now ): array {
		$paid     = 0;
		$in_time  = 0;
		$total    = 0;
		$declines = 0;
		$recent   = 0;
		$amount   = 0;
		$since    = null;
		foreach ( $orders as $order ) {
			$created = $order->get_date_created();
			$placed  = $created ? $created->getTimestamp() : $now;
			if ( 'failed' === $order->get_status() ) {
				$changed   = $order->get_date_modified();
				$declines += $now - ( $changed ? $changed->getTimestamp() : $placed ) < 30 * self::DAY_S ? 1 : 0;
				continue;
			}
			if ( 'pending' === $order->get_status() ) {
				continue;
			}
			$since            = null === $since ? $placed : min( $since, $placed );
			$is_ours_in_money = $order->get_currency() === $currency;
			if ( $now - $placed < 7 * self::DAY_S ) {
				++$recent;
				$amount += $is_ours_in_money ? Money::minor( $order->get_total(), $currency ) : 0;
			}
			$paid_on = self::paid_on( $order );
			if ( '' === $paid_on || ! in_array( $order->get_status(), self::PAID, true ) ) {
				continue;
			}
			$kept = Money::minor( $order->get_total(), $order->get_currency() ) - Money::minor( $order->get_total_refunded(), $order->get_currency() );
			if ( $kept <= 0 ) {
				continue;
			}
			++$paid;
			$total += $is_ours_in_money ? $kept : 0;
			$due    = OrderRecord::of( $order )->due_date();
			if ( '' !== $due && $paid_on <= $due ) {
				++$in_time;
			}
		}
		return Fields::only_listed(
			array(
				'customer.known'           => null !== $since,
				'customer.since'           => null === $since ? null : wp_date( 'Y-m-d', $since ),
				'history.orders_paid'      => $paid,
				'history.paid_on_time'     => $in_time,
				'history.paid_total'       => Money::of_minor( $total, $currency ),
				'history.declines_30_days' => $declines,
				'history.orders_7_days'    => $recent,
				'history.amount_7_days'    => Money::of_minor( $amount, $currency ),
			)
		);
	}

	/**
	 * The day on which an order was paid, empty where it is not. Of one on account the ledger says so: WooCommerce takes it for paid
	 * once its goods may go out.
	 *
	 * @param \WC_Order $order The order.
	 */
	private static function paid_on( $order ): string {
		$record = OrderRecord::of( $order );
		if ( '' !== $record->receivable() ) {
			return $record->paid_on();
		}
		$paid_at = $order->get_date_paid();
		return $paid_at ? (string) wp_date( 'Y-m-d', $paid_at->getTimestamp() ) : '';
	}
}
