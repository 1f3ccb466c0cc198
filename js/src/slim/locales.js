// The texts for `tresen/slim`, in place of `#locales`: as `JSON.parse` gives them, which is also what a bundler makes of an imported file.

import { given } from './files.js';

const folder = (path) => async (language) => given(`locales/${path}${language}.json`);

export const checkout = folder('');
export const account = folder('account/');
export const more = folder('more/');
export const steps = folder('steps/');
export const settle = folder('settle/');
export const ask = folder('ask/');
export const proof = folder('proof/');
export const reach = folder('reach/');
