// Carries out what the widget tells a page to show (src/ui of the Rust code): elements from outlines, and what is written to them.
//
// Nothing here parses HTML and nothing sets an inline style, so it runs under a strict content policy with Trusted Types.

import { ICONS } from './icons.js';

const STRONG = '\x02';

/** A page in `root`: the elements of each place by their letters; the first place is the page as a whole. */
export const newPage = (root) => [{ ' ': root }];

/** Carries out a list of commands. */
export function draw(page, commands) {
  let at = 0;
  for (const command of commands.split('\x1e').slice(1)) {
    const [verb, slot] = command;
    const text = command.slice(2);
    if (verb === '@') {
      at = slot.charCodeAt(0) - 48;
      page[at] ??= {};
      continue;
    }
    const node = (verb === 'b' || verb === 'o' ? page[0] : page[at])[slot];
    if (verb === 'a') set(node, text);
    else if (verb === 'b') build(page[at], at - 1, node, text);
    else if (verb === 'c') node.classList.toggle('on', !!text);
    else if (verb === 'f') focus(node);
    else if (verb === 'h') node.hidden = text;
    else if (verb === 'k') node.checked = text;
    else if (verb === 'n') {
      node.hidden = !text;
      say(node.lastChild, text);
    } else if (verb === 'o') for (const letter of 'rR') order(Array.from(text, (place) => page[place.charCodeAt(0) - 48][letter]));
    else say(node, text, verb === 'p');
  }
}

/** Sets an attribute, `name=value`, or takes it away, `name=`. */
function set(node, text) {
  const [name, value] = text.split('=');
  if (value) node.setAttribute(name, value);
  else node.removeAttribute(name);
}

/** Makes elements of an outline (src/checkout/widget/outline.rs says what stands in it) at the end of `parent`. */
function build(slots, place, parent, outline) {
  const path = [parent];
  for (const line of outline.split('\n')) {
    const depth = line.search(/\S/);
    if (depth < 0) continue;
    const [head, text] = line.split('~');
    const [tag, ...attributes] = head.slice(depth).replaceAll('%', place).split(';');
    const [name, classes] = tag.split('.');
    const node = name === 'svg' ? icon(attributes.pop()) : document.createElement(name);
    if (classes) node.setAttribute('class', classes);
    for (const attribute of attributes) {
      const [key, value = ''] = attribute.split('=');
      if (key[0] === '#') slots[key[1]] = node;
      else node.setAttribute(key, value);
    }
    if (text) say(node, text);
    path[depth].append(node);
    path[depth + 1] = node;
  }
}

/** An icon; it says nothing to a screen reader. */
function icon(name) {
  const [svg, path] = ['svg', 'path'].map((tag) => document.createElementNS('http://www.w3.org/2000/svg', tag));
  svg.setAttribute('viewBox', '0 0 24 24');
  svg.setAttribute('aria-hidden', 'true');
  path.setAttribute('d', ICONS[name]);
  svg.append(path);
  return svg;
}

const element = (tag, text) => Object.assign(document.createElement(tag), { textContent: text });

/** A text in which signs stand around what is strong. */
const rich = (text) => text.split(STRONG).map((part, place) => (place & 1 ? element('b', part) : part));

/** Writes a text, or its lines as paragraphs, unless it stands there already: a screen reader repeats what is written again. */
function say(node, text, paragraphs) {
  if (node.textContent === text.replace(/[\x02\n]/g, '')) return;
  const lines = text.split('\n').map(rich);
  node.replaceChildren(
    ...(paragraphs
      ? lines.map((line) => {
          const paragraph = element('p');
          paragraph.append(...line);
          return paragraph;
        })
      : lines[0]),
  );
}

/** Moves the focus, also to what cannot be reached with the Tab key. */
function focus(node) {
  if (node.tabIndex < 0) node.tabIndex = -1;
  node.focus();
}

/** Puts siblings into this order without touching the one that holds the focus: moving it would take the focus away. */
function order(nodes) {
  const [{ parentNode }] = nodes;
  const focused = nodes.find((node) => node.contains(node.getRootNode().activeElement));
  let before = focused ?? null;
  for (const node of nodes) {
    if (node === focused) before = null;
    else parentNode.insertBefore(node, before);
  }
}
