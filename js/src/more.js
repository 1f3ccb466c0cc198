// What only some checkouts need, loaded by the element where a policy has plans of instalments, or steps that bring a method back.
//
// What stands here listens to nothing of the element's and is asked by it: after everything that is drawn, before an order, after it.
// Whatever goes wrong here takes the methods that need it away and nothing else.

import css from '#more-styles';
import addresses from '#advice';
import { bytes } from './element/api.js';
import { wear } from './element/sheet.js';
import { namesOf } from './engine/names.js';
import { make } from './more/dom.js';
import { adviceOf } from './more/information.js';
import { Instalments } from './more/instalments.js';
import { Words } from './more/words.js';
import { loadPlans } from './plan.js';

const BASE = new URL('.', import.meta.url);

/**
 * @param {HTMLElement & { methods(): object[], names: Record<string, string> }} host
 * @param {import('./element/page.js').Page} page
 * @param {object} checkout the session as the service tells it
 * @param {string} language
 * @param {() => Record<string, any>} known all facts that are known now
 * @param {() => void} decide decides anew and draws
 */
export async function more(host, page, checkout, language, known, decide) {
  const policy = bytes(checkout.residual);
  const { methods } = namesOf(policy);
  const about = { methods, language, known, decide, base: BASE };
  wear(host.shadowRoot, css, new URL('more.css', BASE).href);
  // Each comes on its own: where one of them cannot be had, the other can.
  const wanted = [];
  if (methods.some(({ kind }) => kind === 'instalments')) wanted.push(instalments(host, page, checkout, policy, about));
  if (checkout.steps?.length) wanted.push(import(new URL('confirm.js', BASE).href).then(async ({ steps }) => ({ draw: await steps(host, page, checkout, about) })));
  const parts = await Promise.all(wanted.map((part) => part.catch(() => ({ draw() {} }))));
  const draw = () => {
    for (const part of parts) {
      try {
        part.draw();
      } catch (error) {
        console.error('tresen-checkout: not all of it can be shown', error);
      }
    }
  };
  draw();
  return { agreed: (asked) => asked, isComplete: () => true, done() {}, ...parts[0], draw };
}

/** The rows of the methods that have plans. */
async function instalments(host, page, checkout, policy, { methods, language, known }) {
  const [sentences, plans] = await Promise.all([fetch(new URL(`locales/${language}.more.json`, BASE)).then((response) => response.json()), loadPlans({ policy })]);
  const words = new Words(sentences, language, plans);
  const { name: merchant, bureau } = checkout.merchant;
  const advice = addresses[plans.market];
  const about = { words, plans, merchant, bureau, advice, lang: language.slice(0, 2), redraw: () => draw() };
  const rows = new Map(methods.flatMap((method, place) => (method.kind === 'instalments' ? [[place, new Instalments(method, place, page, about)]] : [])));
  let ordered; // the row that was ordered with last

  /** Runs one of the steps; where it fails, nobody can choose what it is about. */
  const safely = (step) => {
    try {
      return step();
    } catch (error) {
      for (const place of rows.keys()) page.places[place + 1].i.disabled = true;
      console.error('tresen-checkout: plans of instalments are not to be had', error);
      return undefined;
    }
  };

  const draw = () =>
    safely(() => {
      const states = new Map(host.methods().map((method) => [method.id, method]));
      for (const row of rows.values()) if (states.has(row.id)) row.draw(states.get(row.id), known(), checkout.today);
      for (const [place, { id }] of rows) tellAdvice(place, states.get(id));
    });

  /** Who is not granted a credit is told that a program decided, and where free advice is to be had (Directive (EU) 2023/2225, Article 18(9)). */
  const tellAdvice = (place, method) => {
    const name = host.names[method?.id] ?? words.text('method.instalments.name');
    const doors = page.places.slice(1).filter(({ R: told }) => told && !told.hidden);
    // What is told of several methods stands under the names of all of them.
    const door = method?.state === 'withheld' && (doors.find((one) => one === page.places[place + 1]) ?? doors.find(({ N: heading }) => heading.textContent.includes(name)));
    notice.remove();
    if (door) door.W.after(notice);
  };
  const notice = make('p.notice', {}, words.text('credit.refused'), ' ', ...adviceOf(words, advice));

  return {
    draw,
    /** What the widget knows of the order, with what is known here. */
    agreed: (asked) => (asked[0] && rows.get(+asked[0])?.agreed(asked)) || asked,
    isComplete(place) {
      ordered = rows.get(place);
      return ordered ? safely(() => ordered.isComplete) ?? false : true;
    },
    done: (answer) => ordered && safely(() => page.places[0].A.closest('.sec').after(ordered.done(answer))),
  };
}
