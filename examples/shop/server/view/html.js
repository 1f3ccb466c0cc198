// Markup as tagged templates. Whatever is put in is escaped, unless it is markup itself.

class Markup {
  constructor(text) {
    this.text = text;
  }
  toString() {
    return this.text;
  }
}

const ENTITIES = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };
const escape = (value) => String(value).replace(/[&<>"']/g, (character) => ENTITIES[character]);

function render(value) {
  if (value === null || value === undefined || value === false) return '';
  if (Array.isArray(value)) return value.map(render).join('');
  return value instanceof Markup ? value.text : escape(value);
}

export const html = (strings, ...values) => new Markup(strings.reduce((text, part, index) => text + render(values[index - 1]) + part));

/** JSON inside a `<script type="application/json">`: a data block, which no content policy runs. */
export const json = (value) => new Markup(JSON.stringify(value).replaceAll('<', '\\u003c'));
