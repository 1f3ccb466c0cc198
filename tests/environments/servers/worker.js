// A Worker: the package's file as it lies in the package, in the runtime that runs Workers.

import * as entry from 'tresen/server';
import * as slim from 'tresen/slim/engine';
import wasm from 'engine.wasm';
import { check, decides } from './check.js';

export default {
  async fetch(request) {
    try {
      const service = await request.json();
      await check(entry, service);
      await decides(slim, { wasm, policy: Uint8Array.from(atob(service.policy), (character) => character.charCodeAt(0)) });
      return new Response('done');
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
