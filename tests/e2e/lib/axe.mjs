// axe on a page of the shop.

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** axe is a text that has to be run: over the debugging protocol, so that the page's own content policy stays as strict as it is. */
export async function withAxe(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('Runtime.evaluate', { expression: AXE });
  return session;
}

// A frame that runs no script cannot answer it: what lies in one is looked at as a page of its own.
const OPTIONS = JSON.stringify({ runOnly: TAGS, resultTypes: ['violations'], iframes: false });
const RUN = `axe.run(${OPTIONS}).then((found) => JSON.stringify(found.violations.map((one) => ({ id: one.id, nodes: one.nodes.map((node) => node.target.flat().join(' ') + ': ' + node.failureSummary) }))))`;

export async function violations(axe) {
  const { result, exceptionDetails } = await axe.send('Runtime.evaluate', { expression: RUN, awaitPromise: true });
  assert.equal(exceptionDetails, undefined);
  return JSON.parse(result.value);
}
