// The shop's orders: one JSON line per event, appended and flushed before anybody is told. The last line of an order counts.

import { createHash, timingSafeEqual } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, readFileSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';

export function openOrders(file) {
  mkdirSync(dirname(file), { recursive: true });
  const descriptor = openSync(file, 'a', 0o600);
  const orders = new Map();
  const written = readFileSync(file, 'utf8');
  // The next order must not continue a line that a crash cut off.
  if (written !== '' && !written.endsWith('\n')) writeSync(descriptor, '\n');
  for (const line of written.split('\n')) {
    const order = parse(line);
    if (order) orders.set(order.number, order);
  }
  let last = [...orders.keys()].reduce((highest, number) => Math.max(highest, Number(number.split('-')[1])), 1183);

  return {
    /** A number that no other order has. It is used up even if the order does not come about: numbers need not be without gaps. */
    nextNumber(today) {
      last += 1;
      return `${today.slice(0, 4)}-${String(last).padStart(4, '0')}`;
    },
    get: (number) => orders.get(number) ?? null,
    all: () => [...orders.values()],
    put(order) {
      writeSync(descriptor, `${JSON.stringify(order)}\n`);
      fsyncSync(descriptor);
      orders.set(order.number, order);
      return order;
    },
    close: () => closeSync(descriptor),
  };
}

/** Where an order is found, in whichever browser. */
export const pageOf = ({ number, key }) => `/order/${encodeURIComponent(number)}?key=${encodeURIComponent(key)}`;

/** Whether that is the order's own secret, in a time that says nothing about where they differ. */
export function isKeyOf(order, given) {
  const [own, other] = [order.key, given ?? ''].map((text) => createHash('sha256').update(text).digest());
  return timingSafeEqual(own, other);
}

/** A line that was cut off by a crash is no order: nobody was told of it. */
function parse(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}
