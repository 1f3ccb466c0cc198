// Where a run takes place: in a worker, so that the page does not notice it, or else here, a little at a time.

import { Run } from './run.js';

let trusted; // what a page with Trusted Types believes the worker's address from

/** @param {{ module: WebAssembly.Module | null, policies: (Uint8Array | string)[], options: object }} wanted */
export async function openDesk(wanted) {
  const away = Away.open();
  if (away) {
    try {
      return [away, await away.ask('open', wanted)];
    } catch {
      // The page lets no worker of ours run, or its browser knows no modules in workers.
      away.close();
    }
  }
  const here = new Here();
  return [here, await here.ask('open', wanted)];
}

class Away {
  isHere = false;
  #worker;
  #waiting = []; // for answers, in the order of the questions

  /** Null where there are no workers, or none from another server than the page's. */
  static open() {
    try {
      return new Away(new Worker(address(), { type: 'module' }));
    } catch {
      return null;
    }
  }

  constructor(worker) {
    this.#worker = worker;
    worker.onmessage = ({ data: { answer, failure } }) => {
      const { resolve, reject } = this.#waiting.shift();
      if (failure === undefined) resolve(answer);
      else reject(new Error(failure));
    };
    worker.onerror = (event) => {
      event.preventDefault();
      for (const { reject } of this.#waiting.splice(0)) reject(new Error(event.message ?? 'the worker cannot be loaded'));
    };
  }

  /** @param {'open' | 'take' | 'end'} verb @param {Transferable[]} [handed] what need not be copied */
  ask(verb, given, handed = []) {
    this.#worker.postMessage({ verb, given }, handed);
    return new Promise((resolve, reject) => this.#waiting.push({ resolve, reject }));
  }

  close() {
    this.#worker.terminate();
  }
}

class Here {
  isHere = true;
  #run = new Run();

  async ask(verb, given) {
    return this.#run[verb](given);
  }

  /** The run goes with whoever held it. */
  close() {}
}

/** The worker's script. Where text must not become an address by itself, a policy that knows no other address says that it may. */
function address() {
  const url = new URL('./backtest-worker.js', import.meta.url).href;
  if (!globalThis.trustedTypes) return url;
  trusted ??= globalThis.trustedTypes.createPolicy('tresen-backtest', { createScriptURL: () => url });
  return trusted.createScriptURL(url);
}
