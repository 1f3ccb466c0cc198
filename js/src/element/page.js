// The page of one counter: elements made of shapes, and what the widget tells it to show (src/ui of the Rust code).
//
// Nothing here parses HTML and nothing sets an inline style, so it runs under a strict content policy with Trusted Types.
//
// In a shape one line is one element, as deep as it is indented: tag and classes, then what is set on it, each after a semicolon.
// `#n` names it for the widget, behind `~` stands the key of its sentence; `%` becomes the number of the place, so that ids are
// unique, `$` the method's id and `&` its kind.

import { account, apart, card, consent, done, facts, row, sentence, wait } from '#shapes';
import { ICONS } from './icons.js';
import { learn } from './kinds.js';

export const STRONG = '\x02';

// What stands in the row of a method of a kind; the others have one sentence, and what more.js draws has a place to stand.
const BODIES = { invoice: facts, pay_later: facts, sepa_debit: account, instalments: '' };

/** The elements of each place by their letters; the first place is the page as a whole. */
export class Page {
  places = [{}];
  #sentences;
  #merchant;

  /** Builds the counter in `root`; `texts` is a language file, and of sentences with blanks only those that name the merchant stand in shapes. */
  constructor(root, methods, texts, merchant) {
    learn();
    this.#sentences = texts.split('~').slice(1);
    this.#merchant = merchant;
    root.replaceChildren();
    this.#build(0, root, card);
    methods.forEach(({ id, kind, consent: agreed }, at) => {
      const words = { '%': at, $: id, '&': kind };
      this.places.push({});
      this.#build(at + 1, this.places[0].l, row + (BODIES[kind] ?? sentence) + (agreed ? consent : ''), words);
      this.#build(at + 1, this.places[0].b, apart, words);
      // Plans come with a script of their own: until they are there, they cannot be chosen.
      this.places[at + 1].i.disabled = kind === 'instalments';
    });
  }

  draw(commands) {
    carryOut(commands, this.places, (at, node) => this.#build(at, node, done));
  }

  #build(at, parent, shape, words) {
    const said = (key) => this.#sentences[key].replaceAll('*', STRONG).replace(/\{./g, () => this.#merchant);
    build(parent, shape, words, this.places[at], said);
  }
}

/** Carries out a list of commands; `finish` builds what comes after the order. What a place does not have is not written. */
export function carryOut(commands, places, finish) {
  let at = 0;
  for (const command of commands.split('\x1e').slice(1)) {
    const [verb, slot] = command;
    const text = command.slice(2);
    const node = places[at][slot];
    if (verb === '@') at = slot.charCodeAt(0) - 48;
    else if (verb === 'o') for (const letter of 'rR') order(Array.from(text, (place) => places[place.charCodeAt(0) - 48][letter]));
    else if (!node) continue;
    else if (verb === 'a') {
      const [name, value] = text.split('=');
      if (value) node.setAttribute(name, value);
      else node.removeAttribute(name);
    } else if (verb === 'c') node.classList.toggle('on', !!text);
    else if (verb === 'd') {
      node.replaceChildren();
      finish(at, node);
    } else if (verb === 'f') {
      // Also what cannot be reached with the Tab key.
      if (node.tabIndex < 0) node.tabIndex = -1;
      node.focus();
    } else if (verb === 'g') node.replaceChildren(...(text.match(/\S{1,4} ?/g) ?? []).map((group) => element('span', group.replace(' ', ','))));
    else if (verb === 'h') node.hidden = text;
    else if (verb === 'k') node.checked = text;
    else if (verb === 'n') {
      node.hidden = !text;
      say(node.lastChild, text);
    } else if (verb === 'x') node.remove();
    else say(node, text, verb === 'p');
  }
}

/** What stands in `root` until the list does: its height is kept, so that nothing jumps. */
export function showWait(root) {
  root.replaceChildren();
  build(root, wait);
}

/** Puts a shape into an element: `words` stand for its signs, `named` takes what it names, `said` tells the sentence of a key. */
export function build(parent, shape, words, named, said) {
  const path = [parent];
  for (const line of shape.trimEnd().split('\n')) {
    const depth = line.search(/\S/);
    const [head, key] = line.split('~');
    const [tag, ...attributes] = head.slice(depth).replace(/[%$&]/g, (sign) => words[sign]).split(';');
    const [name, classes] = tag.split('.');
    const node = name === 'svg' ? icon(attributes.pop()) : element(name);
    if (classes) node.setAttribute('class', classes);
    for (const attribute of attributes) {
      const [what, value = ''] = attribute.split('=');
      if (what[0] === '#') named[what[1]] = node;
      else node.setAttribute(what, value);
    }
    if (key) say(node, said(key));
    path[depth].append(node);
    path[depth + 1] = node;
  }
}

/** An icon; it says nothing to a screen reader. */
export function icon(name) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const element = (tag, ...content) => {
  const made = document.createElement(tag);
  made.append(...content);
  return made;
};

/** A text in which signs stand around what is strong. */
export const rich = (text) => text.split(STRONG).map((part, place) => (place & 1 ? element('b', part) : part));

/** Writes a text, or its lines as paragraphs, unless it stands there already: a screen reader repeats what is written again. */
export function say(node, text, paragraphs) {
  if (node.textContent === text.replace(/[\x02\n]/g, '')) return;
  node.replaceChildren(...(paragraphs ? text.split('\n').map((line) => element('p', ...rich(line))) : rich(text)));
}

/** Puts siblings into this order without touching the one that holds the focus: moving it would take the focus away. */
function order(nodes) {
  const focused = nodes.find((node) => node.contains(node.getRootNode().activeElement));
  let before = focused ?? null;
  for (const node of nodes) {
    if (node === focused) before = null;
    else node.parentNode.insertBefore(node, before);
  }
}
