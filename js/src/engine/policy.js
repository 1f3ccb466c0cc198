// What a compiled policy says of itself (src/core/policy/names.rs), as objects.

/**
 * @typedef {{ index: number, name: string, kind: string, client: boolean }} CustomFact
 * @typedef {{ id: string, kind: string, consent: string | null, term: { days: number, from: string } | null, fields: number[], reason: number }} MethodInfo
 * @typedef {{ currency: string, digits: number, residual: boolean, texts: string[], custom: CustomFact[],
 *   classes: { id: string, ppm: number, ownData: boolean }[], valueClasses: string[], rules: { id: string, reason: number }[], methods: MethodInfo[], fallback: string[] }} PolicyInfo
 */

/** The text stands behind magic, version and its length (LEB128); the engine has checked the bytes. */
function textOf(bytes) {
  let [at, length, byte] = [5, 0, 128];
  for (let shift = 0; byte > 127; shift += 7) {
    byte = bytes[at++];
    length |= (byte & 127) << shift;
  }
  return new TextDecoder().decode(bytes.subarray(at, at + length));
}

/** @param {Uint8Array} bytes a compiled policy @returns {PolicyInfo} */
export function readNames(bytes) {
  const policy = { currency: '', digits: 2, residual: false, texts: [], custom: [], classes: [], valueClasses: [], rules: [], methods: [], fallback: [] };
  for (const record of textOf(bytes).split('\x1e')) {
    const [what, ...fields] = record.split('\x1f');
    fields.pop();
    if (what === 'p') {
      [policy.currency, , , ...policy.texts] = fields;
      policy.digits = +fields[1];
      policy.residual = fields[2] === '1';
    } else if (what === 'c') {
      policy.custom.push({ index: +fields[0], name: fields[1], kind: fields[2], client: fields[3] === '1' });
    } else if (what === 'k') {
      policy.classes.push({ id: fields[0], ppm: +fields[1], ownData: fields[2] === '1' });
    } else if (what === 'v') {
      policy.valueClasses.push(fields[0]);
    } else if (what === 'r') {
      policy.rules.push({ id: fields[0], reason: +fields[1] });
    } else if (what === 'm') {
      const [id, kind, consent, days, from, list, reason] = fields;
      policy.methods.push({
        id,
        kind,
        consent: consent || null,
        term: days ? { days: +days, from } : null,
        fields: list ? list.split(',').map(Number) : [],
        reason: +reason,
      });
    } else if (what === 'f') {
      policy.fallback = fields;
    }
  }
  return policy;
}
