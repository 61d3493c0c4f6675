import { describe, expect, it } from 'vitest';
import { readNdjson } from './read-ndjson.ts';

function streamOf(chunks: readonly Uint8Array[]): ReadableStream<Uint8Array> {
  return new ReadableStream({
    start(controller) {
      for (const chunk of chunks) controller.enqueue(chunk);
      controller.close();
    },
  });
}

async function collect(chunks: readonly Uint8Array[]): Promise<unknown[]> {
  const values: unknown[] = [];
  for await (const value of readNdjson(streamOf(chunks))) values.push(value);
  return values;
}

const bytes = new TextEncoder().encode('{"a":"東京 🛫"}\n\n{"b":[1,2]}\r\n{"c":null}');
const expected = [{ a: '東京 🛫' }, { b: [1, 2] }, { c: null }];

describe('readNdjson', () => {
  it('gives the same values wherever the bytes are cut', async () => {
    for (let cut = 0; cut <= bytes.length; cut += 1) {
      expect(await collect([bytes.slice(0, cut), bytes.slice(cut)])).toEqual(expected);
    }
  });

  it('reads one byte at a time', async () => {
    expect(await collect([...bytes].map((byte) => Uint8Array.of(byte)))).toEqual(expected);
  });

  it('gives a line before the stream ends', async () => {
    let release: () => void = () => undefined;
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(new TextEncoder().encode('{"first":1}\n{"sec'));
        release = () => {
          controller.enqueue(new TextEncoder().encode('ond":2}'));
          controller.close();
        };
      },
    });
    const values = readNdjson(body);
    expect((await values.next()).value).toEqual({ first: 1 });
    release();
    expect((await values.next()).value).toEqual({ second: 2 });
    expect((await values.next()).done).toBe(true);
  });

  it('cancels the stream when the reader leaves early', async () => {
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(new TextEncoder().encode('{"a":1}\n{"b":2}\n')),
      cancel: () => {
        cancelled = true;
      },
    });
    for await (const _ of readNdjson(body)) break;
    expect(cancelled).toBe(true);
  });

  it('throws for a line that is no JSON', async () => {
    await expect(collect([new TextEncoder().encode('{"a":1}\n{oops\n')])).rejects.toThrow(
      SyntaxError,
    );
  });
});
