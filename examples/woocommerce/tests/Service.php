<?php
/**
 * The service as it is: the binary that TRESEN_BIN names, with a sandbox of its own in a temporary folder.
 */

namespace Tresen\Tests;

final class Service {
	/** @var resource */
	private $process;
	private $pipes = array();
	private $folder;
	/** @var string */
	public $url = '';
	/** @var array{tenant: string, publishable: string, secret: string} */
	public $keys = array();

	public static function start( string $at = '' ): self {
		if ( getenv( 'TRESEN_HELPER' ) ) {
			// Where PHP cannot start it, whoever runs the tests does: php/run.mjs.
			$service       = new self();
			$begun         = self::helper( '/service?at=' . rawurlencode( $at ) );
			$service->url  = $begun['url'];
			$service->keys = $begun['keys'];
			return $service;
		}
		$binary = getenv( 'TRESEN_BIN' );
		if ( ! $binary || ! is_executable( $binary ) ) {
			throw new \RuntimeException( 'TRESEN_BIN must name the built binary: cargo build -p tresen-cli' );
		}
		$service         = new self();
		$service->folder = sys_get_temp_dir() . '/tresen-woo-' . bin2hex( random_bytes( 6 ) );
		mkdir( $service->folder, 0700 );
		$in      = static function ( string $name ) use ( $service ): string {
			return $service->folder . '/' . $name;
		};
		$command = array( $binary, 'serve', '--listen', '127.0.0.1:0', '--sandbox', '--database', $in( 'tresen.sqlite' ), '--master-key-file', $in( 'master.key' ), '--sandbox-keys-file', $in( 'keys.json' ) );
		if ( '' !== $at ) {
			array_push( $command, '--sandbox-start', $at );
		}
		$service->process = proc_open( $command, array( array( 'file', '/dev/null', 'r' ), array( 'pipe', 'w' ), array( 'file', $in( 'log' ), 'w' ) ), $service->pipes );
		register_shutdown_function( array( $service, 'stop' ) );
		while ( ! feof( $service->pipes[1] ) ) {
			if ( preg_match( '/^listening on (\S+)$/', trim( (string) fgets( $service->pipes[1] ) ), $parts ) ) {
				$service->url  = $parts[1];
				$service->keys = json_decode( file_get_contents( $in( 'keys.json' ) ), true );
				return $service;
			}
		}
		throw new \RuntimeException( 'the service did not start: ' . file_get_contents( $in( 'log' ) ) );
	}

	/** What is done outside of this PHP. */
	public static function helper( string $path, array $said = array() ) {
		$curl = curl_init( getenv( 'TRESEN_HELPER' ) . $path );
		curl_setopt_array(
			$curl,
			array(
				CURLOPT_RETURNTRANSFER => true,
				CURLOPT_POSTFIELDS     => json_encode( $said ),
				CURLOPT_TIMEOUT        => 20,
			)
		);
		return json_decode( (string) curl_exec( $curl ), true );
	}

	public function stop(): void {
		if ( is_resource( $this->process ) ) {
			proc_terminate( $this->process );
			proc_close( $this->process );
			array_map( 'unlink', glob( $this->folder . '/*' ) );
			rmdir( $this->folder );
		}
	}
}
