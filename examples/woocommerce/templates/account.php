<?php
/**
 * What is owed for orders, and how it is paid. What stands inside an element is shown until the view is, and where it cannot be.
 *
 * @var string[] $tokens    Of the accounts.
 * @var bool     $is_a_page Whether they are all that stands on the page.
 * @var string   $api       Where the elements ask.
 * @var string   $widget    Where the widget's files are.
 * @var string   $clothes   The script that dresses them as the page is.
 * @var string   $form      How a person is spoken to, `du` or `sie`.
 * @var string   $locale    The language.
 *
 * @package Tresen\WooCommerce
 */

defined( 'ABSPATH' ) || exit;

if ( $is_a_page && empty( $tokens ) ) {
	wc_print_notice( esc_html__( 'There is nothing to pay here: you have no orders on invoice.', 'tresen' ), 'notice' );
}
foreach ( $tokens as $token ) :
	?>
	<section class="tresen-account" data-widget="<?php echo esc_url( $widget ); ?>" data-clothes="<?php echo esc_url( $clothes ); ?>">
		<tresen-account token="<?php echo esc_attr( $token ); ?>" api="<?php echo esc_url( $api ); ?>" locale="<?php echo esc_attr( $locale ); ?>" address-form="<?php echo esc_attr( $form ); ?>">
			<p><?php esc_html_e( 'How this order is paid stands in the e-mail with your invoice.', 'tresen' ); ?></p>
		</tresen-account>
	</section>
	<?php
endforeach;
