<?php
/**
 * How a request leaves the shop.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * One request and its answer; tests send it without WordPress.
 */
interface Transport {
	/**
	 * Sends a request and waits for the answer. Redirects are not followed: they would carry the secret key to wherever they point.
	 *
	 * @param string[]    $headers By their names.
	 * @param string|null $body    Or none.
	 * @return array{status: int, headers: string[], body: string}
	 * @throws ConnectionError Where no answer comes.
	 */
	public function send( string $method, string $url, array $headers, $body, float $seconds ): array;
}
