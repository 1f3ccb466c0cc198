<?php
/**
 * No answer came.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * The service is down or too slow, or what came back is not its JSON.
 */
final class ConnectionError extends TresenError {
	/**
	 * Later it may be there again.
	 */
	public function may_pass(): bool {
		return true;
	}
}
