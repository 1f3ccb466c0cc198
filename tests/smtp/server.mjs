// A mail server of this machine: Exim on a free port, with a folder of its own for everything, and nobody else's configuration.

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, chownSync, copyFileSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';

const EXIM = ['/usr/sbin/exim4', '/usr/sbin/exim'].find(existsSync);

async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}

/** Exim delivers nothing as root: there is a user of its own for that. */
function runner() {
  const { uid, gid } = userInfo();
  if (uid !== 0) return { uid, gid };
  const of = (option) => Number(execFileSync('id', [option, 'Debian-exim'], { encoding: 'utf8' }));
  return { uid: of('-u'), gid: of('-g') };
}

/** What vouches for `localhost` in this test and nowhere else. */
function certificates(at) {
  const openssl = (...args) => execFileSync('openssl', args, { stdio: 'pipe' });
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-keyout'];
  openssl('req', '-x509', ...key, at('ca.key'), '-out', at('ca.pem'), '-subj', '/CN=Authority of a test', '-days', '2');
  openssl('req', ...key, at('tls.key'), '-out', at('tls.csr'), '-subj', '/CN=localhost');
  writeFileSync(at('tls.ext'), 'subjectAltName=DNS:localhost,IP:127.0.0.1\nbasicConstraints=CA:FALSE\n');
  openssl('x509', '-req', '-in', at('tls.csr'), '-CA', at('ca.pem'), '-CAkey', at('ca.key'), '-CAcreateserial', '-days', '2', '-extfile', at('tls.ext'), '-out', at('tls.pem'));
}

/** `anna@people.test` has a mailbox; nobody else has; what comes back to `bounces+…@bounce.test` is piped into a command. */
const configuration = ({ at, port, uid, gid, pipe }) => `
spool_directory = ${at('spool')}
log_file_path = ${at('log')}/%slog
pid_file_path = ${at('exim.pid')}
exim_user = ${uid}
exim_group = ${gid}
deliver_drop_privilege = true
primary_hostname = mx.test
qualify_domain = mx.test
local_interfaces = 127.0.0.1
daemon_smtp_ports = ${port}
tls_advertise_hosts = *
tls_certificate = ${at('tls.pem')}
tls_privatekey = ${at('tls.key')}
keep_environment =
host_lookup =
rfc1413_query_timeout = 0s
smtp_accept_max = 50
dsn_advertise_hosts = *
acl_smtp_rcpt = rcpt
acl_smtp_data = accept
begin acl
rcpt:
  deny  local_parts = refused
        message = 5.1.1 there is no such person
  accept domains = people.test : bounce.test
  deny  message = 5.7.1 relay not permitted
begin routers
bounces:
  driver = accept
  domains = bounce.test
  local_parts = bounces
  local_part_suffix = +*
  transport = pipe
people:
  driver = accept
  domains = people.test
  local_parts = anna
  transport = box
begin transports
box:
  driver = appendfile
  directory = ${at('box')}/anna
  maildir_format
  create_directory
  envelope_to_add
  return_path_add
pipe:
  driver = pipe
  command = ${pipe}
  path = /usr/bin:/bin
  temp_errors = *
  log_output
  return_path_add
  envelope_to_add
begin retry
* * F,10m,1s
`;

/** `pipe(at)` is the command that gets what comes back; files that it needs are put into the folder. */
export async function startMail({ tresen, pipe }) {
  if (!EXIM) throw new Error('Exim is missing: run .ci/setup mta');
  const folder = mkdtempSync(join(tmpdir(), 'tresen-mail-'));
  const at = (name) => join(folder, name);
  chmodSync(folder, 0o755);
  const { uid, gid } = runner();
  const port = await freePort();
  certificates(at);
  for (const name of ['spool', 'log', 'box']) mkdirSync(at(name));
  // Where the user of Exim may read it, whoever has built it.
  copyFileSync(tresen, at('tresen'));
  chmodSync(at('tresen'), 0o755);
  writeFileSync(at('exim.conf'), configuration({ at, port, uid, gid, pipe: pipe(at) }));
  const own = (...names) => {
    if (userInfo().uid === 0) for (const name of names) chownSync(name, uid, gid);
  };
  own(folder, at('spool'), at('log'), at('box'), at('tls.key'), at('tls.pem'));
  const child = spawn(EXIM, ['-C', at('exim.conf'), '-bdf', '-q2s'], { stdio: ['ignore', 'ignore', 'pipe'] });
  let said = '';
  child.stderr.on('data', (text) => (said += text));
  const closed = once(child, 'exit');
  const log = () => said + ['mainlog', 'paniclog', 'rejectlog'].map((name) => (existsSync(join(at('log'), name)) ? readFileSync(join(at('log'), name), 'utf8') : '')).join('');
  await until('Exim to answer', () => answers(port), log);
  return {
    at,
    port,
    own,
    log,
    /** The mails in a mailbox, as files. */
    mails: (name) => (existsSync(join(at('box'), name, 'new')) ? readdirSync(join(at('box'), name, 'new')).map((file) => join(at('box'), name, 'new', file)) : []),
    stop: async () => {
      child.kill('SIGTERM');
      await closed;
      child.stderr.destroy();
      // What it has begun to deliver may still be writing.
      rmSync(folder, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 });
    },
  };
}

function answers(port) {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1');
    const say = (whether) => (socket.destroy(), resolve(whether));
    socket.once('data', (data) => say(String(data).startsWith('220')));
    socket.once('error', () => say(false));
  });
}

/** Waits for something that becomes true by itself. */
export async function until(what, is, log = () => '') {
  for (const begun = Date.now(); Date.now() - begun < 30_000; ) {
    const found = await is();
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`waited in vain for ${what}\n${log()}`);
}
