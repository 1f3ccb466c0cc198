<?php
/**
 * Puts the parts together and hooks them up.
 *
 * The layout, each folder about one thing; the arrows point from a part to what it knows:
 *
 *   Browser/, Gateways/, Admin/, Blocks*.php  →  Checkout/, Orders/  →  Facts/, Service/  →  Money
 *
 *   Service/    the HTTP service: Transport (interface), WordPressTransport, Client, Breaker, TokenVerifier, WebhookVerifier, CartHash
 *   Facts/      what the shop knows, as the service's facts: Fields (the one list of what leaves the shop), Purchase (a cart or an order), History
 *   Checkout/   Decider (session, preview, cache in the WooCommerce session), Decision (the answer), AvailableGateways (the filter),
 *               Wish (what the browser sends along), Confirmation (the decision that counts), Declines, Sentences
 *   Gateways/   one WC_Payment_Gateway per kind of method: tresen_invoice, tresen_pay_later, tresen_instalments, tresen_sepa_debit, tresen_prepayment
 *   Orders/     OrderRecord (our meta, by CRUD), Outbox with its store and scheduler, Flow (order events → outbox), Sync (service → order), PayLink
 *   Webhook/    Endpoint: POST /wp-json/tresen/v1/webhook
 *   Browser/    Proxy: /wp-json/tresen/v1/service/v1/… → the service; `Proxy::address()` is the `api` of <tresen-checkout> and <tresen-account>
 *   Admin/      Settings, Assistant, LogPage, Notices, Privacy
 *
 * What the front end may rely on (assets/, templates/, Blocks*.php):
 *
 *   Plugin::instance()->decider()->for_cart()    ?Decision of the current cart, null where the service does not answer
 *   $decision->method_for_gateway( 'tresen_invoice' )  the method's array as the service sent it, or null
 *   $decision->allows( 'tresen_invoice' )        offered, or incomplete (a birth date is missing)
 *   $decision->session()                         id for the `session` attribute
 *   Plugin::instance()->decider()->for_order( $order )  the same on the order-pay page
 *   Settings::publishable_key(), Proxy::address()
 *   $_POST['tresen_wish'], also as Store API payment_data under that key: JSON of the detail of the element's `tresen-confirm`:
 *     { method, amount: {minor, currency}, facts: {"customer.birth_date"?}, consents: [{id, version, text_hash, accepted_at}], plan?, browser_record? }
 *   Orders\PayLink::token( $order )              token for <tresen-account>, or null
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce;

/**
 * The plugin as one object, made once.
 */
final class Plugin {
	/**
	 * The one there is.
	 *
	 * @var Plugin|null
	 */
	private static $instance = null;

	/**
	 * The plugin.
	 *
	 * @return Plugin
	 */
	public static function instance() {
		if ( null === self::$instance ) {
			self::$instance = new self();
		}
		return self::$instance;
	}

	/**
	 * Hooks everything up, once WooCommerce is there.
	 */
	public function register() {
	}

	/**
	 * What is planned is no longer done once the plugin is switched off.
	 */
	public static function deactivate() {
	}
}
