// A line that breaks, in Firefox.

import { useFirefox } from '../lib/firefox.mjs';
import { breaking } from '../scenarios/breaking.mjs';

breaking('Firefox', useFirefox);
