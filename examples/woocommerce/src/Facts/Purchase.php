<?php
/**
 * What is about to be bought, as the service's facts: of a cart or of an order, by the same rules.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Facts;

use Tresen\WooCommerce\Money;
use Tresen\WooCommerce\Settings;

/**
 * A cart and an order say the same in different words; what follows from it is worked out here, once.
 */
abstract class Purchase {
	/**
	 * What an address is compared by.
	 */
	private const PLACE = array( 'address_1', 'address_2', 'postcode', 'city', 'country' );

	/**
	 * The states of Germany, as the service knows them.
	 */
	private const REGIONS = array( 'BB', 'BE', 'BW', 'BY', 'HB', 'HE', 'HH', 'MV', 'NI', 'NW', 'RP', 'SH', 'SL', 'SN', 'ST', 'TH' );

	private const CATEGORIES_MAX = 16;

	/**
	 * The currency, by its code.
	 */
	abstract public function currency(): string;

	/**
	 * What it costs in all without a fee of ours, in minor units.
	 */
	abstract public function total_minor(): int;

	/**
	 * How many pieces there are.
	 */
	abstract protected function item_count(): int;

	/**
	 * The ids of what is bought.
	 *
	 * @return int[]
	 */
	abstract protected function product_ids(): array;

	/**
	 * Whether something has to be sent.
	 */
	abstract protected function needs_shipping(): bool;

	/**
	 * The billing address, by WooCommerce's keys.
	 *
	 * @return string[]
	 */
	abstract public function billing(): array;

	/**
	 * The delivery address, by WooCommerce's keys.
	 *
	 * @return string[]
	 */
	abstract protected function shipping(): array;

	/**
	 * The ids of the ways of delivery that were chosen, such as `flat_rate`.
	 *
	 * @return string[]
	 */
	abstract protected function shipping_methods(): array;

	/**
	 * A VAT number, where a plugin asks for one.
	 */
	abstract protected function vat_number(): string;

	/**
	 * The number of the customer's account; 0 is a guest.
	 */
	abstract public function customer_id(): int;

	/**
	 * A number of this visit, for a guest.
	 */
	abstract public function visit(): string;

	/**
	 * An e-mail address, or none yet.
	 */
	abstract public function email(): string;

	/**
	 * Who a guest is to the service: this visit with this address. Whoever buys on the same device with another address is somebody else,
	 * and neither sees what the other owes.
	 */
	final public function guest(): string {
		$email = strtolower( trim( $this->email() ) );
		return is_email( $email ) ? $this->visit() . '-' . substr( hash( 'sha256', $this->visit() . '|' . $email ), 0, 16 ) : $this->visit();
	}

	/**
	 * The order that this is, 0 for a cart.
	 */
	public function order_id(): int {
		return 0;
	}

	/**
	 * What may also be known in a browser; what is not known is left out.
	 *
	 * @param string $birth_date What the shopper typed, if the policy asks for it.
	 */
	public function client_facts( string $birth_date = '' ): array {
		$billing  = $this->billing();
		$shipping = $this->needs_shipping() ? $this->shipping() : $billing;
		$facts    = array(
			'cart.total'               => Money::of_minor( $this->total_minor(), $this->currency() ),
			'cart.item_count'          => $this->item_count(),
			'cart.categories'          => $this->categories(),
			'cart.digital_only'        => ! $this->needs_shipping(),
			'customer.kind'            => $this->is_company() ? 'company' : 'consumer',
			'customer.birth_date'      => preg_match( '/^\d{4}-\d{2}-\d{2}$/', $birth_date ) ? $birth_date : null,
			'billing.country'          => self::country( $billing ),
			'billing.region'           => self::region( $billing ),
			'shipping.country'         => self::country( $shipping ),
			'shipping.same_as_billing' => self::is_same_place( $billing, $shipping ),
			'shipping.method'          => $this->needs_shipping() ? $this->handed_over( $shipping ) : null,
			'order.origin_channel'     => Channel::current(),
			'order.expected_delivery'  => self::expected_delivery(),
		);

		/**
		 * What the shop says to the service about what is being bought. Only facts that stand in `Fields` are sent.
		 *
		 * @since 0.1.0
		 * @param array    $facts Of the catalogue, and the policy's own under `custom.`.
		 * @param Purchase $this  A cart or an order.
		 */
		$facts = (array) apply_filters( 'tresen_facts', $facts, $this );
		return Fields::only_listed( $facts );
	}

