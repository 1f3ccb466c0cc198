// Elements by hand, as few as a panel has: no HTML is parsed and no inline style is set, so that a strict content policy is kept.

/** `make('p.s soft', { id: 'a' }, 'text', node)`: tag and classes, what is set on it, what stands in it. */
export function make(name, attributes = {}, ...content) {
  const [tag, classes] = name.split('.');
  const node = document.createElement(tag);
  if (classes) node.className = classes;
  for (const [what, value] of Object.entries(attributes)) node.setAttribute(what, value);
  node.append(...content);
  return node;
}

/** Shows a note or a mistake in its last child, or hides it. */
export function note(node, text) {
  node.hidden = !text;
  if (node.lastChild.textContent !== text) node.lastChild.textContent = text ?? '';
}
