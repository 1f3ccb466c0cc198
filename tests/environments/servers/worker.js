// A Worker: the package's file as it lies in the package, in the runtime that runs Workers.

import * as entry from 'tresen/server';
import { check } from './check.js';

export default {
  async fetch(request) {
    try {
      await check(entry, await request.json());
      return new Response('done');
    } catch (error) {
      return new Response(error.stack, { status: 500 });
    }
  },
};
