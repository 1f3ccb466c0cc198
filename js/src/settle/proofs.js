// The place of files in a form; what stands in it is loaded when the door is opened, and where it does not come nothing is missing but that.

import { icon } from '../element/page.js';
import { make, note } from '../more/dom.js';

export function proofs(settling) {
  const node = make('div.tight', { hidden: '' });
  const place = { name: 'proofs', node, check: () => true, focus() {} };
  settling
    .proving()
    .then(({ field, words }) => {
      Object.assign(place, field(settling, words, { make, note, icon }));
      node.append(...place.content);
      node.hidden = false;
    })
    .catch(() => {});
  return place;
}
