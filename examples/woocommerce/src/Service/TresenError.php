<?php
/**
 * What can go wrong between the shop and the service.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Service;

/**
 * The base of all of them. A refusal is none: it is an answer with `outcome: refused`.
 */
class TresenError extends \RuntimeException {
	/**
	 * A name that never changes its meaning.
	 *
	 * @var string
	 */
	private $tresen_code;

	/**
	 * What to do about it.
	 *
	 * @var string
	 */
	private $help;

	/**
	 * An error under its code.
	 */
	public function __construct( string $code, string $message, string $help = '' ) {
		parent::__construct( $message );
		$this->tresen_code = $code;
		$this->help        = $help;
	}

	/**
	 * Its code, such as `facts.invalid`.
	 */
	public function code(): string {
		return $this->tresen_code;
	}

	/**
	 * What to do about it; may be empty.
	 */
	public function help(): string {
		return $this->help;
	}

	/**
	 * Whether the same again may succeed later.
	 */
	public function may_pass(): bool {
		return false;
	}
}
