import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { makeKeys, refusalFrom } from '../testing/fixtures.ts';
import { generateKeyPair } from './generate-key-pair.ts';
import { importPrivateKey } from './import-private-key.ts';
import { importPublicKey } from './import-public-key.ts';
import { publicKeyThumbprint } from './public-key-thumbprint.ts';

let keys: Awaited<ReturnType<typeof makeKeys>>;
let thumbprint = '';

beforeAll(async () => {
  keys = await makeKeys();
  thumbprint = await publicKeyThumbprint(keys.pem.publicKey);
});

const jwkOf = (pem: string) => createPublicKey(pem).export({ format: 'jwk' });
const pkcs1Of = (pem: string) =>
  String(createPublicKey(pem).export({ format: 'pem', type: 'pkcs1' }));
const withBreaks = (between: string) => (pem: string) => pem.trim().split('\n').join(between);

const forms: [string, (pem: string) => string][] = [
  ['as downloaded', (pem) => pem],
  ['CRLF', withBreaks('\r\n')],
  ['lone CR', withBreaks('\r')],
  ['backslash-n', withBreaks('\\n')],
  ['backslash-r-backslash-n', withBreaks('\\r\\n')],
  ['backslash-n at the end', (pem) => `${withBreaks('\\n')(pem)}\\n`],
  ['blanks for line breaks', withBreaks(' ')],
  ['tabs for line breaks', withBreaks('\t')],
  ['nothing for line breaks', withBreaks('')],
  ['empty lines', withBreaks('\n\n')],
  ['indented', withBreaks('\n    ')],
  ['indented from the start', (pem) => `    ${withBreaks('\n    ')(pem)}`],
  ['trailing blanks', withBreaks('  \n')],
  ['a byte order mark', (pem) => `\ufeff${pem}`],
  ['a byte order mark and CRLF', (pem) => `\ufeff${withBreaks('\r\n')(pem)}`],
  ['quoted', (pem) => JSON.stringify(pem)],
  ['single quotes', (pem) => `'${pem.trim()}'`],
  ['all blanks stripped', (pem) => pem.replaceAll(/\s/g, '')],
  [
    'eight characters a line',
    (pem) => pem.replaceAll(/([A-Za-z0-9+/]{8})(?=[A-Za-z0-9+/])/g, '$1\n'),
  ],
  ['PKCS#1', pkcs1Of],
  ['PKCS#1 in one line', (pem) => withBreaks('')(pkcs1Of(pem))],
  ['PKCS#1 with backslash-n', (pem) => withBreaks('\\n')(pkcs1Of(pem))],
  ['JWK', (pem) => JSON.stringify(jwkOf(pem))],
  ['JWK with blanks and a mark', (pem) => `\ufeff ${JSON.stringify(jwkOf(pem), null, 2)}\r\n`],
  [
    'JWK with use, alg and kid',
    (pem) =>
      JSON.stringify({
        ...jwkOf(pem),
        use: 'enc',
        alg: 'RSA-OAEP-256',
        kid: 'x',
        key_ops: ['wrapKey'],
      }),
  ],
];

