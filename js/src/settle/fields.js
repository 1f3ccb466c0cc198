// The fields of a form: native controls with their labels, each of which says what is in it and what is wrong with it.

import { make, note } from '../more/dom.js';
import { icon } from '../element/page.js';
import { minorOf } from './amount.js';

let count = 0;

/** What is wrong with a field, said where it is. */
function mistake() {
  const node = make('p.error', { id: `wrong${(count += 1)}`, role: 'alert', hidden: '' }, icon('info'), make('span'));
  return node;
}

/** A control with its label, its hint and its mistake; `judge` says what is wrong with what stands in it, or nothing, and `refused` what is when the service does. */
function control(name, label, input, hint, judge, refused) {
  const wrong = mistake();
  const help = hint && make('p.s soft', { id: `hint${count}` }, hint);
  input.id = `field${count}`;
  input.setAttribute('aria-describedby', [help && help.id, wrong.id].filter(Boolean).join(' '));
  const node = make('div', {}, make('label.label', { for: input.id }, ...[label].flat()), input, ...(help ? [help] : []), wrong);
  const tell = (said) => {
    note(wrong, said);
    input.setAttribute('aria-invalid', `${said !== ''}`);
    return said === '';
  };
  return {
    name,
    node,
    get value() {
      return input.value.trim();
    },
    set value(value) {
      input.value = value;
    },
    /** Whether it is as it should be; if not, that is said. */
    check() {
      return tell(judge?.(this.value) || '');
    },
    refuse: () => tell(refused),
    focus: () => input.focus(),
  };
}

/** A day of a range. */
export function day(words, { name, label, from, until, hint, wrong, optional }) {
  const bounds = { ...(from && { min: from }), ...(until && { max: until }) };
  const judge = (value) => (value === '' && optional) || (value !== '' && (!from || value >= from) && (!until || value <= until) ? '' : wrong);
  return control(name, label, make('input.input', { type: 'date', ...bounds }), hint, judge);
}

/** An amount of a range; `minor` is what was typed in whole minor units, or null. */
export function amount(words, { name, label, from, to, hint, wrong }) {
  const minor = (value) => minorOf(value, to.currency);
  const judge = (value) => (minor(value) !== null && minor(value) > 0 && minor(value) <= to.minor ? '' : wrong);
  const field = control(name, label, make('input.input', { type: 'text', inputmode: 'decimal', autocomplete: 'off' }), hint, judge);
  return Object.defineProperty(field, 'minor', { get: () => minor(field.value) });
}

/** A line or a few of them; `fits` says whether a text does, where not every one is taken. */
export function text(words, { name, label, lines, hint, wrong, optional, fits = (value) => value !== '' || optional, autocomplete = 'off', type = 'text' }) {
  const input = lines ? make('textarea.input', { rows: 3, maxlength: 2000 }) : make('input.input', { type, autocomplete, maxlength: 200 });
  const said = optional ? [`${label} `, make('span.soft', {}, words.text('optional'))] : label;
  return control(name, said, input, hint, (value) => (fits(value) ? '' : wrong), wrong);
}

/** One of some: `[value, words, beside]`. Nothing is chosen in advance where there is more than one, but what is so already. */
export function choice({ name, label, options, wrong, chosen }) {
  const said = mistake();
  const group = `group${count}`;
  const inputs = options.map(([value]) => make('input', { type: 'radio', name: group, value }));
  for (const input of inputs) input.checked = options.length === 1 || input.value === chosen;
  const rows = options.map(([value, words, beside = ''], at) => make(value === chosen ? 'label.choice on' : 'label.choice', {}, inputs[at], make('span', {}, words), make('span.num', {}, beside)));
  const node = make('fieldset.tight', { 'aria-describedby': said.id }, make('legend.label', {}, label), make('div.choices', {}, ...rows), said);
  node.hidden = options.length === 1;
  const mark = () => rows.forEach((row, at) => row.classList.toggle('on', inputs[at].checked));
  node.addEventListener('change', mark);
  return {
    name,
    node,
    get value() {
      return inputs.find(({ checked }) => checked)?.value ?? '';
    },
    set value(value) {
      for (const input of inputs) input.checked ||= input.value === value;
      mark();
    },
    check() {
      note(said, this.value ? '' : wrong);
      return this.value !== '';
    },
    focus: () => inputs[0].focus(),
  };
}

/** A box to tick; never ticked in advance, but where that is so already. */
export function tick({ name, label, wrong, on = false }) {
  const said = mistake();
  const input = make('input', { type: 'checkbox', 'aria-describedby': said.id });
  input.checked = on;
  return {
    name,
    node: make('div', {}, make('label.check', {}, input, make('span', {}, ...[label].flat())), said),
    get value() {
      return input.checked;
    },
    check() {
      note(said, input.checked || !wrong ? '' : wrong);
      return input.checked || !wrong;
    },
    focus: () => input.focus(),
  };
}
