<?php
/**
 * The tests in a PHP without libsodium.
 */

require_once dirname( __DIR__ ) . '/bootstrap.php';
require_once dirname( __DIR__ ) . '/stand-ins/sodium.php';
