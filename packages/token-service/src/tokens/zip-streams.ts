/**
 * `CompressionStream` and `DecompressionStream` (WHATWG Compression Streams) as far as tokens need them: `deflate-raw`, all at
 * once when the input ends, by zlib's synchronous call. jose takes the globals of these names. Node's own make three streams and a
 * turn of the thread pool out of the few hundred bytes of a token's claims: two thirds of the time to mint, a fifth of that to open.
 */
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { maxClaimsBytes } from '@vitrine/tokens';

class WholeStream extends TransformStream<BufferSource, Uint8Array<ArrayBuffer>> {
  constructor(format: string, work: (whole: Buffer) => Buffer<ArrayBuffer>) {
    if (format !== 'deflate-raw') throw new TypeError(`The format ${format} is not supported.`);
    const chunks: Uint8Array[] = [];
    super({
      transform(chunk) {
        chunks.push(bytesOf(chunk));
      },
      flush(controller) {
        controller.enqueue(work(Buffer.concat(chunks)));
      },
    });
  }
}

/** Throws `TypeError` for other formats. */
export class DeflateStream extends WholeStream {
  constructor(format: string) {
    super(format, (whole) => deflateRawSync(whole));
  }
}

/**
 * Throws `TypeError` for other formats. Fails for what inflates to more than a token's claims may have, ends too early, or goes on
 * after its end.
 */
export class InflateStream extends WholeStream {
  constructor(format: string) {
    super(format, (whole) => inflateRawSync(whole, limits));
  }
}

const limits = { maxOutputLength: maxClaimsBytes, rejectGarbageAfterEnd: true };

function bytesOf(source: BufferSource): Uint8Array {
  if (!ArrayBuffer.isView(source)) return new Uint8Array(source);
  return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
}
