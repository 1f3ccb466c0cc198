<?php
/**
 * Where the widget tells which methods are not offered, why, and what brings them back.
 *
 * @var array $offer What the page is told.
 *
 * @package Tresen\WooCommerce
 */

defined( 'ABSPATH' ) || exit;
?>
<div class="tresen-why" data-offer="<?php echo esc_attr( wp_json_encode( $offer ) ); ?>"></div>
