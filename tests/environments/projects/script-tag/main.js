import { start } from '/plain.js';

await import('/tresen/dist/hint.js');
start();
