// Asking the service, and leaving for another page: what takes a moment, what gets no answer, and the way back.

/** Who has waited for an answer for so long is told that none came: asking again is the same request, or leads to the same payment. */
const ANSWER_MS = 30_000;

/** With what a request waits for its answer, where the browser knows of such a thing. */
export const patience = () => ({ signal: globalThis.AbortSignal?.timeout?.(ANSWER_MS) });

/** Whether a status says that it is not taken, however often it is asked. */
export const isRefusal = (status) => status >= 400 && status < 500 && status !== 429;

/** Whether a payment was not begun for a reason that may be gone in a moment. */
export const isNotNow = (begun) => begun?.why === 'busy' || begun?.why === 'method';

/** Does what takes a moment: the button says so, and neither it nor one beside it is pressed meanwhile. */
export async function busy(button, words, does) {
  if (button.parentNode.querySelector('[aria-disabled="true"]')) return;
  const said = button.textContent;
  button.setAttribute('aria-disabled', 'true');
  button.textContent = words;
  try {
    await does();
  } finally {
    button.removeAttribute('aria-disabled');
    button.textContent = said;
  }
}

/**
 * Leaves for a page, and is never done. Whoever comes back to this one without its being loaded anew, by the way back or from an app that took the
 * address, finds what `shows` puts there.
 */
export function depart(address, shows) {
  return new Promise(() => {
    const back = ({ type, persisted }) => {
      if (type === 'pageshow' ? !persisted : document.hidden) return;
      removeEventListener('pageshow', back);
      document.removeEventListener('visibilitychange', back);
      shows();
    };
    addEventListener('pageshow', back);
    document.addEventListener('visibilitychange', back);
    location.assign(address);
  });
}

/** The page that somebody comes back to, as the service takes addresses: without the place on it, and without signs that end one in a header or a text. */
export const here = () => location.href.replace(/#.*/, '').replace(/[',;`\\]/g, escape);

/** Once the line is back and a button still stands there, it is pressed. */
export const whenOnline = (again) => addEventListener('online', () => again.isConnected && !again.hidden && again.click(), { once: true });
