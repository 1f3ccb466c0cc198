import { connection } from 'next/server';
import { TresenHint, TresenProvider } from 'tresen/react';
import { createTresen } from 'tresen/server';
import { facts, total } from '../order.js';
import { Payment } from './payment.jsx';

/** Made anew for each visit. The secret key stays on the server: the browser gets a session. */
export default async function Checkout() {
  await connection();
  const tresen = createTresen({ api: process.env.TRESEN_API, secretKey: process.env.TRESEN_SECRET_KEY });
  const { session } = await tresen.sessions.create({ customer: { reference: 'cus_greta', signed_in: true }, facts, locale: 'de', address_form: 'sie' });
  return (
    <main>
      <TresenProvider publicKey={process.env.TRESEN_PUBLIC_KEY} api="/tresen" locale="de">
        <TresenHint amount={total.minor} currency={total.currency} />
        <Payment session={session} facts={facts} />
      </TresenProvider>
    </main>
  );
}
