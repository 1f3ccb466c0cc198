// A case of tests/corpus/diagnostics as the policy that it spoils; tests/diagnostics/case.rs does the same.

const segments = (pointer) => pointer.split('/').slice(1).map((segment) => segment.replaceAll('~1', '/').replaceAll('~0', '~'));

function put(policy, pointer, value) {
  const path = segments(pointer);
  const key = path.pop();
  const parent = path.reduce((inner, segment) => inner[segment], policy);
  if (key === '-') parent.push(value);
  else parent[key] = value;
}

const get = (policy, pointer) => segments(pointer).reduce((inner, segment) => inner[segment], policy);

function numbered(value, number) {
  if (typeof value === 'string') return value.replaceAll('#', number);
  if (Array.isArray(value)) return value.map((item) => numbered(item, number));
  if (typeof value === 'object' && value !== null) return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, numbered(inner, number)]));
  return value;
}

/** @param {object} policy a clean one @param {{ remove?: string[], set?: object, repeat?: object, nest?: object }} spoilt */
export function spoiled(policy, { remove = [], set = {}, repeat = {}, nest = {} }) {
  for (const pointer of remove) {
    const path = segments(pointer);
    const key = path.pop();
    const parent = path.reduce((inner, segment) => inner[segment], policy);
    if (Array.isArray(parent)) parent.splice(Number(key), 1);
    else delete parent[key];
  }
  for (const [pointer, value] of Object.entries(set)) put(policy, pointer, structuredClone(value));
  for (const [pointer, { times, of }] of Object.entries(repeat)) put(policy, pointer, Array.from({ length: times }, (_, number) => numbered(of, number)));
  for (const [pointer, { times, in: key }] of Object.entries(nest)) {
    let inner = get(policy, pointer);
    for (let depth = 0; depth < times; depth += 1) inner = { [key]: [inner] };
    put(policy, pointer, inner);
  }
  return policy;
}
