// What editors and tools know of the elements, in the forms they read, all of js/src/elements.json: a test holds it against the elements themselves.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { dist, js, write } from './run.mjs';

export const elements = () => JSON.parse(readFileSync(join(js, 'src/elements.json'), 'utf8'));

export function writeManifests() {
  const told = elements();
  const forms = { 'custom-elements': customElements(told), 'web-types': webTypes(told), 'vscode.html-custom-data': vscodeHtml(told), 'vscode.css-custom-data': vscodeCss(told) };
  for (const [name, form] of Object.entries(forms)) write(join(dist, `${name}.json`), `${JSON.stringify(form, null, 2)}\n`);
}

const text = (value) => value && { text: value };
const named = (record) => Object.entries(record).map(([name, description]) => ({ name, description }));
const ownCss = ({ css }, { properties }) => css.map((name) => ({ name, description: properties[name] }));

/** The Custom Elements Manifest, as the community group of the W3C has it. */
function customElements(told) {
  const declaration = (element) => ({
    kind: 'class',
    customElement: true,
    name: element.class,
    tagName: element.name,
    description: element.description,
    superclass: { name: 'HTMLElement' },
    attributes: element.attributes.map(({ name, type, description, default: value }) => ({ name, description, type: text(type), ...(value && { default: value }) })),
    members: [
      ...element.properties.map(({ name, type, description, readonly }) => ({ kind: 'field', name, description, type: text(type), ...(readonly && { readonly }) })),
      ...element.methods.map(({ name, description }) => ({ kind: 'method', name, description })),
    ],
    events: element.events.map(({ name, type, description }) => ({ name, description, type: text(type) })),
    slots: element.slots,
    cssParts: named(element.parts),
    cssProperties: ownCss(element, told),
  });
  const module = (element) => {
    const path = `dist/${element.module}.js`;
    const about = { name: element.class, module: path };
    const exports = [{ kind: 'js', name: element.class, declaration: about }, { kind: 'custom-element-definition', name: element.name, declaration: about }];
    return { kind: 'javascript-module', path, declarations: [declaration(element)], exports };
  };
  return { schemaVersion: '1.0.0', modules: told.elements.map(module) };
}

/** Web types, which JetBrains' editors read. */
function webTypes(told) {
  const { name, version } = JSON.parse(readFileSync(join(js, 'package.json'), 'utf8'));
  const element = (one) => ({
    name: one.name,
    description: one.description,
    attributes: one.attributes.map(({ name: attribute, type, description, required = false, default: value }) => ({ name: attribute, description, required, value: { type }, ...(value && { default: value }) })),
    slots: one.slots.map(({ name: slot, description }) => ({ name: slot || 'default', description })),
    js: {
      properties: one.properties.map(({ name: property, type, description, readonly }) => ({ name: property, type, description, ...(readonly && { 'read-only': true }) })),
      events: one.events.map(({ name: event, description }) => ({ name: event, description })),
    },
    css: { properties: ownCss(one, told), parts: named(one.parts) },
  });
  return { name, version, 'description-markup': 'none', contributions: { html: { elements: told.elements.map(element) } } };
}

/** Tags and attributes for `html.customData` of VS Code; where there is a choice, its words. */
function vscodeHtml(told) {
  const words = (type) => [...type.matchAll(/'([^']+)'/g)].map(([, name]) => ({ name }));
  const attribute = ({ name, type, description }) => ({ name, description, ...(words(type).length > 0 && { values: words(type) }) });
  return { version: 1.1, tags: told.elements.map(({ name, description, attributes }) => ({ name, description, attributes: attributes.map(attribute) })) };
}

/** Custom properties for `css.customData` of VS Code. */
const vscodeCss = ({ properties }) => ({ version: 1.1, properties: named(properties) });
