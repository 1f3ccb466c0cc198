// What only an account in which somebody sends a file along loads: the field, and how what is in it gets to the service.

export { field } from './proof/field.js';
