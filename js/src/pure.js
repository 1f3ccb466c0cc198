// The package without a side effect: nothing is defined and nothing is loaded until somebody asks.

export { TresenCheckout, define } from './widget.js';
export { loadTresen } from './handle.js';
