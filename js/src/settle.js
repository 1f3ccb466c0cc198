// What only an account with an access of its own loads: all that a customer may do beside paying.

export { Settling } from './settle/settling.js';
