// What the package tells editors of its elements, against the elements: what is told is there, and what is there is told.

import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { elements } from '../build/manifests.mjs';
import { ATTRIBUTES, EVENTS, PROPERTIES } from '../src/components.js';
import { TresenAccount } from '../src/account.js';
import { TresenCheckout } from '../src/element.js';
import { TresenHint } from '../src/hint.js';

const js = fileURLToPath(new URL('..', import.meta.url));
const read = (path) => readFileSync(join(js, path), 'utf8');
const within = (folder, extension) => readdirSync(join(js, folder), { recursive: true }).filter((name) => name.endsWith(extension)).map((name) => `${folder}/${name}`);
const sorted = (values) => [...new Set(values)].sort();
const all = (texts, pattern) => sorted(texts.flatMap((text) => [...text.matchAll(pattern)].map(([, found]) => found)));
const names = (list) => list.map(({ name }) => name);

/** Each element with its class, its scripts, its outlines and its sheets. */
const REAL = {
  'tresen-checkout': { made: TresenCheckout, scripts: ['src/element/checkout.js', 'src/act.js', 'src/settle/settling.js', 'src/more.js', 'src/confirm.js', ...within('src/more', '.js')], shapes: within('src/element/shapes', '.txt'), sheets: [...within('src/styles/more', '.css'), ...readdirSync(join(js, 'src/styles')).filter((name) => name.endsWith('.css')).map((name) => `src/styles/${name}`)] },
  'tresen-account': { made: TresenAccount, scripts: within('src/account', '.js'), shapes: within('src/account/shapes', '.txt'), sheets: [...within('src/styles/account', '.css'), ...readdirSync(join(js, 'src/styles')).filter((name) => name.endsWith('.css')).map((name) => `src/styles/${name}`)] },
  'tresen-hint': { made: TresenHint, scripts: within('src/hint', '.js'), shapes: [], sheets: ['src/hint/element.js'] },
};

for (const told of elements().elements) {
  const { made, scripts, shapes, sheets } = REAL[told.name];
  const kind = told.name.slice('tresen-'.length);
  const texts = scripts.map(read);

  describe(`<${told.name}>`, () => {
    test('observes and reads the attributes that are told, and no others', () => {
      // One by one, and by a list of names.
      const single = all(texts, /getAttribute\('([a-z-]+)'\)/g);
      const lists = texts.flatMap((text) => [...text.matchAll(/\[((?:'[a-z-]+'(?:, )?)+)\]\.map\(\(name\) => this\.getAttribute\(name\)\)/g)].flatMap(([, list]) => list.match(/[a-z-]+/g)));
      assert.deepEqual(sorted(names(told.attributes)), sorted([...made.observedAttributes, ...single, ...lists]));
      assert.deepEqual(sorted(names(told.attributes)), sorted(Object.values(ATTRIBUTES[kind])), 'and the components hand them on');
    });

    test('has the properties and methods that are told, and no others', () => {
      const own = Object.entries(Object.getOwnPropertyDescriptors(made.prototype)).filter(([name]) => !/^(constructor|\w+Callback)$/.test(name));
      const methods = own.filter(([, { value }]) => typeof value === 'function').map(([name]) => name);
      const fields = own.filter(([, { get, set }]) => get || set);
      assert.deepEqual(sorted(names(told.methods)), sorted(methods));
      assert.deepEqual(sorted(names(told.properties)), sorted(fields.map(([name]) => name)));
      for (const [name, { get, set }] of fields) {
        const { readonly = false, writeonly = false } = told.properties.find((property) => property.name === name);
        assert.deepEqual([name, readonly, writeonly], [name, !set, !get]);
      }
      assert.deepEqual(sorted(PROPERTIES[kind]), sorted(told.properties.filter(({ readonly }) => !readonly).map(({ name }) => name)));
    });

    test('tells the events that are told, and no others', () => {
      assert.deepEqual(sorted(names(told.events)), all(texts, /#tell\('(tresen-[a-z]+)'/g));
      assert.deepEqual(sorted(names(told.events)), sorted(EVENTS[kind].map((name) => `tresen-${name}`)));
    });

    test('has the parts and custom properties that are told, and no others', () => {
      const drawn = all(shapes.map(read), /;part=([a-z-]+)/g);
      const made = all(texts, /(?:setAttribute\('part', |\bpart: )'([a-z-]+)'/g);
      assert.deepEqual(sorted(Object.keys(told.parts)), sorted([...drawn, ...made]));
      assert.deepEqual(sorted(told.css), all(sheets.map(read), /var\((--tresen-[a-z-]+)/g));
    });

    test('has a slot where one is told', () => {
      assert.equal(told.slots.length > 0, texts.some((text) => text.includes("createElement('slot')")));
    });
  });
}

test('every custom property is told of once, and each of the forms tells it', () => {
  const { properties, elements: list } = elements();
  assert.deepEqual(sorted(list.flatMap(({ css }) => css)), sorted(Object.keys(properties)));
  const parsed = (name) => JSON.parse(read(`dist/${name}.json`));
  assert.deepEqual(names(parsed('vscode.css-custom-data').properties), Object.keys(properties));
  assert.deepEqual(names(parsed('vscode.html-custom-data').tags), names(list));
  assert.deepEqual(names(parsed('web-types').contributions.html.elements), names(list));
  assert.equal(parsed('web-types').version, JSON.parse(read('package.json')).version);
  const { modules } = parsed('custom-elements');
  assert.deepEqual(modules.map(({ declarations: [{ tagName }] }) => tagName), names(list));
  for (const { path, exports } of modules) {
    assert.ok(read(path).includes(exports[0].name), `${path} exports ${exports[0].name}`);
  }
});
