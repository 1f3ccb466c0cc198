// The stories of settling up, in Firefox.

import { useFirefox } from '../lib/firefox.mjs';
import { settling } from '../scenarios/settling.mjs';

settling('Firefox', useFirefox);
