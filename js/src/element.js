// Defines <tresen-checkout> when it is imported in a browser, and does nothing on a server.

import { define, TresenCheckout } from './widget.js';

define();

// One script serves a whole shop: where a page has a <tresen-hint>, what defines it comes along. Without it the page lacks one line.
if (globalThis.document?.querySelector('tresen-hint')) import('./hint.js').catch(() => {});

export { TresenCheckout, define };
