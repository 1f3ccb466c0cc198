// Defines <tresen-hint> when it is imported in a browser, and does nothing on a server. It needs nothing else of the package.

import { TresenHint } from './hint/element.js';

export { TresenHint };

if (typeof customElements !== 'undefined' && !customElements.get('tresen-hint')) customElements.define('tresen-hint', TresenHint);
