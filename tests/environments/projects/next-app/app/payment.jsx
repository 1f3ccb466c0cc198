'use client';

import { useState } from 'react';
import { TresenCheckout, useMethods, useTresen } from 'tresen/react';

async function send(session, detail) {
  const response = await fetch('/api/order', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ session, ...detail }) });
  if (!response.ok) throw new Error(`the order got ${response.status}`);
  return response.json();
}

/** What answers to the shopper: functions cannot come from the server. */
export function Payment({ session, facts }) {
  const offered = useMethods().filter(({ state }) => state === 'offered');
  const { order } = useTresen();
  const [done, setDone] = useState(null);
  return (
    <>
      <p id="offered">{offered.map(({ id }) => id).join(' ')}</p>
      <TresenCheckout session={session} facts={facts} appearance={{ accent: '#7a1f4b' }} onSubmit={(detail) => send(session, detail).then((answer) => (setDone(answer.outcome), answer))} />
      <button type="button" id="place" onClick={order}>Bestellen</button>
      <p id="done">{done}</p>
    </>
  );
}
