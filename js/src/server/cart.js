// The hash of a cart, which binds a decision to what was bought. The definition for other languages: js/docs/cart-hash.md.

/** Lower-case hex of SHA-256 over the canonical JSON of `{lines, total}`. */
export async function cartHash(lines, total) {
  const bytes = new TextEncoder().encode(canonicalCart(lines, total));
  const digest = new Uint8Array(await crypto.subtle.digest('SHA-256', bytes));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** The text that is hashed: RFC 8785 for the few kinds of value a cart holds. Keys are written in sorted order by hand. */
export function canonicalCart(lines, total) {
  if (!Array.isArray(lines)) throw new TypeError('cart lines must be an array');
  return `{"lines":[${lines.map(line).join(',')}],"total":${money(total, 'total')}}`;
}

function line(value, index) {
  const at = `lines[${index}]`;
  onlyKeys(value, ['amount', 'name', 'quantity', 'sku'], at);
  const quantity = whole(value.quantity, `${at}.quantity`);
  if (quantity < 1) throw new TypeError(`${at}.quantity must be at least 1`);
  return `{"amount":${money(value.amount, `${at}.amount`)},"name":${text(value.name, `${at}.name`)},"quantity":${quantity},"sku":${text(value.sku, `${at}.sku`)}}`;
}

function money(value, at) {
  onlyKeys(value, ['currency', 'minor'], at);
  if (!/^[A-Z]{3}$/.test(value.currency)) throw new TypeError(`${at}.currency must be three capital letters`);
  return `{"currency":"${value.currency}","minor":${whole(value.minor, `${at}.minor`)}}`;
}

function whole(value, at) {
  if (!Number.isSafeInteger(value)) throw new TypeError(`${at} must be a whole number that JavaScript holds exactly`);
  return String(value === 0 ? 0 : value); // −0 is written as 0
}

function text(value, at) {
  if (typeof value !== 'string') throw new TypeError(`${at} must be a string`);
  // A lone surrogate has no UTF-8 form, so two languages would hash it differently.
  if (/\p{Surrogate}/u.test(value)) throw new TypeError(`${at} is not well-formed Unicode`);
  return JSON.stringify(value);
}

function onlyKeys(value, names, at) {
  if (typeof value !== 'object' || value === null) throw new TypeError(`${at} must be an object with ${names.join(', ')}`);
  // What is not hashed is not bound: an unknown key must not look as if it were.
  const unknown = Object.keys(value).find((key) => !names.includes(key));
  if (unknown !== undefined) throw new TypeError(`${at} has the unknown key \`${unknown}\``);
}
