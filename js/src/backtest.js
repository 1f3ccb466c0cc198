// Before and after, where the orders need not leave the page: what a policy would have done with the orders of the past, and what another
// would have done instead: `import { diffPolicies } from 'tresen/backtest'`.
//
// What decides, counts and reports is what `tresen policy test` and `tresen policy diff` are made of (src/console): what stands here is how
// orders get there.

import { TresenError } from './engine.js';
import { openDesk } from './backtest/desk.js';
import { piecesOf } from './backtest/pieces.js';
import { moduleOf } from './module.js';

const SLICE_MS = 12; // then the page gets its turn, and hears how far it is
const AHEAD = 3; // so many pieces wait for a worker while the next one is made

/** @type {Promise<WebAssembly.Module> | WebAssembly.Module | null} */
let compiling = null;

/**
 * What a policy would have done.
 *
 * @param {import('../types/backtest.js').TriedPolicy} policy
 * @param {import('../types/backtest.js').Orders} orders
 * @param {import('../types/backtest.js').TestOptions} [options]
 */
export const testPolicy = (policy, orders, options = {}) => tried([policy], orders, options);

/**
 * What another policy would have done instead.
 *
 * @param {import('../types/backtest.js').TriedPolicy} before
 * @param {import('../types/backtest.js').TriedPolicy} after
 * @param {import('../types/backtest.js').Orders} orders
 * @param {import('../types/backtest.js').DiffOptions} [options]
 */
export const diffPolicies = (before, after, orders, options = {}) => tried([before, after], orders, options);

async function tried(given, orders, { today = utcToday(), assume, complete, examples, onProgress, signal }) {
  const module = await compiled(given.find(({ wasm }) => wasm)?.wasm);
  stopIfUnwanted(signal);
  const [desk, opened] = await openDesk({ module, policies: given.map(({ policy }) => policy), options: { today, assume, complete, examples } });
  try {
    told(opened);
    await goThrough(desk, orders, onProgress, signal);
    const { lines, report } = told(await desk.ask('end'));
    onProgress?.({ lines, share: 1 });
    return report;
  } finally {
    desk.close();
  }
}

/** Hands over all orders, and lets the page live meanwhile. */
async function goThrough(desk, orders, onProgress, signal) {
  const waiting = [];
  let since = performance.now();
  const hear = async () => {
    const { share, answer } = waiting.shift();
    const lines = await answer;
    if (performance.now() - since <= SLICE_MS) return;
    onProgress?.({ lines, share });
    if (desk.isHere) await turn();
    since = performance.now();
  };
  for await (const { bytes, share } of piecesOf(orders)) {
    stopIfUnwanted(signal);
    const answer = desk.ask('take', bytes, [bytes.buffer]);
    // The first failure is heard of, and nobody listens to those behind it.
    answer.catch(() => {});
    waiting.push({ share, answer });
    if (waiting.length > AHEAD) await hear();
  }
  while (waiting.length > 0) await hear();
  stopIfUnwanted(signal);
}

function stopIfUnwanted(signal) {
  if (signal?.aborted) throw signal.reason ?? new DOMException('the orders were not gone through to the end', 'AbortError');
}

/** An answer, unless it says what stands in the way. */
function told({ error, ...answer }) {
  if (!error) return answer;
  const { code, message, help, diagnostics = [] } = error;
  throw Object.assign(new TresenError(code, message, help), { diagnostics });
}

/** The module, compiled once a page; null where WebAssembly is missing or refused, and then the next call tries again. */
async function compiled(source = new URL('./console.wasm', import.meta.url)) {
  try {
    return await (compiling ??= moduleOf(source));
  } catch {
    compiling = null;
    return null;
  }
}

/** The page's turn; a timer would make it wait for 4 ms. */
const turn = () =>
  new Promise((done) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      done();
    };
    port2.postMessage(0);
  });

const utcToday = () => new Date().toISOString().slice(0, 10);
