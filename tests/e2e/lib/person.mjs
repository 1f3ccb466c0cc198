// Somebody at a browser, whichever: reads what stands there, taps what can be seen, types. Of a driver's page no more is used than `goto`, `evaluate`,
// `mouse.click`, `keyboard.type`.

import assert from 'node:assert/strict';
import { until } from './until.mjs';

/** What one reads: of the page, and of the account within it. */
const READ = () => {
  const shown = [document.body, ...Array.from(document.querySelectorAll('tresen-account'), ({ shadowRoot }) => shadowRoot?.querySelector('.t'))];
  return shown.map((node) => node?.innerText ?? '').join('\n').replaceAll(/[\u00a0\u202f]/g, ' ');
};

/** Where something that can be tapped lies, once nothing lies over it: `words` of it, or a selector beginning with `=`. */
const PLACE = (what) => {
  // What the server has drawn gives way to the account at any moment: a finger that lifts off what is gone has pressed nothing.
  if (document.querySelector('tresen-account')?.hasChildNodes()) return null;
  const scopes = [document, ...Array.from(document.querySelectorAll('tresen-account, tresen-checkout'), ({ shadowRoot }) => shadowRoot).filter(Boolean)];
  const told = (node) => `${node.textContent} ${node.getAttribute('aria-label') ?? ''}`.replaceAll(/[\u00a0\u202f]/g, ' ').replaceAll(/\s+/g, ' ').trim();
  const all = scopes.flatMap((scope) => Array.from(scope.querySelectorAll(what.startsWith('=') ? what.slice(1) : 'button, a, summary, label')));
  const seen = all.filter((node) => node.checkVisibility({ visibilityProperty: true }) && node.getBoundingClientRect().width > 0);
  const found = what.startsWith('=') ? seen[0] : (seen.find((node) => told(node) === what) ?? seen.find((node) => told(node).includes(what)));
  if (!found || found.getAttribute('aria-disabled') === 'true') return null;
  found.scrollIntoView({ block: 'center', behavior: 'instant' });
  const { left, top, width, height } = found.getBoundingClientRect();
  const [x, y] = [left + width / 2, top + height / 2];
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot?.elementFromPoint(x, y) && hit.shadowRoot.elementFromPoint(x, y) !== hit) hit = hit.shadowRoot.elementFromPoint(x, y);
  return hit && (found.contains(hit) || hit.contains(found)) ? { x, y } : null;
};

const PAUSE_MS = 30;
const PATIENCE_MS = 30_000;

export class Person {
  /** Really dispatched clicks, since the last address was opened. */
  taps = 0;

  constructor(page) {
    this.page = page;
  }

  async opens(url) {
    await this.page.goto(url);
    this.taps = 0;
  }

  reads() {
    return this.page.evaluate(READ);
  }

  /** Waits until it can be read. */
  async sees(pattern) {
    let read = '';
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await new Promise((wake) => setTimeout(wake, PAUSE_MS))) {
      // A page that is just being left answers with an error: then the next one is read.
      read = await this.reads().catch(() => read);
      if (pattern.test(read)) return read;
    }
    return assert.fail(`${pattern} is not to be read in\n${read}`);
  }

  /** Waits until it lies there and no longer moves, and taps its middle; where that is. */
  async tap(what) {
    let [place, before] = [null, null];
    for (const end = Date.now() + PATIENCE_MS; Date.now() < end; await new Promise((wake) => setTimeout(wake, PAUSE_MS))) {
      [place, before] = [await this.page.evaluate(PLACE, what).catch(() => null), place];
      if (place && before && place.x === before.x && place.y === before.y) break;
    }
    assert.ok(place, `${what} can be tapped in\n${await this.reads().catch(String)}`);
    this.taps += 1;
    await this.page.mouse.click(place.x, place.y);
    return place;
  }

  async types(selector, text) {
    await this.tap(`=${selector}`);
    this.taps -= 1;
    await this.page.keyboard.type(text);
  }

  /** A day in a field that each browser draws its own calendar for: the last one that can be named, or the first. */
  async names(selector, which) {
    const found = await until(
      this.page,
      ([asked, bound]) => {
        const field = document.querySelector('tresen-account')?.shadowRoot?.querySelector(asked);
        if (!field) return false;
        field.value = field[bound];
        field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
        return field.value !== '';
      },
      [selector, which],
    );
    assert.ok(found, `${selector} takes a day`);
  }

  /** A photo in the field for files, as somebody would choose it in a window that belongs to no page. */
  async attaches(name) {
    const found = await until(
      this.page,
      async (called) => {
        const field = document.querySelector('tresen-account')?.shadowRoot?.querySelector('input[type=file]');
        if (!field) return false;
        const canvas = document.createElement('canvas');
        canvas.getContext('2d').fillRect(9, 9, 99, 99);
        const photo = await new Promise((drawn) => canvas.toBlob(drawn, 'image/jpeg'));
        const chosen = new DataTransfer();
        chosen.items.add(new File([photo], called, { type: 'image/jpeg' }));
        field.files = chosen.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));
        return true;
      },
      name,
    );
    assert.ok(found, 'there is a field for files');
  }

  asks(path, init) {
    return this.page.evaluate(
      async ([address, how]) => {
        const answer = await fetch(address, how);
        return { status: answer.status, body: await answer.json().catch(() => null) };
      },
      [path, init ?? null],
    );
  }
}
