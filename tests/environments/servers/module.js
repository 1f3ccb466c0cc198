// Node, Deno and Bun: every entry of the package is imported where there is no page, and the shop's server does its work.

import { readFileSync } from 'node:fs';
import { check, decides } from './check.js';

const { service, entries } = JSON.parse(process.argv[2]);
for (const entry of entries) await import(entry);
const { define, loadTresen } = await import('tresen');
define();
if ((await loadTresen('pk_test_1')) !== null) throw new Error('on a server there is nothing to load');
await check(await import('tresen/server'), service);
const wasm = readFileSync(new URL(import.meta.resolve('tresen/engine.wasm')));
await decides(await import('tresen/slim/engine'), { wasm, policy: Uint8Array.from(atob(service.policy), (character) => character.charCodeAt(0)) });
console.log('done');
