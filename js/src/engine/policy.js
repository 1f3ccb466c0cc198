// All that a compiled policy says of itself, as objects.

import { NAMES, namesOf } from './names.js';

/**
 * @typedef {import('./names.js').PolicyNames & { classes: { id: string, ppm: number, ownData: boolean }[], valueClasses: string[],
 *   rules: { id: string, reason: number }[], fallback: string[] }} PolicyInfo
 */

const READERS = {
  ...NAMES,
  k({ classes }, [id, ppm, ownData]) {
    classes.push({ id, ppm: +ppm, ownData: ownData === '1' });
  },
  v({ valueClasses }, [id]) {
    valueClasses.push(id);
  },
  r({ rules }, [id, reason]) {
    rules.push({ id, reason: +reason });
  },
  f({ fallback }, ids) {
    fallback.push(...ids);
  },
};

/** @param {Uint8Array} bytes a compiled policy @returns {PolicyInfo} */
export const readNames = (bytes) => namesOf(bytes, READERS, { classes: [], valueClasses: [], rules: [], fallback: [] });
