<?php
/**
 * A decision token that must not be trusted.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * Nothing is shipped on it.
 */
final class TokenError extends TresenError {
}