describe('public keys', () => {
  it(verifies('TOK-2', 'are written as SPKI with LF, 64 columns and a final newline'), async () => {
    const { publicKey } = await generateKeyPair();
    const lines = publicKey.split('\n');
    expect(lines[0]).toBe('-----BEGIN PUBLIC KEY-----');
    expect(lines.at(-2)).toBe('-----END PUBLIC KEY-----');
    expect(lines.at(-1)).toBe('');
    expect(publicKey).not.toContain('\r');
    expect(Math.max(...lines.map((line) => line.length))).toBe(64);
    expect(lines.slice(1, -3).every((line) => line.length === 64)).toBe(true);
  });

  it.each(forms)(verifies('TOK-2', 'are read: %s'), async (_, write) => {
    expect(await publicKeyThumbprint(write(keys.pem.publicKey))).toBe(thumbprint);
  });

  it(verifies('TOK-2', 'are read as the documents print them'), async () => {
    const printed =
      '-----BEGIN PUBLIC KEY-----MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAq/38zSIYIwreL3eKC8ZqCEr+h8ohYgVh4FLlknO+sO+kTC9eln+mHnMExnYPQiBOIFDbY4WL2oa3jB21mo8ooZEJUyJ5fU473YUVKY6nO/OuWjkGyCPZUQ2nXlqIgFV7QZ3KBbkvYM52+TasO6+39+30j1s8tw+57LduzoQIuipOV3JsJQOY/RgKYfUhj6Hz1nrvhDGm/PPx23rf3hYje2QCCuWtk0nNGDmGqQGly3dfpLJukVRViBYPbC2ic6dY1VNHrQvCu7ZzbOqq25a3Qr+PBW1RJ8nsPwEpz4MsdyDbG77nndNHgO4+fp7XbJ4KHfwGAtqB+5Ehygin/mRJuQIDAQAB-----END PUBLIC KEY-----';
    expect((await importPublicKey(printed)).algorithm).toMatchObject({ modulusLength: 2048 });
  });

  it('have thumbprints of their own', async () => {
    const other = await generateKeyPair();
    expect(await publicKeyThumbprint(other.publicKey)).not.toBe(thumbprint);
    expect(thumbprint).toMatch(/^[A-Za-z0-9_-]{43}$/);
  });

  it.each([
    ['nothing', () => ''],
    ['any text', () => 'not a key'],
    ['a private key', () => keys.pem.privateKey],
    [
      'a private JWK',
      () => JSON.stringify(createPrivateKey(keys.pem.privateKey).export({ format: 'jwk' })),
    ],
    ['labels that differ', () => keys.pem.publicKey.replace('END PUBLIC', 'END RSA PUBLIC')],
    ['another label', () => keys.pem.publicKey.replaceAll('PUBLIC KEY', 'CERTIFICATE')],
    [
      'a body cut short',
      () => keys.pem.publicKey.replace(/\n[A-Za-z0-9+/=]+\n-----END/, '\n-----END'),
    ],
    ['no end', () => keys.pem.publicKey.slice(0, 200)],
    ['a JWK for signatures', () => JSON.stringify({ ...jwkOf(keys.pem.publicKey), use: 'sig' })],
    [
      'a JWK for another algorithm',
      () => JSON.stringify({ ...jwkOf(keys.pem.publicKey), alg: 'RSA-OAEP' }),
    ],
    [
      'a JWK for verifying',
      () => JSON.stringify({ ...jwkOf(keys.pem.publicKey), key_ops: ['verify'] }),
    ],
    ['a symmetric JWK', () => '{"kty":"oct","k":"AAAA"}'],
    ['a broken JWK', () => '{"kty":"RSA","n":5,"e":"AQAB"}'],
    ['half a JWK', () => '{"kty":"RSA"'],
    ['100 kB', () => '-'.repeat(100_000)],
  ])('are refused: %s', async (_, write) => {
    expect((await refusalFrom(() => importPublicKey(write())))?.code).toBe('key_refused');
  });

  const rsa = (modulusLength: number, publicExponent = 65_537) =>
    generateKeyPairSync('rsa', { modulusLength, publicExponent });
  const spki = (pair: ReturnType<typeof rsa>) =>
    String(pair.publicKey.export({ format: 'pem', type: 'spki' }));
  const pkcs8 = (pair: ReturnType<typeof rsa>) =>
    String(pair.privateKey.export({ format: 'pem', type: 'pkcs8' }));

  it.each([
    [1024, 65_537],
    [2040, 65_537],
    [2048, 3],
    [4104, 65_537],
  ])(
    verifies('A-11', 'are refused with %i bits and exponent %i, private ones too'),
    async (bits, exponent) => {
      const pair = rsa(bits, exponent);
      expect((await refusalFrom(() => importPublicKey(spki(pair))))?.code).toBe('key_refused');
      expect((await refusalFrom(() => importPrivateKey(pkcs8(pair))))?.code).toBe('key_refused');
    },
  );

  it(verifies('A-11', 'are taken with 3072 bits'), async () => {
    const pair = rsa(3072);
    await expect(importPublicKey(spki(pair))).resolves.toBeDefined();
    await expect(importPrivateKey(pkcs8(pair))).resolves.toBeDefined();
  });

  it(verifies('A-11', 'are refused with an even modulus or one of 8192 bits'), async () => {
    const modulus = (bytes: number, last: number) =>
      Buffer.concat([Buffer.from([0xc5]), Buffer.alloc(bytes - 2, 0x5a), Buffer.from([last])]);
    for (const n of [modulus(256, 0x10), modulus(1_024, 0x11)]) {
      const jwk = { kty: 'RSA', n: n.toString('base64url'), e: 'AQAB' };
      expect((await refusalFrom(() => importPublicKey(JSON.stringify(jwk))))?.code).toBe(
        'key_refused',
      );
    }
  });

  it(verifies('A-11', 'are made beside other work, twenty of them at once'), async () => {
    const before = performance.eventLoopUtilization();
    await Promise.all(Array.from({ length: 20 }, () => generateKeyPair()));
    // Made on the event loop they would keep it busy all the time.
    expect(performance.eventLoopUtilization(before).utilization).toBeLessThan(0.5);
  });

  it(verifies('A-11', 'are not taken for keys of the flawed generator'), async () => {
    for (let round = 0; round < 5; round++) await expect(makeKeys()).resolves.toBeDefined();
  });
});

