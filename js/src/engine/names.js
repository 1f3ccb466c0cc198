// What a compiled policy says of itself (src/core/policy/names.rs), as objects: what facts and methods need.

/**
 * @typedef {{ index: number, name: string, kind: string, client: boolean }} CustomFact
 * @typedef {{ id: string, kind: string, consent: string | null, term: { days: number, from: string } | null, fields: number[], reason: number }} MethodInfo
 * @typedef {{ currency: string, digits: number, residual: boolean, texts: string[], custom: CustomFact[], methods: MethodInfo[] }} PolicyNames
 */

/** The same text as the one piece of memory that all names in scripts are which are equal to it: compared with one of them, nothing is read. */
const interned = (text) => Object.keys({ [text]: 0 })[0];

/** Readers of records by their first letters; each writes down what its record says. */
export const NAMES = {
  p(policy, [currency, digits, residual, ...texts]) {
    Object.assign(policy, { currency: interned(currency), digits: +digits, residual: residual === '1', texts: texts.map(interned) });
  },
  c({ custom }, [index, name, kind, client]) {
    custom.push({ index: +index, name, kind, client: client === '1' });
  },
  m({ methods }, [id, kind, consent, days, from, fields, reason]) {
    methods.push({
      id: interned(id),
      kind,
      consent: consent || null,
      term: days ? { days: +days, from } : null,
      fields: fields ? fields.split(',').map(Number) : [],
      reason: +reason,
    });
  },
};

/** The text stands behind magic, version and its length (LEB128); the engine has checked the bytes. */
function textOf(bytes) {
  let [at, length, byte] = [5, 0, 128];
  for (let shift = 0; byte > 127; shift += 7) {
    byte = bytes[at++];
    length |= (byte & 127) << shift;
  }
  return new TextDecoder().decode(bytes.subarray(at, at + length));
}

/**
 * @template {object} T
 * @param {Uint8Array} bytes a compiled policy
 * @param {Record<string, (policy: object, fields: string[]) => void>} readers
 * @param {T} more what the readers write to beside custom facts and methods
 * @returns {PolicyNames & T}
 */
export function namesOf(bytes, readers = NAMES, more) {
  const policy = { custom: [], methods: [], texts: [], ...more };
  for (const record of textOf(bytes).split('\x1e')) {
    const [what, ...fields] = record.split('\x1f');
    fields.pop();
    readers[what]?.(policy, fields);
  }
  return policy;
}
