// Types of `tresen/slim/engine`: the engine alone, for a Worker or a server that hands in the module.

import type { Engine, LoadOptions, Source } from './engine.js';

export { Engine, TresenError } from './engine.js';
export type { Change, ChangeStep, Decision, Facts, LocalDate, LoadOptions, Method, MethodInfo, MethodWithoutReasons, Money, PolicyInfo, Problem, Reason, Source, Step } from './engine.js';

/** As of `tresen/engine`; `wasm` is `tresen/engine.wasm`, or where it is. There is no JavaScript to fall back to. */
export function loadEngine(options: LoadOptions & { wasm: Source }): Promise<Engine>;
