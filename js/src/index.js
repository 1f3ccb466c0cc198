// The package: the element is defined on import, as a script tag expects it. `tresen/pure` is the same without that.

export { TresenCheckout, define } from './element.js';
export { loadTresen } from './handle.js';
