// Files that go along with a request: chosen with the browser's own control, on their way at once, and named by the request when that is sent.

import { send } from './send.js';
import { smaller } from './smaller.js';

/** As the service has them. */
const EACH_MAX = 3;
const SIZE_MAX = 5 * 1024 * 1024;

// Where phones ask by the ending and where by the kind, both are there.
const ACCEPT = 'application/pdf,image/jpeg,image/png,image/webp,image/heic,image/heif,.pdf,.heic';

/**
 * @param {object} settling the account
 * @param {import('../more/words.js').Words} words its own and those of files
 * @param {object} tools what the account draws with: `make`, `note`, `icon`
 * @returns a field of a form: `content` is what stands there, and `brings` what the request names
 */
export function field(settling, words, { make, note, icon }) {
  const input = make('input.input', { type: 'file', id: 'proofs', multiple: '', accept: ACCEPT, 'aria-describedby': 'proofs-hint proofs-wrong' });
  const list = make('ul.choices', { 'aria-label': words.text('proof.list'), hidden: '' });
  const wrong = make('p.error', { id: 'proofs-wrong', role: 'alert', hidden: '' }, icon('info'), make('span'));
  const spoken = make('p.vh', { role: 'status' });
  let rows = [];
  const tell = (said) => {
    note(wrong, said);
    input.setAttribute('aria-invalid', `${said !== ''}`);
  };
  const show = () => {
    list.replaceChildren(...rows.map(({ node }) => node));
    list.hidden = rows.length === 0;
  };
  // Another file is another request.
  const changed = () => list.dispatchEvent(new Event('input', { bubbles: true }));

  input.addEventListener('change', () => {
    const chosen = Array.from(input.files);
    // What is chosen next comes beside it, and may be the same once more.
    input.value = '';
    const room = EACH_MAX - rows.length;
    tell(chosen.length > room ? words.text('proof.many') : '');
    for (const file of chosen.slice(0, room)) add(file);
    show();
    changed();
  });

  function add(file) {
    const name = make('div.lines', {}, file.name);
    const bar = make('progress', { max: 100, 'aria-label': file.name });
    const state = make('small.soft', {});
    const again = make('button.link', { type: 'button', hidden: '' }, words.text('proof.again'), make('span.vh', {}, ` ${file.name}`));
    const remove = make('button.link', { type: 'button' }, words.text('proof.remove'), make('span.vh', {}, ` ${file.name}`));
    const row = { node: make('li.choice file', {}, make('div', {}, name, bar, state), again, remove), isGone: false };
    const say = (key, isOver) => {
      bar.hidden = again.hidden = true;
      if (key === 'sending') bar.hidden = false;
      if (isOver && key === 'proof.unsent') again.hidden = false;
      state.className = isOver && key !== 'proof.ready' ? 'error' : 'soft';
      state.textContent = words.text(key, { size: sizeOf(file.size) });
      if (isOver) spoken.textContent = `${file.name}: ${state.textContent}`;
    };
    const start = () => {
      row.why = undefined;
      bar.removeAttribute('value');
      say('sending');
      row.sending = bring(file, (percent) => (bar.value = percent), row).then((found) => {
        row.id = found.id;
        row.why = found.why;
        if (row.isGone) drop(row);
        else say(found.id ? 'proof.ready' : found.why, true);
      });
    };
    again.addEventListener('click', () => {
      // Somebody who pressed it stays near; where it begins by itself, nobody is taken from where they are.
      if (again.matches(':focus')) remove.focus();
      start();
      changed();
    });
    remove.addEventListener('click', () => {
      row.isGone = true;
      row.stop?.();
      rows = rows.filter((one) => one !== row);
      drop(row);
      spoken.textContent = words.text('proof.removed', { name: file.name });
      tell('');
      show();
      changed();
      input.focus();
    });
    rows.push(row);
    start();
    // Once the line is back, what did not get through begins again.
    addEventListener('online', () => row.why === 'proof.unsent' && again.isConnected && again.click());
  }

  async function bring(file, progress, row) {
    const sent = file.size > SIZE_MAX ? await smaller(file, SIZE_MAX) : file;
    if (!sent) return { why: 'proof.large' };
    return send(settling.proofs, file.name, sent, progress, row);
  }

  /** What no request is to name need not lie there for a day; of what was chosen twice there is one. */
  function drop({ id }) {
    if (id && !rows.some((row) => row.id === id)) fetch(`${settling.proofs}/${id}`, { method: 'DELETE' }).catch(() => {});
  }

  const sizeOf = (bytes) => words.text(bytes < 1e6 ? 'proof.kb' : 'proof.mb', { size: bytes < 1e6 ? Math.ceil(bytes / 1e3) : words.text('proof.decimal', { whole: Math.floor(bytes / 1e6), tenth: Math.floor(bytes / 1e5) % 10 }) });
  const isWrong = () => rows.some(({ why }) => why);

  return {
    name: 'proofs',
    content: [
      make('label.label', { for: 'proofs' }, `${words.text('proof.label')} `, make('span.soft', {}, words.text('optional'))),
      input,
      make('p.s soft', { id: 'proofs-hint' }, words.text('proof.hint')),
      list,
      wrong,
      spoken,
    ],
    check() {
      tell(isWrong() ? words.text('proof.wrong') : '');
      return !isWrong();
    },
    /** What the request names, once everything has got through; nothing where something has not. */
    async brings() {
      await Promise.all(rows.map(({ sending }) => sending));
      return this.check() && (rows.length > 0 ? { proofs: [...new Set(rows.map(({ id }) => id))] } : {});
    },
    /** The service has them no more: they are chosen once more. */
    refuse() {
      rows = [];
      show();
      tell(words.text('proof.gone'));
    },
    focus: () => input.focus(),
  };
}
