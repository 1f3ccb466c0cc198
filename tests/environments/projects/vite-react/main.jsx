import { StrictMode, useEffect, useState } from 'react';
import { createRoot } from 'react-dom/client';
import { TresenCheckout, TresenHint, TresenProvider, useMethods, useTresen } from 'tresen/react';
import { open, order, TOTAL } from '../shop.js';

function Shop({ opened }) {
  const offered = useMethods().filter(({ state }) => state === 'offered');
  const { order: place } = useTresen();
  const [done, setDone] = useState(null);
  return (
    <main>
      <TresenHint amount={TOTAL} currency="EUR" />
      <p id="offered">{offered.map(({ id }) => id).join(' ')}</p>
      {/* A new object each time, as people write it: nothing is decided anew for it. */}
      <TresenCheckout
        session={opened.session}
        facts={{ ...opened.facts }}
        appearance={{ accent: '#7a1f4b' }}
        onSubmit={(detail) => order(opened.session, detail).then((answer) => (setDone(answer.outcome), answer))}
      />
      <button type="button" id="place" onClick={place}>Bestellen</button>
      <p id="done">{done}</p>
    </main>
  );
}

function App() {
  const [opened, setOpened] = useState(null);
  useEffect(() => {
    let isWanted = true;
    open().then((answer) => isWanted && setOpened(answer));
    return () => {
      isWanted = false;
    };
  }, []);
  return opened && <TresenProvider publicKey={opened.public_key} api="/tresen" locale="de"><Shop opened={opened} /></TresenProvider>;
}

createRoot(document.getElementById('root')).render(<StrictMode><App /></StrictMode>);
