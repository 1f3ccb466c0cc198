// The page that tries policies on made-up orders.

/** Every order is decided by both policies, and what came of it stands there. */
export const tried = (page) => page.waitForFunction(() => document.getElementById('progress').hidden && document.querySelector('#tables table') !== null);
