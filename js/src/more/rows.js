// The rows of the methods on account, as far as the law takes them for credit: their plans, what must be told, what is agreed to.

import addresses from '#advice';
import { Deferral } from './deferral.js';
import { Instalments } from './instalments.js';
import { loadPlans } from '../plan.js';

/**
 * @typedef {object} About
 * @property {import('./words.js').Words} words
 * @property {import('../plan.js').Plans} plans
 * @property {string} merchant
 * @property {string} [bureau] the credit bureau that was asked
 * @property {{ name: string, web: string, phone: string | null }} [advice] where debt advice is to be had
 * @property {string} lang
 * @property {(id: string) => { regime: string, disclosures: string[], plans?: object[] } | undefined} credit what the service says a method is to the law
 * @property {() => void} redraw
 */

/** Whether a method needs a row of this kind: it has plans, or is credit without them. */
export const isCredit = ({ id, kind }, credit) => kind === 'instalments' || credit(id)?.regime === 'consumer_credit';

/**
 * @param {HTMLElement & { methods(): object[] }} host
 * @param {object} page
 * @param {object} checkout the session as the service tells it
 * @param {{ policy: Uint8Array, methods: object[], words: import('./words.js').Words, lang: string, known: () => Record<string, any>, credit: Function }} about
 */
export async function rows(host, page, checkout, { policy, methods, words, lang, known, credit }) {
  const plans = await loadPlans({ policy });
  words.writtenBy(plans);
  const { name: merchant, bureau } = checkout.merchant;
  const about = { words, plans, merchant, bureau, advice: addresses[plans.market], lang, credit, redraw: () => draw() };
  const made = new Map();
  let ordered; // the row that was ordered with last

  /** Runs one of the steps; where it fails, nobody can choose what it is about. */
  const safely = (step) => {
    try {
      return step();
    } catch (error) {
      for (const place of made.keys()) page.places[place + 1].i.disabled = true;
      console.error('tresen-checkout: credit is not to be had', error);
      return undefined;
    }
  };

  const draw = () =>
    safely(() => {
      methods.forEach((method, place) => {
        if (made.has(place) || !isCredit(method, credit)) return;
        made.set(place, method.kind === 'instalments' ? new Instalments(method, place, page, about) : new Deferral(method, place, page, about));
      });
      const states = new Map(host.methods().map((method) => [method.id, method]));
      for (const row of made.values()) if (states.has(row.id)) row.draw(states.get(row.id), known(), checkout.today);
    });

  return {
    draw,
    /** What the widget knows of the order, with what is known here. */
    agreed: (asked) => (asked[0] && made.get(+asked[0])?.agreed(asked)) || asked,
    isComplete(place) {
      ordered = made.get(place);
      return ordered?.isComplete === undefined ? true : safely(() => ordered.isComplete) ?? false;
    },
    done(answer) {
      const told = ordered?.done && safely(() => ordered.done(answer));
      if (told) page.places[0].A.closest('.sec').after(told);
    },
  };
}
