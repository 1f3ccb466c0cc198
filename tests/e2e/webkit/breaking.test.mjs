// A line that breaks, in WebKitGTK.

import { useWebkit } from '../lib/webkit.mjs';
import { breaking } from '../scenarios/breaking.mjs';

breaking('WebKitGTK', useWebkit);
