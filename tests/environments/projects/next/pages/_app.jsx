import { TresenProvider } from 'tresen/react';
import 'tresen/shell.css';

export default function App({ Component, pageProps }) {
  return (
    <TresenProvider publicKey={pageProps.publicKey} api="/tresen" locale="de">
      <Component {...pageProps} />
    </TresenProvider>
  );
}
