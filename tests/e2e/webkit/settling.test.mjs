// The stories of settling up, in WebKitGTK.

import { useWebkit } from '../lib/webkit.mjs';
import { settling } from '../scenarios/settling.mjs';

settling('WebKitGTK', useWebkit);
