// How the customer is reached and spoken to: what is known is shown so far that they know it, and what changes is typed anew.

/** What stands below a name on an envelope, as the service takes it. */
const LINES_MAX = 5;
const LINE_MAX = 100;

const linesOf = (value) => value.split('\n').map((line) => line.trim()).filter(Boolean);

/** The form with its title and what it says first; `by` has what the account's other forms are made with. */
export function contact(settling, words, { title, lead }, by) {
  const { choice, form, icon, make, note, text, tick } = by;
  const { view } = settling;
  const { email, phone, address, channels, opted_out: unwanted, languages } = view.reach;
  const typed = (name, known, more) => text(words, { name, label: words.text(`contact.${name}`), hint: known && words.text('contact.known', { known }), wrong: words.text(`contact.${name}.wrong`), ...more });
  const mail = typed('email', email, { type: 'email', autocomplete: 'email', fits: (value) => /^(\S+@\S+\.\S+)?$/.test(value) });
  const mobile = typed('phone', phone, { type: 'tel', autocomplete: 'tel', fits: (value) => /^([+0][\d\s()/.-]+)?$/.test(value) });
  const fits = (value) => !value || (linesOf(value).length >= 2 && linesOf(value).length <= LINES_MAX && linesOf(value).every(({ length }) => length <= LINE_MAX));
  const post = typed('address', address, { lines: true, autocomplete: 'off', fits });
  const current = /^de/i.test(view.locale) ? (view.address_form === 'du' ? 'de-du' : 'de') : view.locale.slice(0, 2);
  const spoken = languages.filter((language) => words.has(`language.${language}`)).map((language) => [language, words.text(`language.${language}`)]);
  const language = choice({ name: 'locale', label: words.text('contact.language'), options: spoken, wrong: '', chosen: current });
  const boxes = channels.map((channel) => tick({ label: words.text(`channel.${channel}`), on: !unwanted.includes(channel) }));
  const reminds = make('fieldset', {}, make('legend.label', {}, words.text('contact.remind')), ...boxes.map(({ node }) => node), make('p.s soft', {}, words.text('contact.after')));
  const same = make('p.error', { role: 'alert', hidden: '' }, icon('info'), make('span'));

  /** What is otherwise than it was, as a request has it. */
  const changed = () => {
    const optedOut = [...unwanted.filter((channel) => !channels.includes(channel)), ...channels.filter((_, at) => !boxes[at].value)];
    const isOther = language.value && language.value !== current;
    return {
      ...(mail.value && { email: mail.value }),
      ...(mobile.value && { phone: mobile.value }),
      ...(post.value && { address: linesOf(post.value) }),
      ...(isOther && !view.locale.startsWith(language.value.slice(0, 2)) && { locale: language.value.slice(0, 2) }),
      ...(isOther && language.value.startsWith('de') && { address_form: language.value === 'de-du' ? 'du' : 'sie' }),
      ...(optedOut.sort().join() !== [...unwanted].sort().join() && { opted_out: optedOut }),
    };
  };
  const anything = {
    node: same,
    check() {
      const is = Object.keys(changed()).length > 0;
      note(same, is ? '' : words.text('contact.same'));
      return is;
    },
    focus: () => mail.focus(),
  };
  return form(settling, {
    title,
    lead,
    fields: [mail, mobile, post, language, { node: reminds, check: () => true }, anything],
    send: words.text('contact.send'),
    ask: () => ({ kind: 'contact', ...changed() }),
  });
}
