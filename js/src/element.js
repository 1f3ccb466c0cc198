// Defines <tresen-checkout> when it is imported in a browser, and does nothing on a server.

import { define } from './pure.js';

define();

export * from './pure.js';
