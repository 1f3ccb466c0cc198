<?php
/**
 * PHP 7.4 reads the plugin, and PHP 8.4 does not complain about it: also where no test comes by. php.mjs runs the tests themselves in both.
 */

namespace Tresen\Tests;

use PHPUnit\Framework\TestCase;

final class SyntaxTest extends TestCase {
	/** What came after 7.4, or goes with 8.4, as it looks in code without its texts and comments. */
	private const PATTERNS = array(
		'a function of PHP 8 that WordPress does not bring along' => '/(?<!->|::|function )\b(array_is_list|array_find|array_any|array_all|json_validate|mb_trim|mb_str_pad|mb_ucfirst|get_debug_type|fdiv|get_resource_id)\s*\(/',
		'a parameter that is null without saying so'  => '/[(,]\s*(?!\?|mixed )[A-Za-z_\\\\]+ \$\w+ = null\b/',
		'a union of types'                            => '/[(,]\s*\??[A-Za-z_\\\\]+\|[A-Za-z_\\\\|]+ \$\w+|\)\s*:\s*\??\w+\|\w+/',
		'a type of PHP 8'                             => '/\)\s*:\s*\??(mixed|static|never)\b|[(,]\s*mixed \$/',
		'a property made by the constructor'          => '/__construct\([^)]*\b(public|private|protected) /',
		'a catch without a variable'                  => '/\bcatch\s*\(\s*[\\\\\w|\s]+\)/',
		'a list of parameters that ends with a comma' => '/function\s*\w*\s*\([^()]*,\s*\)/',
		'a function as a value'                       => '/\w\(\s*\.\.\.\s*\)/',
		'a name of an argument'                       => '/[(,]\s*[a-z_]+:\s(?!:)/',
		'a throw as a value'                          => '/(\?\?|\?:|=>|=)\s*throw\b/',
		'a dollar brace in a text'                    => '/"[^"]*\$\{/',
	);

	/** Words that are new in PHP 8, as PHP itself reads them. */
	private const TOKENS = array( 'T_MATCH', 'T_ENUM', 'T_READONLY', 'T_NULLSAFE_OBJECT_OPERATOR', 'T_ATTRIBUTE' );

	public static function found( string $source ): array {
		$code  = '';
		$found = array();
		try {
			$tokens = token_get_all( $source, TOKEN_PARSE );
		} catch ( \ParseError $error ) {
			return array( $error->getMessage() );
		}
		foreach ( $tokens as $token ) {
			$name = is_array( $token ) ? token_name( $token[0] ) : '';
			if ( in_array( $name, self::TOKENS, true ) ) {
				$found[] = $name;
			}
			$is_text = in_array( $name, array( 'T_COMMENT', 'T_DOC_COMMENT', 'T_CONSTANT_ENCAPSED_STRING', 'T_INLINE_HTML' ), true );
			$code   .= $is_text ? "''" : ( is_array( $token ) ? $token[1] : $token );
		}
		foreach ( self::PATTERNS as $what => $pattern ) {
			if ( preg_match( $pattern, $code, $parts ) ) {
				$found[] = $what . ': ' . $parts[0];
			}
		}
		return $found;
	}

	public function test_php_7_4_to_8_4_take_the_plugin(): void {
		$root  = dirname( __DIR__ );
		$files = array_merge( glob( $root . '/*.php' ), glob( $root . '/src/*.php' ), glob( $root . '/src/*/*.php' ), glob( $root . '/templates/*.php' ) );
		$this->assertGreaterThan( 50, count( $files ) );
		foreach ( $files as $file ) {
			$this->assertSame( array(), self::found( file_get_contents( $file ) ), $file );
		}
	}

	public function test_planted_novelties_are_found(): void {
		foreach ( array(
			'$a = match ( $b ) { 1 => 2 };',
			'$a = $b?->c;',
			// To PHP 7 that is a comment.
			PHP_VERSION_ID < 80000 ? '$a = $b?->c();' : '#[A] function f() {}',
			'$a = array_is_list( $b );',
			'function f( array $a = null ) {}',
			'function f( int|string $a ) {}',
			'function f(): int|string {}',
			'function f(): static {}',
			'function f( mixed $a ) {}',
			'class A { function __construct( private int $a ) {} }',
			'try { f(); } catch ( E ) {}',
			'function f( $a, ) {}',
			'$a = strlen(...);',
			'f( name: 1 );',
			'$a = $b ?? throw new E();',
			'$a = "x${b}";',
		) as $code ) {
			$this->assertNotSame( array(), self::found( '<?php ' . $code ), $code );
		}
		$this->assertSame( array(), self::found( '<?php function f( ?array $a = null, int ...$b ): ?string { return $a ? strlen( "x{$b}" ) : null; } // match( f(...)' ) );
	}
}
