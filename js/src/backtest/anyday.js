// A compiled policy as if it were valid on every day: the orders are of the past, and the policy may be one for tomorrow.

// The envelope is src/core/policy/bytes.rs, the first of the two days stands among the program's words where program/layout.rs says, the last one behind it.
const NAMES = 5; // where the length of the names stands
const SUM = 8; // the checksum at the end
const FROM = 3;
const FIRST_DAY = -25_567; // 1900-01-01
const LAST_DAY = 84_005; // 2199-12-31
const PRIME = 0x0100_0000_01b3n;

/**
 * @param {Uint8Array} policy compiled, and known to be whole
 * @returns {Uint8Array} the very same bytes if the policy is valid on every day already
 */
export function onAnyDay(policy) {
  let at = NAMES;
  const take = () => {
    let [value, unit, byte] = [0, 1, 128];
    for (; byte > 127; unit *= 128) {
      byte = policy[at++];
      value += (byte & 127) * unit;
    }
    return value;
  };
  const names = take();
  at += names;
  take(); // how many words there are
  for (let word = 0; word < FROM; word += 1) take();
  const begin = at;
  const days = [take(), take()];
  const always = [zigzag(FIRST_DAY), zigzag(LAST_DAY)];
  if (days.every((day, place) => day === always[place])) return policy;
  const body = [...policy.subarray(0, begin), ...always.flatMap(leb128), ...policy.subarray(at, policy.length - SUM)];
  const bytes = new Uint8Array(body.length + SUM);
  bytes.set(body);
  new DataView(bytes.buffer).setBigUint64(body.length, checksum(body), true);
  return bytes;
}

const zigzag = (word) => (word < 0 ? -2 * word - 1 : 2 * word);

function leb128(value) {
  const bytes = [];
  for (; value > 127; value = Math.floor(value / 128)) bytes.push((value % 128) | 128);
  return [...bytes, value];
}

/** FNV-1a, 64 bits. */
const checksum = (bytes) => bytes.reduce((hash, byte) => BigInt.asUintN(64, (hash ^ BigInt(byte)) * PRIME), 0xcbf2_9ce4_8422_2325n);
