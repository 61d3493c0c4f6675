import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { maxClaimsBytes } from '@vitrine/tokens';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { DeflateStream, InflateStream } from './zip-streams.ts';

type Zip = Pick<CompressionStream, 'readable' | 'writable'>;

async function through({ readable, writable }: Zip, ...chunks: readonly BufferSource[]) {
  const writer = writable.getWriter();
  // What fails is seen where the result is read.
  for (const chunk of chunks) writer.write(chunk).catch(() => undefined);
  writer.close().catch(() => undefined);
  const parts: Uint8Array[] = [];
  for await (const part of readable) parts.push(part);
  return Buffer.concat(parts);
}
const deflated = (...chunks: BufferSource[]) =>
  through(new DeflateStream('deflate-raw'), ...chunks);
const inflated = (...chunks: BufferSource[]) =>
  through(new InflateStream('deflate-raw'), ...chunks);
const native = { deflate: CompressionStream, inflate: DecompressionStream };

describe.each([
  ['DeflateStream', DeflateStream],
  ['InflateStream', InflateStream],
])('%s', (_name, Stream) => {
  it.each(['gzip', 'deflate', 'brotli', ''])('refuses the format "%s"', (format) => {
    expect(() => new Stream(format)).toThrow(TypeError);
  });
});

describe('both', () => {
  it(verifies('TOK-1', "undo each other, and Node's own, however their input is cut"), async () => {
    const chunk = fc.uint8Array({ maxLength: 5000 }).map((bytes) => Uint8Array.from(bytes));
    await fc.assert(
      fc.asyncProperty(fc.array(chunk), fc.nat(), async (chunks, cut) => {
        const whole = Buffer.concat(chunks);
        const short = await deflated(...chunks);
        const at = cut % (short.length + 1);
        const [head, tail] = [short.subarray(0, at), short.subarray(at)];
        expect((await inflated(head, tail)).equals(whole)).toBe(true);
        expect((await through(new native.inflate('deflate-raw'), short)).equals(whole)).toBe(true);
        const others = await through(new native.deflate('deflate-raw'), ...chunks);
        expect((await inflated(others)).equals(whole)).toBe(true);
      }),
    );
  });

  it('take views of a part of a buffer, and buffers', async () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index);
    const short = await deflated(new DataView(bytes.buffer, 4, 4), bytes.buffer);
    expect([...inflateRawSync(short)]).toEqual([4, 5, 6, 7, ...bytes]);
  });
});

describe('InflateStream', () => {
  const short = deflateRawSync('{"sub":"u"}');

  it.each([
    ['more than claims may have', deflateRawSync(Buffer.alloc(maxClaimsBytes + 1))],
    ['a bomb', deflateRawSync(Buffer.alloc(200 * maxClaimsBytes))],
    ['what ends too early', short.subarray(0, -2)],
    ['what goes on after its end', Buffer.concat([short, Buffer.from('x')])],
    ['what is not deflated', Buffer.from('{"sub":"u"}')],
    ['nothing', Buffer.alloc(0)],
  ])(verifies('A-5', 'fails for %s, as Node’s own does or sooner'), async (_name, bytes) => {
    await expect(inflated(bytes)).rejects.toThrow();
  });

  it(verifies('TOK-14', 'takes the most that claims may have'), async () => {
    const most = deflateRawSync(Buffer.alloc(maxClaimsBytes));
    expect(await inflated(most)).toHaveLength(maxClaimsBytes);
  });
});
