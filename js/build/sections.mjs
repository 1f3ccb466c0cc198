// The sections of a WebAssembly binary: an id, a length, and that many bytes.

const CUSTOM = 0;
const HEADER = 8;

/** The binary without the custom section of that name. */
export function withoutSection(binary, name) {
  const kept = [binary.subarray(0, HEADER)];
  for (let start = HEADER; start < binary.length; ) {
    const [length, body] = leb128(binary, start + 1);
    const end = body + length;
    if (binary[start] !== CUSTOM || nameAt(binary, body) !== name) kept.push(binary.subarray(start, end));
    start = end;
  }
  return Buffer.concat(kept);
}

function nameAt(binary, at) {
  const [length, start] = leb128(binary, at);
  return Buffer.from(binary.subarray(start, start + length)).toString('utf8');
}

/** A number in seven-bit groups, and where it ends. */
function leb128(binary, at) {
  let value = 0;
  for (let shift = 0; ; shift += 7) {
    const byte = binary[at++];
    value += (byte & 0x7f) * 2 ** shift;
    if (byte < 0x80) return [value, at];
  }
}
