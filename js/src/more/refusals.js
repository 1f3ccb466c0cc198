// What a person should find who is not offered a method on account: that a program decided, the way to a human, the full reasons, free advice on
// debts where the law wants it said (Directive (EU) 2023/2225, Article 18(9)), and what came of a review.

import addresses from '#advice';
import { open } from './dialog.js';
import { make } from './dom.js';
import { door } from './explanation.js';
import { adviceOf } from './information.js';

/**
 * @param {HTMLElement & { methods(): object[], names: Record<string, string> }} host
 * @param {object} page
 * @param {object} checkout the session as the service tells it
 * @param {{ words: import('./words.js').Words, methods: { id: string, kind: string }[], market: string, known: () => Record<string, any>, credit: Function }} about
 */
export function refusals(host, page, checkout, { words, methods, market, known, credit }) {
  const { name: merchant } = checkout.merchant;
  const [top] = page.places;
  const nameOf = ({ id, kind }) => host.names[id] ?? words.text(`method.${kind}.name`);
  const button = make('button.link', { type: 'button' }, words.text('refusal.open'));
  const line = make('div', {}, make('p.s soft', {}, words.text('refusal.line')), button);
  const why = new Map(methods.map((method) => [method.id, door(host, page, words, { method: method.id, name: nameOf(method), merchant, known })]));
  const latest = new Map([...(checkout.reviews ?? [])].reverse().map((review) => [review.method, review]));
  const notes = new Map([...latest.keys()].map((id) => [id, make('div.note', { role: 'note' }, make('div.tight'))]));
  const tags = new Map([...latest.keys()].map((id) => [id, make('span.tag', {}, words.text('review.tag'))]));

  const rowOf = (id) => page.places[methods.findIndex((method) => method.id === id) + 1];

  /** The methods that are withheld by a program and told of, each with the place where that is: several of them share one. */
  const withheld = () => {
    const places = page.places.slice(1).filter(({ R: told }) => told && !told.hidden);
    const all = host.methods().filter(({ state }) => state === 'withheld');
    const found = all.flatMap((method) => (places.includes(rowOf(method.id)) ? [{ method, place: rowOf(method.id) }] : []));
    for (const method of all) {
      const [name, place] = [nameOf(method), places.find(({ N: heading }) => heading.textContent.includes(nameOf(method)))];
      // Of two with one name the other is none that this person misses: the widget says nothing about it.
      if (place && !found.some((one) => one.method === method || (one.place === place && nameOf(one.method) === name))) found.push({ method, place });
    }
    // Where no human is offered, it is no decision about this person.
    return found.filter(({ place }) => !place.V.hidden);
  };

  button.addEventListener('click', () => {
    const found = withheld();
    const owes = (id) => found.some(({ method }) => credit(method.id)?.disclosures.includes(id));
    const ask = make('button.btn', { type: 'button' }, words.text('review.open'));
    const plain = (key, blanks = {}) => make('p', {}, words.text(key, { merchant, ...blanks }));
    const names = found.map(({ method }) => nameOf(method)).join(', ');
    const advice = owes('credit.refusal_notice') ? [make('section.tight', {}, make('h3.h2', {}, words.text('sheet.advice')), make('p', {}, ...adviceOf(words, addresses[market])))] : [];
    const nodes = [
      make('h2.h', {}, words.text('refusal.title')),
      make('div.tight', {}, plain('refusal.decided', { names }), plain('refusal.why')),
      make('section.tight', {}, make('h3.h2', {}, words.text('sheet.human')), plain('refusal.human')),
      ...advice,
    ];
    const close = open(top.c, words, nodes, ask);
    ask.addEventListener('click', () => {
      close();
      const { V: review } = found[0].place;
      review.open = true;
      review.querySelector('summary').focus();
    });
  });

  /** What came of the last review of a method, as words. */
  const answer = ({ state, words: own, granted }) => {
    if (state === 'open') return [words.nodes('review.waits', { merchant })];
    const told = granted ? words.nodes('review.changed', { merchant, amount: words.money(granted.amount), date: words.date(granted.until) }) : words.nodes('review.upheld', { merchant });
    return [told, own ? [own] : [words.text('review.guest', { merchant })]];
  };

  const drawReview = (method, review, place) => {
    const [note, tag] = [notes.get(method.id), tags.get(method.id)];
    const row = rowOf(method.id);
    const isListed = method.state !== 'withheld';
    // A grant that an order has used, or whose day is over, says nothing any more; nor does an answer about what is offered anyhow.
    const counts = review.granted || (!isListed && (review.state === 'open' || review.state === 'upheld'));
    note.hidden = tag.hidden = !counts;
    if (!counts) return;
    const paragraphs = answer(review);
    if (!note.firstChild.childElementCount) note.firstChild.append(...paragraphs.map((nodes) => make('p', {}, ...nodes)));
    if (!isListed && place) {
      if (place.V.previousSibling !== note) place.V.before(note);
    } else if (isListed) {
      if (note.parentNode !== row.b) row.b.prepend(note);
      if (tag.parentNode !== row.t.parentNode) row.t.after(tag);
    } else note.remove();
    if (!isListed) tag.remove();
  };

  return {
    draw() {
      const found = withheld();
      line.hidden = found.length === 0;
      if (found.length && !line.isConnected) top.b.before(line);
      for (const [id, link] of why) {
        const place = found.find(({ method }) => method.id === id)?.place;
        if (!place) link.remove();
        else if (link.parentNode !== place.W.parentNode) place.W.parentNode.append(link);
      }
      for (const method of host.methods()) if (latest.has(method.id)) drawReview(method, latest.get(method.id), found.find((one) => one.method.id === method.id)?.place);
    },
  };
}
