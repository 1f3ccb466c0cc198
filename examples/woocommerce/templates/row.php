<?php
/**
 * The box of one gateway in classic checkout. What stands inside is shown until the widget is, and where it cannot be.
 *
 * @var string $gateway     The gateway's id.
 * @var string $description Its text.
 * @var array  $offer       What the page is told.
 * @var bool   $needs       Whether it cannot be ordered without the widget.
 * @var string $unavailable What is said then.
 *
 * @package Tresen\WooCommerce
 */

defined( 'ABSPATH' ) || exit;
?>
<div class="tresen-box" data-gateway="<?php echo esc_attr( $gateway ); ?>" data-offer="<?php echo esc_attr( wp_json_encode( $offer ) ); ?>"<?php echo $needs ? ' data-needs-widget="1"' : ''; ?> data-unavailable="<?php echo esc_attr( $unavailable ); ?>">
	<div><?php echo wp_kses_post( wpautop( $description ) ); ?></div>
</div>
