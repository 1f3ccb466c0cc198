// Before and after: the policy in force against one with a dial or two moved, over made-up orders, all of it in the visitor's browser.

import { withWorker } from '../http.js';
import { html, json } from './html.js';
import { DIALS } from '../variants.js';

const dial = (words, name, value) => html`
<div class="dial">
  <label for="dial-${name}">${words.dials[name]}</label>
  <span class="dial__value" id="dial-${name}-text" aria-hidden="true"></span>
  <input type="range" id="dial-${name}" name="${name}" min="${DIALS[name].least}" max="${DIALS[name].most}" step="${DIALS[name].step}" value="${value}" aria-describedby="dial-${name}-help" autocomplete="off">
  <p class="soft" id="dial-${name}-help">${words.help[name]}</p>
</div>`;

export function beforePage({ texts, assets, today, variants }) {
  const words = texts.before;
  return {
    name: 'page-before',
    title: words.title,
    headers: withWorker('tresen-backtest'),
    styles: [assets.url('shop', 'before.css')],
    scripts: [assets.url('shop', 'before.js')],
    preloads: [{ url: assets.url('tresen', 'backtest.js'), as: 'module' }],
    body: html`<div class="hero"><h1>${words.title}</h1><p>${words.lead}</p></div>
<div class="before">
  <form class="before__dials" id="dials" aria-label="${words.dialsTitle}">
    ${Object.entries(variants.dials).map(([name, value]) => dial(words, name, value))}
    <button type="reset" class="quiet">${words.reset}</button>
  </form>
  <section class="before__found" aria-labelledby="found-title">
    <h2 id="found-title">${words.found}</h2>
    <noscript><p>${words.noScript}</p></noscript>
    <progress id="progress" max="1" value="0" aria-label="${words.progress}"></progress>
    <div id="sentence" class="before__sentence" role="status"></div>
    <div id="tables"></div>
    <p class="soft" id="timing"></p>
  </section>
</div>
<p class="before__made soft">${words.madeUp}</p>`,
    after: html`<script type="application/json" id="page-data">${json({
      tag: texts.tag,
      backtest: assets.url('tresen', 'backtest.js'),
      dials: variants.dials,
      today,
      words,
      methods: texts.methods,
      names: texts.methodNames,
    })}</script>`,
  };
}