describe('private keys', () => {
  it(verifies('E-1', 'cannot be exported again'), async () => {
    expect(keys.privateKey.extractable).toBe(false);
    await expect(crypto.subtle.exportKey('pkcs8', keys.privateKey)).rejects.toThrow();
  });

  it('are read whatever their line breaks', async () => {
    for (const between of ['\r\n', '\\n', ' ', '']) {
      await expect(
        importPrivateKey(withBreaks(between)(keys.pem.privateKey)),
      ).resolves.toBeDefined();
    }
  });

  it(verifies('A-11', 'are refused where their parts do not fit'), async () => {
    const jwk = createPrivateKey(keys.pem.privateKey).export({ format: 'jwk' });
    const other = createPrivateKey((await generateKeyPair()).privateKey).export({ format: 'jwk' });
    for (const parts of [
      { n: other.n },
      { p: other.p },
      { d: other.d, dp: other.dp, dq: other.dq },
    ]) {
      const pem = createPrivateKey({
        key: Object.assign({}, jwk, parts),
        format: 'jwk',
      }).export({
        format: 'pem',
        type: 'pkcs8',
      });
      expect((await refusalFrom(() => importPrivateKey(String(pem))))?.code).toBe('key_refused');
    }
  });

  it.each([
    ['a public key', () => keys.pem.publicKey],
    [
      'PKCS#1',
      () => String(createPrivateKey(keys.pem.privateKey).export({ format: 'pem', type: 'pkcs1' })),
    ],
    ['any text', () => 'none'],
    [
      'a key for elliptic curves',
      () =>
        String(
          generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey.export({
            format: 'pem',
            type: 'pkcs8',
          }),
        ),
    ],
  ])('are refused: %s', async (_, write) => {
    expect((await refusalFrom(() => importPrivateKey(write())))?.code).toBe('key_refused');
  });

  it('never appear in an error', async () => {
    const broken = `${keys.pem.privateKey.slice(0, 600)}\n-----END PRIVATE KEY-----`;
    const error = await importPrivateKey(broken).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(Error);
    expect(`${error} ${JSON.stringify(error)}`).not.toContain(keys.pem.privateKey.slice(60, 100));
  });
});
