// What a question is about. Nothing is guessed at: the words of a language name what is meant (src/texts/ask), and what they do not name goes to a human.

import { fold, isOneOf } from './fold.js';
import { read } from './values.js';

/** What can be asked, in the order in which one goes before another that is meant as much. */
export const INTENTS = [
  'distress',
  'other',
  'representative',
  'withdrawal',
  'not_mine',
  'not_received',
  'defective',
  'not_as_ordered',
  'wrong_amount',
  'dispute',
  'return',
  'paid',
  'received',
  'receipt',
  'rates',
  'part',
  'later',
  'hardship',
  'unpaid',
  'fee',
  'why',
  'due',
  'how',
  'genuine',
  'contact',
  'human',
];

/** Who writes more has a letter for a human. */
const LONGEST = 240;

/** Orders have longer numbers; what is shorter may be anything. */
const ORDER_SHORTEST = 4;

/**
 * @param {string} question
 * @param {object} known `view`, `words` of the language, `minorOf`, which reads an amount, and `isMonthFirst`
 * @returns `intent`, and what was said beside it: `claim`, `amount` in minor units, `share`, `date`, `rates`
 */
export function understand(question, { view, words, minorOf, isMonthFirst }) {
  const claim = view.claims.find(({ order }) => order.length >= ORDER_SHORTEST && question.includes(order));
  if (question.length > LONGEST) return { intent: 'unknown', claim };
  const { tokens, ...values } = read(claim ? question.replace(claim.order, ' ') : question, { today: view.today, words, minorOf, isMonthFirst });
  let [intent, most] = ['unknown', 0];
  for (const one of INTENTS) {
    const score = scoreOf(fold(words.text(`is.${one}`)), tokens);
    if (score > most) [intent, most] = [one, score];
  }
  return { intent, claim, ...values };
}

/** How much of it is meant: the groups of the longest pattern all of which are there. */
const scoreOf = (patterns, tokens) => Math.max(0, ...patterns.split('|').map((pattern) => pattern.split(' ')).map((groups) => (groups.every((group) => tokens.some((token) => isOneOf(group, token))) ? groups.length : 0)));
