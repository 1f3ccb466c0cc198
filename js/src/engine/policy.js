// What a policy says of itself: the text that src/checkout/describe.rs writes, as objects.

/**
 * @typedef {{ index: number, name: string, kind: string, client: boolean }} CustomFact
 * @typedef {{ id: string, kind: string, consent: string | null, term: { days: number, from: string } | null, fields: number[] }} MethodInfo
 * @typedef {{ currency: string, digits: number, residual: boolean, texts: string[], custom: CustomFact[],
 *   classes: { id: string, ppm: number, ownData: boolean }[], valueClasses: string[], rules: string[], methods: MethodInfo[], fallback: string[] }} PolicyInfo
 */

/** @param {string} text @returns {PolicyInfo} */
export function readDescription(text) {
  const policy = { currency: '', digits: 2, residual: false, texts: [], custom: [], classes: [], valueClasses: [], rules: [], methods: [], fallback: [] };
  for (const record of text.split('\x1e')) {
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
      policy.rules.push(fields[0]);
    } else if (what === 'm') {
      const [id, kind, consent, days, from, list] = fields;
      policy.methods.push({
        id,
        kind,
        consent: consent || null,
        term: days ? { days: +days, from } : null,
        fields: list ? list.split(',').map(Number) : [],
      });
    } else if (what === 'f') {
      policy.fallback = fields;
    }
  }
  return policy;
}
