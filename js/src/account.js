// Defines <tresen-account> when it is imported in a browser, and does nothing on a server.

import { TresenAccount } from './account/element.js';

export { TresenAccount };

if (typeof customElements !== 'undefined' && !customElements.get('tresen-account')) customElements.define('tresen-account', TresenAccount);
