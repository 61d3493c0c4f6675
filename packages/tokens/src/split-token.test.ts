import fc from 'fast-check';
import { base64url } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { splitToken } from './split-token.ts';
import { encryptBare, makeKeys, refusalFrom } from './testing/fixtures.ts';

let token = '';

beforeAll(async () => {
  const { publicKey } = await makeKeys();
  token = await encryptBare('{"sub":"user"}', publicKey, { zip: 'DEF' });
});

const codesOf = async (text: string) => (await refusalFrom(() => splitToken(text)))?.findings;
const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** Other texts that decode to the same bytes, to lenient decoders. */
function* spellings(text: string): Generator<string> {
  const segments = text.split('.');
  const join = (at: number, segment: string) => segments.with(at, segment).join('.');
  for (const [at, segment] of segments.entries()) {
    const unused = [0, 0, 4, 2][segment.length % 4] ?? 0;
    const last = alphabet.indexOf(segment.at(-1) ?? '');
    for (let bits = 1; bits < 2 ** unused; bits++) {
      yield join(at, segment.slice(0, -1) + alphabet.charAt(last + bits));
    }
    for (const padding of ['=', '==', '===']) yield join(at, segment + padding);
    for (const blank of [' ', '\n', '\r\n', '\t', '\0', '\u200b', '%20', '\u00a0']) {
      yield join(at, segment + blank);
      yield join(at, blank + segment);
      yield join(at, segment.slice(0, 8) + blank + segment.slice(8));
    }
    yield join(
      at,
      segment.replace(/[-_]/, (sign) => (sign === '-' ? '+' : '/')) +
        '+'.slice(0, /[-_]/.test(segment) ? 0 : 1),
    );
  }
  for (const blank of [' ', '\n', '\r\n', '\t', '\0', '\ufeff', '.', '..']) {
    yield text + blank;
    yield blank + text;
  }
  for (const [quote, other] of ['""', "''", '<>', '[]', '()', '``'].map((pair) => [...pair])) {
    yield `${quote}${text}${other}`;
  }
  for (const prefix of ['Bearer ', 'wat:', 'JWT ', '/', './', '?', '#', '%']) yield prefix + text;
  for (const suffix of ['/', '?', '#', '%', '%0a', ',', ';', '&x=1', '\\', '~', ' .', '\u0000']) {
    yield text + suffix;
  }
  for (let at = 3; at <= 39; at += 3) yield `${text.slice(0, at)}\n${text.slice(at)}`;
}

describe('splitToken', () => {
  it(verifies('TOK-1', 'gives the five segments as they stand'), () => {
    expect(Object.values(splitToken(token)).join('.')).toBe(token);
  });

  it(verifies('A-9', 'refuses 200 other spellings of one token'), async () => {
    const others = [...new Set(spellings(token))];
    expect(others.length).toBeGreaterThanOrEqual(200);
    for (const other of others) {
      const refusal = await refusalFrom(() => splitToken(other));
      expect(refusal?.code, JSON.stringify(other.slice(0, 60))).toBe('token_malformed');
    }
  });

  it(verifies('A-9', 'takes exactly the text that encoding gives back'), () => {
    const { ciphertext } = splitToken(token);
    const put = (segment: string) => token.replace(ciphertext, segment);
    const bytes = fc.uint8Array({ minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(bytes, (content) => {
        const segment = base64url.encode(content);
        expect(splitToken(put(segment)).ciphertext).toBe(segment);
      }),
    );
    const characters = fc.array(fc.constantFrom(...alphabet), { minLength: 1, maxLength: 9 });
    fc.assert(
      fc.property(characters, (parts) => {
        const segment = parts.join('');
        const isCanonical =
          segment.length % 4 !== 1 && base64url.encode(base64url.decode(segment)) === segment;
        if (isCanonical) expect(splitToken(put(segment)).ciphertext).toBe(segment);
        else expect(() => splitToken(put(segment))).toThrow();
      }),
    );
  });

  it(verifies('A-10', 'refuses a megabyte of dots, and more dots than four'), async () => {
    expect(await codesOf('.'.repeat(1_000_000))).toEqual(['token_too_long']);
    const start = performance.now();
    expect(await codesOf('.'.repeat(655_360))).toEqual(['token_segments']);
    expect(performance.now() - start).toBeLessThan(250);
    for (const dots of [0, 1, 2, 3, 5, 6]) {
      expect(
        await codesOf(
          Array(dots + 1)
            .fill('AAAA')
            .join('.'),
        ),
      ).toEqual(['token_segments']);
    }
  });

  it(verifies('A-10', 'refuses the JSON serialisation of a good token'), async () => {
    const { header, encryptedKey, iv, ciphertext, tag } = splitToken(token);
    const flattened = { protected: header, encrypted_key: encryptedKey, iv, ciphertext, tag };
    expect(await codesOf(JSON.stringify(flattened))).toEqual(['token_segments']);
  });

  it.each([0, 1, 4, 8, 12, 13, 14, 15, 17, 32])(
    verifies('A-7', 'refuses a tag of %i bytes'),
    async (length) => {
      const tag = base64url.encode(new Uint8Array(length));
      const { tag: whole } = splitToken(token);
      expect(await codesOf(token.replace(whole, tag))).toHaveLength(1);
    },
  );

  it.each([0, 1, 8, 11, 13, 16])(
    verifies('A-7', 'refuses an initialisation vector of %i bytes'),
    async (length) => {
      const { iv } = splitToken(token);
      const other = base64url.encode(new Uint8Array(length));
      expect(await codesOf(token.replace(`.${iv}.`, `.${other}.`))).toHaveLength(1);
    },
  );

  it.each([0, 1, 128, 255, 513, 1_024])(
    verifies('A-7', 'refuses an encrypted key of %i bytes'),
    async (length) => {
      const { encryptedKey } = splitToken(token);
      const other = base64url.encode(new Uint8Array(length));
      expect(await codesOf(token.replace(encryptedKey, other))).toHaveLength(1);
    },
  );

  it('refuses a text longer than any legal token, and an endless header', async () => {
    const { header, ciphertext } = splitToken(token);
    expect(await codesOf(token.replace(ciphertext, 'A'.repeat(655_360)))).toEqual([
      'token_too_long',
    ]);
    expect(await codesOf(token.replace(header, 'A'.repeat(1_028)))).toEqual([
      'token_segment_length',
    ]);
  });
});
