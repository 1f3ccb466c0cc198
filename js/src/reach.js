// What only an account in which somebody changes how they are reached loads: the form for it.

export { contact } from './reach/contact.js';
