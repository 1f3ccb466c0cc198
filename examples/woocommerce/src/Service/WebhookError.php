<?php
/**
 * A webhook that must not be trusted.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Nothing is done on it.
 */
final class WebhookError extends TresenError {
}
