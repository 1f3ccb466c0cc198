// `tresen dev`: the service with sandbox, people and a policy, and a page that embeds the elements, on one address of this machine.

import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { createTresen } from '../server.js';
import { CommandError, findBinary } from './binary.js';
import { answerTo } from './answers.js';
import { PREFIX } from './forward.js';
import { startSandbox } from './sandbox.js';

export const HELP = `tresen dev: the service with a sandbox, people to try, a sample policy, and a page that embeds the checkout

  --port PORT      where the page is, 8790 if nothing is said; 0 takes a free one
  --policy FILE    a policy of your own instead of the sample
  --env FILE       writes the address of the service, the tenant and both keys there, for \`node --env-file=FILE\`

Everything lies in a temporary folder and is gone when this ends.
`;

function options(args) {
  try {
    const { values } = parseArgs({ args, options: { port: { type: 'string', default: '8790' }, policy: { type: 'string' }, env: { type: 'string' }, help: { type: 'boolean', short: 'h' } } });
    const port = Number(values.port);
    if (!Number.isInteger(port) || port < 0 || port > 65535) throw new Error(`\`${values.port}\` is not a port`);
    return { ...values, port };
  } catch (error) {
    throw new CommandError(error.message, 'see `tresen dev --help`');
  }
}

function json(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw new CommandError(`\`${file}\` cannot be read: ${error.message}`, 'give a policy as JSON');
  }
}

/** What a shop's server is started with; a secret, if only of a sandbox, is for whoever started it. */
function keep(file, { url, keys }) {
  const lines = [`TRESEN_API=${url}`, `TRESEN_TENANT=${keys.tenant}`, `TRESEN_PUBLISHABLE_KEY=${keys.publishable}`, `TRESEN_SECRET_KEY=${keys.secret}`];
  try {
    writeFileSync(file, `${lines.join('\n')}\n`, { mode: 0o600 });
  } catch (error) {
    throw new CommandError(`\`${file}\` cannot be written: ${error.message}`, 'name a file in a folder that is there');
  }
}

/** Runs until `signal` is aborted or the service ends; `dist` is the folder of the package's files. */
export async function dev(args, { dist, signal, out = process.stdout }) {
  const { port, policy, env, help } = options(args);
  if (help) return void out.write(HELP);
  const people = json(join(dist, 'dev/people.json'));
  const rules = json(policy ?? join(dist, 'dev/policy.json'));
  const binary = findBinary();
  const folder = mkdtempSync(join(tmpdir(), 'tresen-dev-'));
  const closing = [() => rmSync(folder, { recursive: true, force: true })];
  try {
    // What stands in messages leads to the service under the page's own address, which is known once it listens.
    let answer = (_, response) => response.writeHead(503, { 'retry-after': '1' }).end();
    const server = createServer((request, response) => answer(request, response));
    server.listen(port, '127.0.0.1');
    await once(server, 'listening').catch((error) => {
      throw new CommandError(`port ${port} cannot be used: ${error.message}`, 'take another one: `tresen dev --port 0`');
    });
    closing.push(() => new Promise((done) => (server.close(done), server.closeAllConnections())));
    const page = `http://127.0.0.1:${server.address().port}`;
    const service = await startSandbox({ binary, folder, people, publicUrl: page + PREFIX });
    closing.push(service.stop);
    const tresen = createTresen({ secretKey: service.keys.secret, api: service.url });
    await tresen.policies.create(rules).catch((error) => {
      const told = (error.diagnostics ?? []).map(({ at, message }) => `\n  ${at}: ${message}`).join('');
      throw new CommandError(`the policy was not taken: ${error.message}${told}`, '`tresen policy check` says what to do about each');
    });
    const references = people.customers.map(({ reference }) => reference);
    answer = answerTo({ dist, service, tresen, references, currency: rules.currency, country: rules.market });
    if (env) keep(env, service);
    out.write(`
  The page            ${page}/
  The service         ${service.url}
  Publishable key     ${service.keys.publishable}   for browsers
  Secret key          ${service.keys.secret}   for your server: createTresen({ secretKey, api })
  Tenant              ${service.keys.tenant}   for tresen.verifyDecision
  Policy              ${policy ?? 'the sample for Germany, with its own invoice'}
  People              ${references.join(', ')}, or a guest

  Ctrl-C ends it, and everything is gone.

`);
    await Promise.race([aborted(signal), service.exited]);
  } finally {
    for (const close of closing.reverse()) await close();
  }
}

const aborted = (signal) => (signal.aborted ? Promise.resolve() : once(signal, 'abort'));