	/**
	 * The shop's own keys of the categories, the ones above them too.
	 *
	 * @return string[]|null
	 */
	private function categories(): ?array {
		$slugs = array();
		foreach ( $this->product_ids() as $id ) {
			foreach ( wc_get_product_term_ids( $id, 'product_cat' ) as $term_id ) {
				foreach ( array_merge( array( $term_id ), get_ancestors( $term_id, 'product_cat' ) ) as $each ) {
					$term = get_term( $each, 'product_cat' );
					if ( $term instanceof \WP_Term ) {
						$slugs[ $term->slug ] = true;
					}
				}
			}
		}
		$slugs = array_map( 'strval', array_keys( $slugs ) );
		sort( $slugs );
		return array() === $slugs ? null : array_slice( $slugs, 0, self::CATEGORIES_MAX );
	}

	/**
	 * Whether a company buys. Many consumers write their employer into the field, so a shop may count the VAT number alone.
	 */
	private function is_company(): bool {
		$by         = Settings::get( 'company_by' );
		$is_company = '' !== trim( $this->vat_number() ) || ( 'company' === $by && '' !== trim( $this->billing()['company'] ?? '' ) );
		$is_company = 'never' !== $by && $is_company;

		/**
		 * Whether a company buys, for shops that ask in a way of their own.
		 *
		 * @since 0.1.0
		 * @param bool     $is_company What the fields say.
		 * @param Purchase $this       A cart or an order.
		 */
		return (bool) apply_filters( 'tresen_is_company', $is_company, $this );
	}

	/**
	 * A country, where there is one.
	 */
	private static function country( array $address ): ?string {
		$country = $address['country'] ?? '';
		return preg_match( '/^[A-Z]{2}$/', $country ) ? $country : null;
	}

	/**
	 * A German state. WooCommerce writes it as `DE-BE`.
	 */
	private static function region( array $address ): ?string {
		$state = preg_replace( '/^DE-/', '', $address['state'] ?? '' );
		return 'DE' === ( $address['country'] ?? '' ) && in_array( $state, self::REGIONS, true ) ? $state : null;
	}

	/**
	 * Whether two addresses are one place, however they are written. An address that is not filled in yet is the billing address.
	 */
	private static function is_same_place( array $billing, array $shipping ): bool {
		$written    = static function ( array $address ): string {
			$parts = array();
			foreach ( self::PLACE as $key ) {
				$parts[] = preg_replace( '/[\s.,-]+/u', '', mb_strtolower( str_ireplace( array( 'straße', 'strasse' ), 'str', $address[ $key ] ?? '' ), 'UTF-8' ) );
			}
			return implode( '|', $parts );
		};
		$has_street = '' !== trim( ( $shipping['address_1'] ?? '' ) . ( $shipping['postcode'] ?? '' ) . ( $shipping['city'] ?? '' ) );
		return ! $has_street || $written( $billing ) === $written( $shipping );
	}

	/**
	 * Where the parcel is handed over.
	 */
	private function handed_over( array $shipping ): string {
		foreach ( $this->shipping_methods() as $method ) {
			if ( in_array( $method, array( 'local_pickup', 'pickup_location' ), true ) ) {
				return 'store';
			}
		}
		$street = ( $shipping['address_1'] ?? '' ) . ' ' . ( $shipping['address_2'] ?? '' );
		if ( preg_match( '/\bpackstation\b/i', $street ) ) {
			return 'parcel_locker';
		}
		return preg_match( '/\b(postfiliale|paketshop|parcelshop)\b/i', $street ) ? 'pickup_point' : 'home';
	}

	/**
	 * The day on which the goods should arrive, where the merchant says how long that takes.
	 */
	private static function expected_delivery(): ?string {
		$days = Settings::get( 'delivery_days' );
		if ( ! is_numeric( $days ) || (int) $days < 0 ) {
			return null;
		}
		return current_datetime()->modify( '+' . (int) $days . ' days' )->format( 'Y-m-d' );
	}
}
