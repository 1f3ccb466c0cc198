// A real shop in a folder: WordPress, WooCommerce, the plugin and the service with its sandbox. None of the foreign parts is in this repository.

import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { createTresen } from '../../../js/src/server.js';
import { startSandbox } from '../../../js/src/command/sandbox.js';
import { startProvider } from '../../shop/server/provider.js';
import { contents } from '../build.mjs';

const HERE = fileURLToPath(new URL('.', import.meta.url));
const REPOSITORY = join(HERE, '../../..');
const READY_MS = 60000;

export const PLUGIN = 'tresen-woocommerce';

/** A port that nobody listens on. */
async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Runs PHP; what it prints, or what went wrong. */
export async function php(args, { input = '', env = {} } = {}) {
  const child = spawn('php', ['-d', 'memory_limit=768M', ...args], { stdio: ['pipe', 'pipe', 'pipe'], env: { ...process.env, ...env } });
  let [out, error] = ['', ''];
  child.stdout.on('data', (piece) => (out += piece));
  child.stderr.on('data', (piece) => (error += piece));
  child.stdin.end(input);
  const [code] = await once(child, 'close');
  if (code !== 0) throw new Error(`php ${args.join(' ')} ended with ${code}\n${out}\n${error}`);
  return out;
}

const config = ({ url, mysql, hosts }) => `<?php
define( 'DB_NAME', '${mysql?.database ?? 'shop'}' );
define( 'DB_USER', '${mysql?.user ?? ''}' );
define( 'DB_PASSWORD', '${mysql?.password ?? ''}' );
define( 'DB_HOST', '${mysql?.host ?? ''}' );
define( 'DB_CHARSET', 'utf8mb4' );
define( 'DB_COLLATE', '' );
${['AUTH_KEY', 'SECURE_AUTH_KEY', 'LOGGED_IN_KEY', 'NONCE_KEY', 'AUTH_SALT', 'SECURE_AUTH_SALT', 'LOGGED_IN_SALT', 'NONCE_SALT'].map((name) => `define( '${name}', '${randomBytes(24).toString('hex')}' );`).join('\n')}
$table_prefix = 'wp_';
define( 'WP_HOME', '${url}' );
define( 'WP_SITEURL', '${url}' );
define( 'WP_DEBUG', true );
define( 'WP_DEBUG_LOG', __DIR__ . '/php-errors.log' );
define( 'WP_DEBUG_DISPLAY', false );
define( 'DISABLE_WP_CRON', true );
define( 'AUTOMATIC_UPDATER_DISABLED', true );
define( 'WP_AUTO_UPDATE_CORE', false );
define( 'WP_HTTP_BLOCK_EXTERNAL', true );
define( 'WP_ACCESSIBLE_HOSTS', '${hosts}' );
define( 'WP_MEMORY_LIMIT', '512M' );
if ( ! defined( 'ABSPATH' ) ) { define( 'ABSPATH', __DIR__ . '/' ); }
require_once ABSPATH . 'wp-settings.php';
`;

/** Files as they are; what the service has for browsers and providers, from the service; everything else is WordPress: what a web server does. */
const ROUTER = `<?php
$path = parse_url( $_SERVER['REQUEST_URI'], PHP_URL_PATH );
if ( 1 === preg_match( '#^/(sandbox|pay|v1)/#', $path ) ) {
	$headers = array();
	foreach ( getallheaders() as $name => $value ) {
		if ( preg_match( '/^(content-type|accept.*|webhook-.*)$/i', $name ) ) { $headers[] = $name . ': ' . $value; }
	}
	$service = curl_init( trim( file_get_contents( __DIR__ . '/../service/address' ) ) . $_SERVER['REQUEST_URI'] );
	curl_setopt_array( $service, array( CURLOPT_RETURNTRANSFER => true, CURLOPT_HTTPHEADER => $headers, CURLOPT_CUSTOMREQUEST => $_SERVER['REQUEST_METHOD'], CURLOPT_POSTFIELDS => 'POST' === $_SERVER['REQUEST_METHOD'] ? file_get_contents( 'php://input' ) : null ) );
	$page = curl_exec( $service );
	http_response_code( curl_getinfo( $service, CURLINFO_RESPONSE_CODE ) );
	header( 'content-type: ' . curl_getinfo( $service, CURLINFO_CONTENT_TYPE ) );
	if ( curl_getinfo( $service, CURLINFO_REDIRECT_URL ) ) { header( 'location: ' . curl_getinfo( $service, CURLINFO_REDIRECT_URL ) ); }
	echo $page;
	return true;
}
$file = __DIR__ . $path;
if ( is_dir( $file ) && is_file( rtrim( $file, '/' ) . '/index.php' ) ) { $file = rtrim( $file, '/' ) . '/index.php'; $_SERVER['SCRIPT_NAME'] = rtrim( $path, '/' ) . '/index.php'; $_SERVER['PHP_SELF'] = $_SERVER['SCRIPT_NAME']; }
if ( '/' !== $path && is_file( $file ) ) {
	if ( '.php' === substr( $file, -4 ) ) { $_SERVER['SCRIPT_FILENAME'] = $file; chdir( dirname( $file ) ); require $file; return true; }
	return false;
}
$_SERVER['SCRIPT_NAME'] = '/index.php';
$_SERVER['PHP_SELF'] = '/index.php';
require __DIR__ . '/index.php';
`;

/** Puts the plugin into a shop: what is in the zip, and nothing else. */
export function putPlugin(root) {
  const plugins = join(root, 'wp-content/plugins');
  rmSync(join(plugins, PLUGIN), { recursive: true, force: true });
  for (const [name, bytes] of contents()) {
    mkdirSync(dirname(join(plugins, name)), { recursive: true });
    writeFileSync(join(plugins, name), bytes);
  }
}

