// What only some checkouts need, loaded by the element where a method is credit or a policy asks for steps that bring a method back.
//
// What stands here listens to nothing of the element's and is asked by it: after everything that is drawn, before an order, after it.
// Whatever goes wrong here takes the methods that need it away and nothing else.

import css from '#more-styles';
import { bytes } from './element/api.js';
import { pickLanguage } from './element/language.js';
import { wear } from './element/sheet.js';
import { namesOf } from './engine/names.js';
import { isCredit, rows } from './more/rows.js';
import { Words } from './more/words.js';

const BASE = new URL('.', import.meta.url);

/**
 * @param {HTMLElement & { methods(): object[], names: Record<string, string> }} host
 * @param {import('./element/page.js').Page} page
 * @param {object} checkout the session as the service tells it
 * @param {() => Record<string, any>} known all facts that are known now
 * @param {() => void} decide decides anew and draws
 */
export async function more(host, page, checkout, known, decide) {
  const language = pickLanguage(host.getAttribute('locale') ?? checkout.locale, host.getAttribute('address-form') ?? checkout.address_form);
  const policy = bytes(checkout.residual);
  const { methods } = namesOf(policy);
  // A refused order may say that a method is credit after all.
  const credit = (id) => checkout.refused?.methods?.find((method) => method.id === id)?.credit ?? checkout.credit?.[id];
  wear(host.shadowRoot, css, new URL('more.css', BASE).href);
  const sentences = async () => new Words(await (await fetch(new URL(`locales/${language}.more.json`, BASE))).json(), language);
  const about = { policy, methods, language, lang: language.slice(0, 2), known, decide, credit, base: BASE };
  const parts = [];
  const each = (verb, given) => {
    for (const part of parts) {
      try {
        part[verb]?.(given);
      } catch (error) {
        console.error('tresen-checkout: not all of it can be shown', error);
      }
    }
  };
  // Each comes on its own: where one of them cannot be had, the other can.
  const add = (made) => made.then((part) => parts.push(part)).catch(() => {});
  let [hasRows, hasSteps] = [false, false];
  const load = () => {
    const wanted = [];
    if (!hasRows && methods.some((method) => isCredit(method, credit))) {
      hasRows = true;
      wanted.push(add(sentences().then((words) => rows(host, page, checkout, { ...about, words }))));
    }
    if (!hasSteps && checkout.steps?.length) {
      hasSteps = true;
      wanted.push(add(import(new URL('confirm.js', BASE).href).then(async ({ steps }) => ({ draw: await steps(host, page, checkout, about) }))));
    }
    return Promise.all(wanted);
  };
  await load();
  each('draw');
  return {
    agreed: (asked) => parts.reduce((found, part) => part.agreed?.(found) ?? found, asked),
    isComplete: (place) => parts.every((part) => part.isComplete?.(place) ?? true),
    done: (answer) => each('done', answer),
    draw() {
      each('draw');
      load().then((loaded) => loaded.length && each('draw'));
    },
  };
}
