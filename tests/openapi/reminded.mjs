// Customers who were written to and did not pay: messages to ask about, and tasks that were left to a human.

import assert from 'node:assert/strict';
import { ask } from '../service/service.mjs';

const CUSTOMERS = 6;
/** Until the last term has passed and a human is asked what next; the time machine lives through each of them. */
const DAYS = 60;

/** `{ message, task }`, by the policy that is active; the clock is later afterwards. `owes(reference, number)` makes a claim. */
export async function reminded(service, made, owes) {
  for (let number = 0; number < CUSTOMERS; number += 1) {
    const reference = `late_${number}`;
    await owes(reference, `late-${number}`);
    await reached(service, reference);
  }
  await made('/v1/sandbox/clock', { advance_days: DAYS });
  const { messages } = (await ask(service, 'GET', '/v1/sandbox/messages')).json;
  const { tasks } = (await ask(service, 'GET', '/v1/tasks')).json;
  assert.ok(messages.length > CUSTOMERS && tasks.length > 0, `${messages.length} messages, ${tasks.length} tasks`);
  return { message: messages.map(({ id }) => id), task: tasks.map(({ id }) => id), form: ['text', 'html'] };
}

/** Where a customer is written to. */
export async function reached(service, reference) {
  const contact = { email: `${reference}@example.org`, locale: 'de', address_form: 'sie', opted_out: [] };
  const answer = await ask(service, 'PUT', `/v1/customers/${reference}/contact`, contact);
  assert.ok(answer.status < 300, answer.text);
}
