import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { type Row, row } from './row.ts';

const kilobyte = 1000;
const bundle = fileURLToPath(
  new URL('../../packages/embed/dist/vitrine-embed.js', import.meta.url),
);

/** What a host page loads: the element with Lit and the protocol, as served. */
export async function embedSize(): Promise<Row[]> {
  const bytes = gzipSync(readFileSync(bundle), { level: 9 }).byteLength;
  return [
    row('embed with Lit, gzip', 'kB', bytes / kilobyte, undefined, { of: 'value', atMost: 9.5 }),
  ];
}
