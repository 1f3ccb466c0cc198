// A line that breaks, in Chromium.

import { useChromium } from '../lib/chromium.mjs';
import { breaking } from '../scenarios/breaking.mjs';

breaking('Chromium', useChromium);
