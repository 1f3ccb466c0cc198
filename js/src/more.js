// What only some checkouts need, loaded by the element where a method is credit or withheld, or a policy asks for steps that bring one back.
//
// What stands here listens to nothing of the element's and is asked by it: after everything that is drawn, before an order, after it.
// Whatever goes wrong here takes the methods that need it away and nothing else.

import { more as textsOf } from '#locales';
import css from '#more-styles';
import { bytes } from './element/api.js';
import { pickLanguage } from './element/language.js';
import { wear } from './element/sheet.js';
import { sellsIn } from './engine/market.js';
import { namesOf } from './engine/names.js';
import { refusals } from './more/refusals.js';
import { isCredit, rows } from './more/rows.js';
import { Words } from './more/words.js';

/**
 * @param {HTMLElement & { methods(): object[], names: Record<string, string> }} host
 * @param {import('./element/page.js').Page} page
 * @param {object} checkout the session as the service tells it
 * @param {() => Record<string, any>} known all facts that are known now
 * @param {() => void} decide decides anew and draws
 * @param {() => Promise<import('./element/counter.js').Counter>} another a counter of the same policy, which nobody sees
 */
export async function more(host, page, checkout, known, decide, another) {
  const language = pickLanguage(host.getAttribute('locale') ?? checkout.locale, host.getAttribute('address-form') ?? checkout.address_form);
  const policy = bytes(checkout.residual);
  const { methods } = namesOf(policy);
  // A refused order may say that a method is credit after all.
  const credit = (id) => checkout.refused?.methods?.find((method) => method.id === id)?.credit ?? checkout.credit?.[id];
  wear(host.shadowRoot, css, () => new URL('./more.CSS', import.meta.url));
  const words = textsOf(language).then((sentences) => new Words(sentences, language));
  const about = { policy, methods, market: sellsIn(policy).market, language, lang: language.slice(0, 2), known, decide, another, credit };
  const parts = {
    rows: { isWanted: () => methods.some((method) => isCredit(method, credit)), load: async () => rows(host, page, checkout, { ...about, words: await words }) },
    steps: {
      isWanted: () => checkout.steps?.length,
      load: async () => ({ draw: await (await import('./confirm.js')).steps(host, page, checkout, about) }),
    },
    // Last, for what is told of a method may have been taken away before.
    refusals: { isWanted: () => true, load: async () => refusals(host, page, checkout, { ...about, words: await words }) },
  };
  const made = () => Object.values(parts).flatMap((part) => part.made ?? []);
  const each = (verb, given) => {
    for (const part of made()) {
      try {
        part[verb]?.(given);
      } catch (error) {
        console.error('tresen-checkout: not all of it can be shown', error);
      }
    }
  };
  // Each comes on its own: where one of them cannot be had, the others can.
  const load = () => {
    const wanted = Object.values(parts).filter((part) => !part.loading && part.isWanted());
    return Promise.all(wanted.map((part) => (part.loading = part.load().then((one) => (part.made = one)).catch(() => {}))));
  };
  await load();
  each('draw');
  return {
    agreed: (asked) => made().reduce((found, part) => part.agreed?.(found) ?? found, asked),
    isComplete: (place) => made().every((part) => part.isComplete?.(place) ?? true),
    done: (answer) => each('done', answer),
    draw() {
      each('draw');
      load().then((loaded) => loaded.length && each('draw'));
    },
  };
}
