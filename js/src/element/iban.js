// Whether an IBAN can be one, and if not, what is wrong with it.

// Countries of the SEPA area and how long their IBANs are (SWIFT IBAN registry, release 101; EPC409-09 for the area).
const LENGTHS =
  'AD24AL28AT20BE16BG22CH21CY28CZ24DE22DK18EE20ES24FI18FR27GB22GI23GR27HR21HU28IE22IS26IT27LI21LT20LU20LV21MC27MD24ME22MK19MT31NL18NO15PL28PT25RO24RS22SE24SI19SK24SM27VA22';

/**
 * What was typed in capitals without spaces; what is wrong with it: the first that applies, as its number among the sentences
 * `iban.error.…`, or −1; and how long an IBAN of its country is.
 *
 * @param {string} typed
 * @returns {[string, number, string | undefined]}
 */
export function readIban(typed) {
  const plain = typed.replace(/[ -]/g, '');
  const iban = plain.toUpperCase();
  const length = LENGTHS.match(/.{4}/g).find((row) => row.slice(0, 2) === iban.slice(0, 2))?.slice(2);
  // ISO 7064 MOD 97-10: the first four signs go to the end, letters count from 10.
  const rest = [...iban.slice(4), ...iban.slice(0, 4)].reduce((sum, sign) => `${sum}${parseInt(sign, 36)}` % 97, '');
  // Some letters of other scripts become Latin ones as capitals: signs are looked at as they were typed.
  return [iban, [!iban, /[^a-z0-9]/i.test(plain), !length, iban.length !== +length, rest !== 1].indexOf(true), length];
}
