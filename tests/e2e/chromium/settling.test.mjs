// The stories of settling up, in Chromium.

import { useChromium } from '../lib/chromium.mjs';
import { settling } from '../scenarios/settling.mjs';

settling('Chromium', useChromium);
