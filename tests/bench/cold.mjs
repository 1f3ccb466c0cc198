// One cold start, in a process of its own: from the bytes of the module to the first decision. Prints milliseconds of CPU time.

import { readFileSync } from 'node:fs';
import { loadEngine } from '../../js/dist/engine.js';
import { orders } from './orders.mjs';

const wasm = readFileSync(new URL('../../js/dist/engine.wasm', import.meta.url));
const policy = new Uint8Array(readFileSync(process.argv[2]));
const [facts] = orders(1);

const before = process.cpuUsage();
const engine = await loadEngine({ policy, wasm, today: '2026-11-21' });
engine.set(facts);
engine.decide();
const { user, system } = process.cpuUsage(before);
console.log((user + system) / 1000);
