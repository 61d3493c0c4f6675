import { inflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { DeflateStream } from './deflate-stream.ts';

async function deflated(chunks: readonly BufferSource[]): Promise<Buffer> {
  const stream = new DeflateStream('deflate-raw');
  const writer = stream.writable.getWriter();
  const written = Promise.all([...chunks.map((chunk) => writer.write(chunk)), writer.close()]);
  const parts: Uint8Array[] = [];
  for await (const part of stream.readable) parts.push(part);
  await written;
  return Buffer.concat(parts);
}

describe('DeflateStream', () => {
  it(verifies('TOK-1', 'is undone by inflating, however its input was cut'), async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 5000 })), async (chunks) => {
        expect(inflateRawSync(await deflated(chunks)).equals(Buffer.concat(chunks))).toBe(true);
      }),
    );
  });

  it('takes views of a part of a buffer, and buffers', async () => {
    const bytes = Uint8Array.from({ length: 16 }, (_, index) => index);
    const view = new DataView(bytes.buffer, 4, 4);
    const inflated = inflateRawSync(await deflated([view, bytes.buffer]));
    expect([...inflated]).toEqual([4, 5, 6, 7, ...bytes]);
  });

  it('makes of nothing an empty stream, and of blanks a short one', async () => {
    expect(inflateRawSync(await deflated([]))).toHaveLength(0);
    expect((await deflated([new Uint8Array(1_048_576).fill(0x20)])).length).toBeLessThan(2000);
  });

  it.each(['gzip', 'deflate', ''])('refuses the format "%s"', (format) => {
    expect(() => new DeflateStream(format)).toThrow(TypeError);
  });
});
