// The icons that only a checkout has, beside those of icons.js: methods have one for their kind.

import { ICONS } from './icons.js';

/** From now on they are there. */
export const learn = () =>
  Object.assign(ICONS, {
    person: 'M8.5 8a3.5 3.5 0 1 0 7 0a3.5 3.5 0 1 0-7 0M5 20c.6-4 3.5-6 7-6s6.4 2 7 6',
    invoice: 'M6 3h12v18l-3-2-3 2-3-2-3 2zM9 8h6M9 12h6',
    pay_later: 'M6 5h12a2 2 0 0 1 2 2v11a2 2 0 0 1-2 2H6a2 2 0 0 1-2-2V7a2 2 0 0 1 2-2M4 10h16M8 3v4M16 3v4M12 13v3l2 1',
    instalments: 'M4 20V9h4v11M10 20v-8h4v8M16 20v-5h4v5M3 20h18',
    sepa_debit: 'M4 10l8-6 8 6zM6 10v7M10 10v7M14 10v7M18 10v7M4 20h16',
    card: 'M5.5 5h13A2.5 2.5 0 0 1 21 7.5v9a2.5 2.5 0 0 1-2.5 2.5h-13A2.5 2.5 0 0 1 3 16.5v-9A2.5 2.5 0 0 1 5.5 5M3 10h18M7 15h3',
    wallet: 'M4 7.5A2.5 2.5 0 0 1 6.5 5H17v3M4 7.5V17a2 2 0 0 0 2 2h13a1 1 0 0 0 1-1V9a1 1 0 0 0-1-1H5M16 13.5h.1',
    prepayment: 'M4 12h15M13 6l6 6-6 6',
  });
