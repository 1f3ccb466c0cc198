<?php
/**
 * What the service remarks about a policy, for a merchant.
 *
 * @package Tresen\WooCommerce
 */

namespace Tresen\WooCommerce\Admin;

/**
 * The service speaks to whoever writes the policy, in English and of places in a file. What a merchant can do something about is said
 * in their language; the rest comes behind it, as it is, for whoever looks after the policy.
 */
final class Remarks {
	/**
	 * The lines of these diagnostics: the merchant's own first, and only the errors among them as errors.
	 *
	 * @param array[] $diagnostics Of the service: `code`, `severity`, `at`, `message` and `help`.
	 * @return array[] Lines, each with `ok` and `text`.
	 */
	public static function lines( array $diagnostics ): array {
		$lines  = array();
		$rest   = array();
		$errors = array();
		foreach ( $diagnostics as $diagnostic ) {
			$is_error = 'error' === ( $diagnostic['severity'] ?? 'error' );
			$said     = self::said( (string) ( $diagnostic['code'] ?? '' ) );
			if ( $is_error ) {
				$errors[] = array(
					'ok'   => false,
					'text' => '' === $said ? self::told( $diagnostic ) : $said,
				);
			} elseif ( '' !== $said ) {
				$lines[] = array(
					'ok'   => null,
					'text' => $said,
				);
			} else {
				$rest[] = self::told( $diagnostic );
			}
		}
		if ( array() !== $rest ) {
			$lines[] = array(
				'ok'   => null,
				/* translators: %s: remarks of the service, in English. */
				'text' => sprintf( __( 'For whoever looks after the policy: %s', 'tresen' ), implode( ' · ', $rest ) ),
			);
		}
		return array_merge( $errors, $lines );
	}

	/**
	 * What a merchant can do something about; empty for everything else.
	 */
	private static function said( string $code ): string {
		switch ( $code ) {
			case 'policy.merchant.iban':
				return __( 'This IBAN is not right. Please check it once more.', 'tresen' );
			case 'policy.legal.registration_unchecked':
				return __( 'Nobody is named who checked the duty to register: invoice, pay later and instalments stay withheld until then.', 'tresen' );
			case 'policy.mandate.no_creditor_id':
				return __( 'Your SEPA creditor identifier is missing: direct debit is not offered until it is there.', 'tresen' );
			case 'policy.plans.credit':
				return __( 'Instalments are consumer credit. Have counsel say whether you may offer them.', 'tresen' );
			default:
				return '';
		}
	}

	/**
	 * As the service says it.
	 */
	private static function told( array $diagnostic ): string {
		return trim( ( $diagnostic['at'] ?? '' ) . ' ' . ( $diagnostic['message'] ?? '' ) ) . ( empty( $diagnostic['help'] ) ? '' : ' – ' . $diagnostic['help'] );
	}
}
