// Holds the running service to its own description with schemathesis: generated requests with real keys, every answer against
// its schema, no error of the service's own.
//
//     node tests/openapi/run.mjs --tresen target/debug/tresen --schemathesis FILE [--seconds 90] [--seed 1]

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { startService } from '../service/service.mjs';
import { furnish } from './world.mjs';

const { values } = parseArgs({ options: { tresen: { type: 'string' }, schemathesis: { type: 'string' }, seconds: { type: 'string', default: '90' }, seed: { type: 'string', default: '1' } } });
const here = new URL('.', import.meta.url).pathname;

/** One run; answers the report of schemathesis. */
async function run(service, pool, name, seconds, selection) {
  const report = join(service.folder, `${name}.json`);
  const options = ['--header', `Authorization: Bearer ${service.keys.secret}`, '--max-time', seconds, '--seed', values.seed, '--report-json-path', report];
  // Not synchronously: somebody has to read the service's log, or it waits for that.
  const child = spawn(values.schemathesis, ['--config-file', join(here, 'schemathesis.toml'), 'run', `${service.url}/v1/openapi.json`, ...options, ...selection], {
    cwd: service.folder,
    env: { ...process.env, SCHEMATHESIS_HOOKS: 'hooks', PYTHONPATH: here, PYTHONDONTWRITEBYTECODE: '1', TRESEN_POOL: JSON.stringify(pool) },
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  const [status] = await once(child, 'close');
  return { status, report: JSON.parse(readFileSync(report, 'utf8')) };
}

/** Says how it went; false where anything failed, could not be done or was not reached. */
function told(runs) {
  const sum = (pick) => runs.reduce((total, { report }) => total + pick(report), 0);
  const missed = runs[0].report.operations.total - sum(({ operations }) => operations.tested);
  if (missed !== 0) console.log(`${missed} operations were not tested`);
  const failed = sum(({ test_cases: cases }) => cases.with_failures + cases.errored) + missed;
  const clean = runs.every(({ status }) => status === 0);
  // What is no failed case, such as a link that leads nowhere or a warning, fails the run all the same.
  console.log(`${sum(({ test_cases: cases }) => cases.generated - cases.with_failures)} passed, ${failed === 0 && !clean ? 1 : failed} failed`);
  return clean && failed === 0;
}

const service = await startService(values.tresen);
try {
  const pool = await furnish(service);
  // Last, and by themselves: whoever moves the clock ends the sessions that the others need, whoever erases people, withdraws, reverses payments, removes endpoints or issues a newer link takes away what the others need, and whoever makes the bureau slow takes their time.
  const last = ['moveClock', 'turnBureau', 'issuePaylink', 'eraseCustomer', 'eraseGuest', 'withdrawal', 'reversePayment', 'removeWebhook'];
  const each = (option) => last.flatMap((id) => [option, id]);
  const runs = [await run(service, pool, 'all', values.seconds, each('--exclude-operation-id')), await run(service, pool, 'last', '20', [...each('--include-operation-id'), '--phases', 'examples,coverage,fuzzing'])];
  process.exitCode = told(runs) ? 0 : 1;
} finally {
  await service.stop();
}
