// Pictures as a phone's album has them, for journeys that send one: one of 40 MB
// and a file of as much that nothing can open.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deflateSync } from 'node:zlib';

/** Both as files, until they are forgotten. */
export function album() {
  const folder = mkdtempSync(join(tmpdir(), 'leitai-album-'));
  const huge = join(folder, 'IMG_0001.png'), broken = join(folder, 'IMG_0002.heic');
  writeFileSync(huge, photo(3700, 3700));
  writeFileSync(broken, Buffer.alloc(41_000_000, 7));
  return { huge, broken, forget: () => rmSync(folder, { recursive: true }) };
}

const table = Uint32Array.from({ length: 256 }, (_, n) => { for (let k = 0; k < 8; k++) n = n & 1 ? 0xedb88320 ^ (n >>> 1) : n >>> 1; return n; });

function crc32(bytes) {
  let crc = 0xffffffff;
  for (const byte of bytes) crc = table[(crc ^ byte) & 255] ^ (crc >>> 8);
  return (crc ^ 0xffffffff) >>> 0;
}

/** A picture in PNG, stored and not packed: as many bytes as pixels ask for. */
function photo(width, height) {
  const rows = Buffer.alloc((width * 3 + 1) * height);
  for (let y = 0; y < height; y++) for (let x = 0, at = y * (width * 3 + 1) + 1; x < width; x++, at += 3) { rows[at] = x >> 4; rows[at + 1] = y >> 4; rows[at + 2] = 128; }
  const chunk = (type, data) => {
    const body = Buffer.concat([Buffer.from(type), data]);
    const ends = Buffer.alloc(8);
    ends.writeUInt32BE(data.length, 0);
    ends.writeUInt32BE(crc32(body), 4);
    return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
  };
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 2, 0, 0, 0], 8);
  return Buffer.concat([Buffer.from([137, 80, 78, 71, 13, 10, 26, 10]), chunk('IHDR', header), chunk('IDAT', deflateSync(rows, { level: 0 })), chunk('IEND', Buffer.alloc(0))]);
}
