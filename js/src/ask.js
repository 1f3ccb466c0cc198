// What only an account in which somebody asks loads: what a question is about, and the answer from what the account shows.

export { box } from './ask/box.js';