/**
 * Builds the shop. `wordpress`, `woocommerce` and `sqlite` are folders of released versions; without `mysql` the shop lives in a SQLite file.
 * `permalinks`: how addresses are made, empty for parameters alone. `hasProvider`: a payment provider to practise with runs beside the service. `others`: plugins that are there before ours, each a folder with the name
 * that it is installed under and its first file. `answers`: a file of PHP with what the accounts of others would answer, were they there.
 *
 * @param {{ folder: string, wordpress: string, woocommerce: string, sqlite?: string, mysql?: object, theme?: string, hpos?: boolean, permalinks?: string, policy?: string, binary: string, port?: number, hasProvider?: boolean, others?: { folder: string, plugin: string }[], answers?: string }} options
 */
export async function openShop({ folder, wordpress, woocommerce, sqlite, mysql, theme, languages, language = 'de_DE_formal', hpos = true, permalinks = '/%postname%/', policy = join(REPOSITORY, 'examples/policies/de-own-invoice.json'), binary, port: wanted, publicUrl, hasProvider = false, others = [], answers, isInstalled = true, isSetUp = isInstalled }) {
  rmSync(folder, { recursive: true, force: true });
  const root = join(folder, 'shop');
  mkdirSync(join(folder, 'service'), { recursive: true });
  cpSync(wordpress, root, { recursive: true });
  const content = join(root, 'wp-content');
  cpSync(woocommerce, join(content, 'plugins/woocommerce'), { recursive: true });
  if (theme) cpSync(theme, join(content, 'themes/storefront'), { recursive: true });
  for (const other of others) cpSync(other.folder, join(content, 'plugins', dirname(other.plugin)), { recursive: true });
  if (answers) cpSync(answers, join(content, 'mu-plugins/answers.php'));
  if (languages) cpSync(languages, join(content, 'languages'), { recursive: true });
  if (!mysql) {
    cpSync(sqlite, join(content, 'plugins/sqlite-database-integration'), { recursive: true });
    const dropIn = readFileSync(join(sqlite, 'db.copy'), 'utf8')
      .replaceAll('{SQLITE_IMPLEMENTATION_FOLDER_PATH}', join(content, 'plugins/sqlite-database-integration'))
      .replaceAll('{SQLITE_PLUGIN}', 'sqlite-database-integration/load.php');
    writeFileSync(join(content, 'db.php'), dropIn);
  }
  const port = wanted ?? (await freePort());
  const url = `http://127.0.0.1:${port}`;
  writeFileSync(join(root, 'wp-config.php'), config({ url, mysql, hosts: '127.0.0.1' }));
  writeFileSync(join(root, 'router.php'), ROUTER);
  if (isInstalled) putPlugin(root);

  const errors = () => (existsSync(join(root, 'php-errors.log')) ? readFileSync(join(root, 'php-errors.log'), 'utf8') : '');
  const run = (step, more = {}) =>
    php([join(HERE, 'setup.php'), root, step, JSON.stringify({ hpos, permalinks, plugin: `${PLUGIN}/tresen.php`, ...more })]).catch((error) => {
      throw new Error(`${error.message}\n${errors()}`, { cause: error });
    });
  await run('install');
  await run('woocommerce');
  const shop = JSON.parse((await run('shop')).trim().split('\n').at(-1));
  await run('language', { language });
  for (const { plugin } of others) await run('activate', { plugin });
  if (isInstalled) await run('activate');
  const serviceFolder = join(folder, 'service');
  const people = JSON.parse(readFileSync(join(REPOSITORY, 'js/dist/dev/people.json'), 'utf8'));
  const provider = hasProvider ? await startProvider({ binary, folder: serviceFolder, log: process.stderr }) : undefined;
  const service = await startSandbox({ binary, folder: serviceFolder, people, publicUrl: publicUrl ?? url, parameters: provider?.parameters });
  writeFileSync(join(serviceFolder, 'address'), service.url);
  const tresen = createTresen({ secretKey: service.keys.secret, api: service.url });
  if (isSetUp) {
    await tresen.policies.create(JSON.parse(readFileSync(policy, 'utf8')));
    const { publishable, secret, tenant } = service.keys;
    await run('connect', { connection: { address: service.url, secret_key: secret, publishable_key: publishable, tenant, sandbox: true } });
  }

  const log = join(folder, 'server.log');
  const server = spawn('php', ['-d', 'memory_limit=768M', '-d', 'upload_max_filesize=32M', '-d', 'post_max_size=32M', '-S', `127.0.0.1:${port}`, '-t', root, join(root, 'router.php')], {
    env: { ...process.env, PHP_CLI_SERVER_WORKERS: '5' },
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  const lines = [];
  server.stderr.on('data', (piece) => lines.push(piece));
  const stop = async () => {
    writeFileSync(log, Buffer.concat(lines));
    process.kill(-server.pid, 'SIGTERM');
    await service.stop().catch(() => {});
    await provider?.stop();
  };
  try {
    await until(() => fetch(`${url}/`, { redirect: 'manual' }).then(() => true, () => false));
  } catch (error) {
    await stop();
    throw error;
  }
  /** What a piece of PHP inside the shop returns. */
  const ask = async (code) => JSON.parse((await run('ask', { php: code })).trim().split('\n').at(-1));
  return { root, url, service, provider, tresen, stop, errors, run, ask, ...shop };
}

/** Waits until something is so. */
export async function until(isSo, patience = READY_MS) {
  const end = Date.now() + patience;
  while (Date.now() < end) {
    const found = await isSo();
    if (found) return found;
    await new Promise((done) => setTimeout(done, 100));
  }
  throw new Error(`not so within ${patience} ms: ${isSo}`);
}
