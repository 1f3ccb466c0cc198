// From a pay link to the account: a code goes to where the shop knows its customer already, and is typed back. Nothing stands here of anybody until
// somebody has asked for one.

import { STRONG, icon, rich } from '../element/page.js';
import { make, note } from '../more/dom.js';

const DIGITS = 6;
/** So long a code is waited for where the service does not say how long. */
const HOUR_S = 3600;

/**
 * Draws the form into its place.
 *
 * @param {Element} form
 * @param {object} link
 * @param {string[]} link.channels the ways by which a code can be sent
 * @param {(key: string, blank?: string | number) => string} link.say a sentence
 * @param {(path: string, body: object) => Promise<{ status: number, body?: object, wait?: number }>} link.ask the service
 * @param {(token: string) => Promise<boolean>} link.enter shows the account; whether it could
 * @param {() => void} link.over shows how it stands with the link by now
 */
export function drawEntry(form, { channels, say, ask, enter, over }) {
  const told = make('p.s', { role: 'status', id: 'told' }, say('code.lead'));
  const input = make('input.input', { id: 'code', inputmode: 'numeric', autocomplete: 'one-time-code', 'aria-describedby': 'told digits mistyped' });
  const hint = make('p.s soft', { id: 'digits' });
  const field = make('div', { hidden: '' }, make('label.label', { for: 'code' }, say('code.field')), input, hint);
  const mistake = make('p.error', { id: 'mistyped', role: 'alert', hidden: '' }, icon('info'), make('span'));
  const onward = make('button.btn', { type: 'submit', part: 'button' }, say('code.enter'));
  const after = make('div.stack', { hidden: '' }, onward, make('p.s soft', {}, say('code.help')));
  let sent;
  let token;
  let isBusy = false;

  /** One thing at a time; the button says meanwhile that it is done. */
  const once = async (button, act) => {
    if (isBusy) return;
    isBusy = true;
    const said = button.textContent;
    button.textContent = say('code.sending');
    await act();
    button.textContent = said;
    isBusy = false;
  };
  const wrong = (key, blank) => {
    input.setAttribute('aria-invalid', `${!field.hidden && key !== ''}`);
    note(mistake, key && say(key, blank));
  };

  const send = async (channel) => {
    const { status, body, wait = HOUR_S } = await ask('/code', { channel });
    if (status === 200) {
      sent = { until: Date.now() + body.minutes * 60_000, left: body.attempts };
      wrong('');
      told.replaceChildren(...rich(say('code.sent').replaceAll('*', STRONG).replace('{', () => body.sent_to)));
      hint.textContent = say('code.hint', body.minutes);
      field.hidden = after.hidden = false;
      ways.className = 'ways';
      for (const way of ways.children) way.className = 'link';
      input.value = '';
      input.focus();
    } else if (body?.error.code === 'paylink.over') over();
    else if (status === 429) wrong('code.many', new Intl.DateTimeFormat(form.closest('[lang]').lang, { hour: 'numeric', minute: '2-digit' }).format(Date.now() + wait * 1000));
    else wrong('code.unsent');
  };

  const type = async () => {
    const code = input.value.replace(/\D/g, '');
    if (!token && code.length !== DIGITS) return wrong('code.digits');
    if (!token) {
      const { status, body } = await ask('/access', { code });
      token = body?.token;
      if (status === 422) {
        // The service says no more than that it is not the right one; what was asked here is known here.
        sent.left -= 1;
        return wrong(sent.left > 0 && Date.now() < sent.until ? 'code.wrong' : 'code.spent');
      }
      if (body?.error?.code === 'paylink.over') return over();
    }
    // What has been opened stays so, if it cannot be shown at once.
    return (token && (await enter(token))) || wrong('day.failed');
  };

  const ways = make('div.stack', {}, ...channels.map((channel) => {
    const button = make('button.btn quiet', { type: 'button' }, say(`code.${channel}`));
    button.addEventListener('click', () => once(button, () => send(channel)));
    return button;
  }));
  form.addEventListener('submit', () => once(onward, type).then(() => mistake.hidden || input.focus()));
  form.append(told, field, mistake, after, ways);
}
