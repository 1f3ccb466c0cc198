<?php
/**
 * The service answered that it could not answer.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * The question was wrong, or cannot be answered now.
 */
final class ApiError extends TresenError {
	/**
	 * The HTTP status.
	 *
	 * @var int
	 */
	private $status;

	/**
	 * What is wrong with the question, one by one.
	 *
	 * @var array[]
	 */
	private $diagnostics;

	/**
	 * An error as the service sent it.
	 *
	 * @param array $error With `code`, `message`, and maybe `help` and `diagnostics`.
	 */
	public function __construct( int $status, array $error ) {
		parent::__construct( (string) $error['code'], (string) $error['message'], (string) ( $error['help'] ?? '' ) );
		$this->status      = $status;
		$this->diagnostics = is_array( $error['diagnostics'] ?? null ) ? $error['diagnostics'] : array();
	}

	/**
	 * The HTTP status.
	 */
	public function status(): int {
		return $this->status;
	}

	/**
	 * What is wrong with the question, one by one.
	 *
	 * @return array[]
	 */
	public function diagnostics(): array {
		return $this->diagnostics;
	}

	/**
	 * Too many at once, or trouble on its side; or a day that has begun in the shop's time zone and not yet in the service's.
	 */
	public function may_pass(): bool {
		return 429 === $this->status || $this->status >= 500 || 'delivery.in_future' === $this->code();
	}
}
