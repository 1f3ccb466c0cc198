// One script with everything in it: the modules as addresses, which the configuration puts into the script itself, the texts as the bundler reads them.

import checkout from 'tresen/checkout.wasm?url';
import engine from 'tresen/engine.wasm?url';
import de from 'tresen/locales/de.json';
import more from 'tresen/locales/more/de.json';
import steps from 'tresen/locales/steps/de.json';
import plan from 'tresen/plan.wasm?url';
import { loadTresen } from 'tresen/slim';
import { start } from '../slimmed.js';

const files = {
  'checkout.wasm': checkout,
  'plan.wasm': plan,
  'engine.wasm': engine,
  'locales/de.json': de,
  'locales/more/de.json': more,
  'locales/steps/de.json': steps,
};

start(loadTresen, files);
