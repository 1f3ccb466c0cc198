<?php
/**
 * Nothing of the plugin stays: options, transients, plans, calls, its part of visits, and what it kept with orders and customers.
 *
 * Notes of orders stay: they are the shop's record. What the service knows stays there: it is the ledger, and claims do not end with a plugin.
 *
 * @package Tresen\WooCommerce
 */

defined( 'WP_UNINSTALL_PLUGIN' ) || exit;

require_once __DIR__ . '/src/Autoload.php';

\Tresen\WooCommerce\Admin\Uninstall::run();
