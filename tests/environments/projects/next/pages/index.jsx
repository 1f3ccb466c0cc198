import { useState } from 'react';
import { createTresen } from 'tresen/server';
import { TresenCheckout, TresenHint, useMethods, useTresen } from 'tresen/react';
import { facts, total } from '../order.js';

/** The secret key stays on the server: the page gets a session. */
export async function getServerSideProps() {
  const tresen = createTresen({ api: process.env.TRESEN_API, secretKey: process.env.TRESEN_SECRET_KEY });
  const { session } = await tresen.sessions.create({ customer: { reference: 'cus_greta', signed_in: true }, facts, locale: 'de', address_form: 'sie' });
  return { props: { session, publicKey: process.env.TRESEN_PUBLIC_KEY } };
}

async function send(session, detail) {
  const response = await fetch('/api/order', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ session, ...detail }) });
  if (!response.ok) throw new Error(`the order got ${response.status}`);
  return response.json();
}

export default function Checkout({ session }) {
  const offered = useMethods().filter(({ state }) => state === 'offered');
  const { order } = useTresen();
  const [done, setDone] = useState(null);
  return (
    <main>
      <TresenHint amount={total.minor} currency={total.currency} />
      <p id="offered">{offered.map(({ id }) => id).join(' ')}</p>
      <TresenCheckout session={session} facts={facts} appearance={{ accent: '#7a1f4b' }} onSubmit={(detail) => send(session, detail).then((answer) => (setDone(answer.outcome), answer))} />
      <button type="button" id="place" onClick={order}>Bestellen</button>
      <p id="done">{done}</p>
    </main>
  );
}
