// What only an account in which somebody asks loads: what a question is about, and the answer from what the account shows.

export { answer } from './ask/answer.js';
export { understand } from './ask/understand.js';
