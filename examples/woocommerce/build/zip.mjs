// A zip of files, without what depends on the day or the machine.

import * as zlib from 'node:zlib';

/** 1980-01-01, the first day that a zip can name. */
const DAY = 0x21;
const UTF8 = 0x800;
const DEFLATED = 8;

const fields = (...list) => Buffer.concat(list.map(([size, value]) => {
  const bytes = Buffer.alloc(size);
  bytes.writeUIntLE(value, 0, size);
  return bytes;
}));

/** @param {[string, Buffer][]} entries names and contents */
export function zip(entries) {
  const parts = [];
  const directory = [];
  let at = 0;
  for (const [name, bytes] of [...entries].sort(([one], [other]) => (one < other ? -1 : 1))) {
    const path = Buffer.from(name, 'utf8');
    const packed = zlib.deflateRawSync(bytes, { level: 9 });
    const about = [[2, 20], [2, UTF8], [2, DEFLATED], [2, 0], [2, DAY], [4, crc(bytes)], [4, packed.length], [4, bytes.length], [2, path.length], [2, 0]];
    const local = Buffer.concat([fields([4, 0x04034b50], ...about), path, packed]);
    directory.push(Buffer.concat([fields([4, 0x02014b50], [2, 0x314], ...about, [2, 0], [2, 0], [2, 0], [4, (0o100644 << 16) >>> 0], [4, at]), path]));
    parts.push(local);
    at += local.length;
  }
  const list = Buffer.concat(directory);
  const end = fields([4, 0x06054b50], [2, 0], [2, 0], [2, directory.length], [2, directory.length], [4, list.length], [4, at], [2, 0]);
  return Buffer.concat([...parts, list, end]);
}

/** Node 20 has no `crc32` before 20.15. */
function crc(bytes) {
  if (zlib.crc32) return zlib.crc32(bytes);
  let sum = ~0;
  for (const byte of bytes) {
    sum ^= byte;
    for (let bit = 0; bit < 8; bit += 1) sum = (sum >>> 1) ^ (sum & 1 ? 0xedb88320 : 0);
  }
  return ~sum >>> 0;
}
