// The address form: read, checked, and what follows from it for a decision.

export const COUNTRIES = ['DE', 'AT', 'CH', 'NL', 'DK'];
const POSTCODE = { DE: /^\d{5}$/, AT: /^\d{4}$/, CH: /^\d{4}$/, NL: /^\d{4} ?[A-Z]{2}$/i, DK: /^\d{4}$/ };
const PARTS = ['name', 'street', 'postcode', 'city', 'country'];
const LENGTH_MAX = 120;

/** The address as stored, and what is wrong with it: `{field: 'required'}`. */
export function readAddress(form) {
  const text = (name) => (form.get(name) ?? '').trim();
  const errors = {};
  const place = (prefix) => {
    const values = Object.fromEntries(PARTS.map((part) => [part, text(prefix + part)]));
    for (const part of PARTS) {
      if (values[part] === '') errors[prefix + part] = 'required';
      else if (values[part].length > LENGTH_MAX) errors[prefix + part] = 'long';
    }
    if (!COUNTRIES.includes(values.country)) errors[`${prefix}country`] = 'required';
    else if (values.postcode !== '' && !POSTCODE[values.country].test(values.postcode)) errors[`${prefix}postcode`] = 'postcode';
    return values;
  };
  const email = text('email');
  if (email === '') errors.email = 'required';
  else if (email.length > LENGTH_MAX) errors.email = 'long';
  else if (!/^[^\s@]+@[^\s@]+\.[^\s@]+$/.test(email)) errors.email = 'email';
  const address = {
    kind: form.get('kind') === 'company' ? 'company' : 'consumer',
    email,
    billing: place(''),
    shipping: form.get('differs') === 'yes' ? place('shipping_') : null,
    toBilling: form.get('differs') !== 'yes',
  };
  return { address, errors };
}

/** The address a signed-in person has on file. */
export const addressOf = (person) =>
  person.billing === null ? null : { kind: person.kind, email: person.email, billing: { ...person.billing }, shipping: person.shipping ? { ...person.shipping } : null, toBilling: !person.shipping };

export const deliveredTo = (address) => (address.toBilling || address.shipping === null ? address.billing : address.shipping);

/** To whom what is owed is written: a person by their name, a company by its own above its street. Only the service's server is told. */
export function contactOf({ kind, billing: { name, street, postcode, city, country } }) {
  const below = [street, `${postcode} ${city}`, ...(country === 'DE' ? [] : [country])];
  const [family, ...given] = name.trim().split(/\s+/).reverse();
  return kind === 'company' || given.length === 0
    ? { address: [name, ...below] }
    : { name: { given: given.reverse().join(' '), family }, address: below };
}

export function addressFacts(address) {
  const goesTo = deliveredTo(address);
  return {
    'customer.kind': address.kind,
    'billing.country': address.billing.country,
    ...(address.billing.region ? { 'billing.region': address.billing.region } : {}),
    'shipping.country': goesTo.country,
    'shipping.same_as_billing': goesTo === address.billing,
    'shipping.method': 'home',
  };
}
