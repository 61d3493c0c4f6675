import { createCipheriv, createPublicKey, publicEncrypt, randomBytes } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { base64url, compactDecrypt } from 'jose';
import { beforeAll, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { decryptToken } from './decrypt-token.ts';
import { mintToken } from './mint-token.ts';
import { type OpenOptions, openToken } from './open-token.ts';
import {
  claims,
  encryptBare,
  header,
  kid,
  makeKeys,
  now,
  refusalFrom,
} from './testing/fixtures.ts';
import { tokenDigest, webDigest } from './token-digest.ts';

let keys: Awaited<ReturnType<typeof makeKeys>>;
let token = '';

const options = (more: Partial<OpenOptions> = {}): OpenOptions => ({
  privateKeyFor: async (id) => (id === kid ? keys.privateKey : undefined),
  now,
  ...more,
});
const open = (text: string, more: Partial<OpenOptions> = {}) => openToken(text, options(more));
const refusal = (text: string, more: Partial<OpenOptions> = {}) =>
  refusalFrom(() => open(text, more));

beforeAll(async () => {
  keys = await makeKeys();
  token = await mintToken(claims, { kid, publicKey: keys.publicKey, now });
});

/** A token whose content key, vector and tag are chosen freely. */
function handMade({ keyBytes = 16, plaintext = Buffer.from('{"sub":"u"}'), zip = false }) {
  const head = Buffer.from(JSON.stringify({ ...header, ...(!zip && { zip: undefined }) })).toString(
    'base64url',
  );
  const contentKey = randomBytes(keyBytes);
  const iv = randomBytes(12);
  const name = ({ 16: 'aes-128-gcm', 24: 'aes-192-gcm', 32: 'aes-256-gcm' } as const)[keyBytes];
  const cipher = createCipheriv(name ?? 'aes-128-gcm', name ? contentKey : randomBytes(16), iv);
  cipher.setAAD(Buffer.from(head));
  const content = Buffer.concat([cipher.update(plaintext), cipher.final()]);
  const key = createPublicKey(keys.pem.publicKey);
  const sealed = publicEncrypt({ key, oaepHash: 'sha256' }, contentKey);
  return [
    head,
    ...[sealed, iv, content, cipher.getAuthTag()].map((part) => part.toString('base64url')),
  ].join('.');
}

describe('openToken', () => {
  it(verifies('TOK-1 TOK-3', 'opens what was minted'), async () => {
    expect(await open(token)).toEqual({
      claims,
      header,
      digest: expect.stringMatching(/^[A-Za-z0-9_-]{43}$/),
      findings: [],
    });
  });

  it(verifies('TOK-16', 'opens what a bare library encrypts, with and without zip'), async () => {
    for (const more of [{ zip: 'DEF' }, {}]) {
      const bare = await encryptBare(JSON.stringify(claims), keys.publicKey, more);
      expect((await open(bare)).claims).toEqual(claims);
    }
    expect((await open(handMade({}))).claims).toEqual({ sub: 'u' });
  });

  it(verifies('TOK-16', 'mints what a bare library decrypts'), async () => {
    const { plaintext, protectedHeader } = await compactDecrypt(token, keys.privateKey);
    expect(JSON.parse(new TextDecoder().decode(plaintext))).toEqual(claims);
    expect(protectedHeader).toEqual(header);
  });

  it(verifies('VAL-2', 'opens any claims to the same claims'), async () => {
    const text = fc
      .string({ minLength: 1, maxLength: 40, unit: 'binary' })
      .filter((value) => !value.includes('\0'));
    const rule = fc.record({
      dataSourceTitle: text,
      table: text,
      column: text,
      members: fc.array(fc.oneof(text, fc.integer()), { maxLength: 5 }),
      exclusionary: fc.boolean(),
    });
    const grants = fc.record(
      {
        res: fc.array(fc.constant(`dashboards/${claims.sub}`), { maxLength: 3 }),
        flt: fc.array(fc.record({ jaql: fc.dictionary(fc.constantFrom('dim', 'title'), text) }), {
          maxLength: 3,
        }),
        acl: fc.array(rule, { maxLength: 3 }),
        prm: fc.subarray(['filter', 'export'] as const),
      },
      { requiredKeys: [] },
    );
    const anyClaims = fc.record(
      {
        sub: text,
        exp: fc.oneof(fc.constant(null), fc.integer({ min: now + 1, max: 1e11 })),
        nbf: fc.integer({ min: 0, max: now }),
        iss: text,
        grants,
        lng: fc.constantFrom('de-DE', 'ja-JP'),
        trc: fc.array(text, { maxLength: 3 }),
      },
      { requiredKeys: ['sub'] },
    );
    await fc.assert(
      fc.asyncProperty(anyClaims, fc.boolean(), async (value, compress) => {
        const minted = await mintToken(value, { kid, publicKey: keys.publicKey, now, compress });
        expect((await open(minted)).claims).toEqual(value);
      }),
      { numRuns: 60 },
    );
  });

  it('refuses a token with any one byte changed', async () => {
    const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.= \u00e9';
    await fc.assert(
      fc.asyncProperty(
        fc.nat(token.length - 1),
        fc.constantFrom(...alphabet),
        async (at, character) => {
          fc.pre(token[at] !== character);
          const changed = token.slice(0, at) + character + token.slice(at + 1);
          expect((await refusal(changed))?.code).toMatch(/^token_(malformed|refused)$/);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('gives unknown key ids, wrong keys and tampering one answer', async () => {
    const other = await makeKeys();
    const tampered = token.replace(
      /\.([^.])([^.]*)\.([^.]+)$/,
      (_, first, rest, tag) => `.${first === 'A' ? 'B' : 'A'}${rest}.${tag}`,
    );
    const answers = [
      await refusal(token, { privateKeyFor: async () => undefined }),
      await refusal(token, { privateKeyFor: async () => other.privateKey }),
      await refusal(tampered),
    ];
    expect(answers.map((answer) => answer?.code)).toEqual(Array(3).fill('token_refused'));
  });

  it(
    verifies('C-2 TOK-6', 'answers token_expired at exp and token_not_yet_valid before nbf'),
    async () => {
      const minted = await mintToken(
        { sub: 'u', nbf: now + 10, exp: now + 20 },
        { kid, publicKey: keys.publicKey, now },
      );
      expect((await refusal(minted, { now: now + 9 }))?.code).toBe('token_not_yet_valid');
      expect(await refusal(minted, { now: now + 10 })).toBeUndefined();
      expect(await refusal(minted, { now: now + 19 })).toBeUndefined();
      expect((await refusal(minted, { now: now + 20 }))?.code).toBe('token_expired');
      expect(await refusal(minted, { now: now + 20, clockToleranceSeconds: 1 })).toBeUndefined();
    },
  );

  it.each([
    ['{"sub":"u","exp":"x"}', 'token_malformed'],
    ['{"sub":"u","sub":"v"}', 'token_malformed'],
    ['\ufeff{"sub":"u"}', 'token_malformed'],
    ['foo', 'token_malformed'],
    ['', 'token_malformed'],
    ['{"sub":"u","grants":{"prm":["edit"]}}', 'token_refused'],
    ['{"sub":"u","exp":1,"grants":{"prm":["edit"]}}', 'token_refused'],
    ['{"sub":"u","exp":1}', 'token_expired'],
  ])('answers the claims %s with %s', async (text, code) => {
    expect((await refusal(await encryptBare(text, keys.publicKey)))?.code).toBe(code);
  });

  it(verifies('B-7', 'refuses claims that are not UTF-8'), async () => {
    const bare = await encryptBare(Uint8Array.of(0x22, 0xff, 0x22), keys.publicKey);
    expect(await refusal(bare)).toEqual({ code: 'token_malformed', findings: ['json_not_utf8'] });
  });

  it('takes the checks of the configuration that the token names', async () => {
    const minted = await mintToken({ sub: 'u' }, { kid, publicKey: keys.publicKey, now });
    expect(await refusal(minted)).toBeUndefined();
    const strict = await refusal(minted, { checksFor: async () => ({ profile: 'strict' }) });
    expect(strict?.findings).toContain('exp_missing');
  });

  it.each([1, 24, 32])(verifies('A-7', 'refuses a content key of %i bytes'), async (keyBytes) => {
    expect((await refusal(handMade({ keyBytes })))?.code).toBe('token_refused');
  });

  it(
    verifies('A-7', 'refuses a token for a modulus of another length before decrypting'),
    async () => {
      const segments = token.split('.');
      segments[1] = base64url.encode(new Uint8Array(384));
      const decrypt = vi.spyOn(crypto.subtle, 'decrypt');
      expect((await refusal(segments.join('.')))?.code).toBe('token_refused');
      expect(decrypt).not.toHaveBeenCalled();
      decrypt.mockRestore();
    },
  );

  it(verifies('A-9', 'gives a token one identity, however the digest is made'), async () => {
    const { digest } = await open(token);
    const segments = token.split('.');
    expect(await webDigest(segments)).toBe(digest);
    expect(await tokenDigest(segments)).toBe(digest);
    const twin = await mintToken(claims, { kid, publicKey: keys.publicKey, now });
    expect((await open(twin)).digest).not.toBe(digest);
  });
});

describe('decompression', () => {
  const inflatesTo = (size: number) => {
    const plaintext = deflateRawSync(Buffer.alloc(size, 0x20), { level: 9 });
    return handMade({ plaintext, zip: true });
  };

  it.each([0.3, 1.1, 10, 100])(
    verifies('A-5', 'refuses or survives %f MB of blanks'),
    async (megabytes) => {
      const bomb = inflatesTo(Math.round(megabytes * 1e6));
      const before = process.memoryUsage().rss;
      const start = performance.now();
      const answer = await refusal(bomb);
      expect(answer?.code).toBe(megabytes < 1 ? 'token_malformed' : 'token_refused');
      expect(performance.now() - start).toBeLessThan(500);
      expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
    },
  );

  const megabyte = deflateRawSync(Buffer.alloc(1e6, 0x20), { level: 9, finishFlush: 2 });

  it(verifies('A-5', 'refuses 450 MB in a text of legal length'), async () => {
    const bomb = handMade({ plaintext: Buffer.concat(Array(450).fill(megabyte)), zip: true });
    const before = process.memoryUsage().rss;
    const start = performance.now();
    expect((await refusal(bomb))?.code).toBe('token_refused');
    expect(performance.now() - start).toBeLessThan(500);
    expect(process.memoryUsage().rss - before).toBeLessThan(60e6);
  });

  it(verifies('A-5', 'refuses a gigabyte by the length of its text'), async () => {
    const bomb = handMade({ plaintext: Buffer.concat(Array(1_000).fill(megabyte)), zip: true });
    expect(await refusal(bomb)).toEqual({ code: 'token_malformed', findings: ['token_too_long'] });
  });

  it(verifies('A-5 TOK-14', 'opens 349,012 bytes of legal claims'), async () => {
    const text = JSON.stringify({ sub: 'u', grants: { flt: [{ jaql: { title: '' } }] } });
    const title = '\\u6f22'.repeat(58_160);
    const legal = text.replace('"title":""', `"title":"${title}"`);
    expect(legal.length).toBeGreaterThan(349_000);
    const bare = await encryptBare(legal, keys.publicKey, { zip: 'DEF' });
    expect((await open(bare)).claims.sub).toBe('u');
  });

  it(
    verifies('A-5', 'refuses bytes behind the compressed claims, and a stream cut short'),
    async () => {
      const whole = deflateRawSync(Buffer.from('{"sub":"u"}'));
      const zipped = (plaintext: Buffer<ArrayBuffer>) =>
        refusal(handMade({ plaintext, zip: true }));
      expect(await zipped(whole)).toBeUndefined();
      expect((await zipped(Buffer.concat([whole, Buffer.from([0])])))?.code).toBe('token_refused');
      expect((await zipped(Buffer.from(whole.subarray(0, -2))))?.code).toBe('token_refused');
    },
  );

  it('never decrypts with an algorithm of the token', async () => {
    const other = await encryptBare('{"sub":"u"}', keys.publicKey, { enc: 'A256GCM' });
    expect((await refusalFrom(() => decryptToken(other, keys.privateKey)))?.code).toBe(
      'token_refused',
    );
  });
});
