// A run in a worker: each message is a verb of it and what that takes, and is answered by one.

import { Run } from './run.js';

const run = new Run();

addEventListener('message', async ({ data: { verb, given } }) => {
  try {
    postMessage({ answer: await run[verb](given) });
  } catch (error) {
    postMessage({ failure: `${error}` });
  }
});
