import { base64url, CompactSign, exportJWK, exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { mintToken } from '../mint-token.ts';
import { openToken } from '../open-token.ts';
import {
  claims,
  encryptBare,
  header,
  kid,
  makeKeys,
  now,
  refusalFrom,
} from '../testing/fixtures.ts';
import { generateSigningKey } from './generate-signing-key.ts';
import { importSigningKey } from './import-signing-key.ts';
import { importVerifyKey, type VerifyKey } from './import-verify-key.ts';
import { type SignatureAlgorithm, signatureAlgorithms } from './signature-algorithm.ts';

type Keys = Awaited<ReturnType<typeof makeKeys>>;
const otherKid = 'f'.repeat(24);
const text = JSON.stringify({ ...claims, aud: kid });
const exact = (alg: string) => ({ alg, typ: 'wat+jwt' });
let keys: Keys;
let pems: Record<SignatureAlgorithm, { publicKey: string; privateKey: string }>;

beforeAll(async () => {
  keys = await makeKeys();
  const pairs = signatureAlgorithms.map(async (alg) => [alg, await generateSigningKey(alg)]);
  pems = Object.fromEntries(await Promise.all(pairs));
});

const verifyKey = (algorithm: SignatureAlgorithm) =>
  importVerifyKey(pems[algorithm].publicKey, algorithm);
const signingKey = (algorithm: SignatureAlgorithm) => importSigningKey(pems[algorithm].privateKey);

const open = (token: string, key?: VerifyKey) =>
  openToken(token, {
    ...{ privateKeyFor: async () => keys.privateKey, profile: 'strict', now },
    verifyKeyFor: async () => key,
  });

/** Any inner text in a good encrypted token with the given outer members. */
const nested = (inner: string, more: object = { cty: 'JWT' }) =>
  encryptBare(inner, keys.publicKey, more);

const sign = async (innerHeader: object, algorithm: SignatureAlgorithm, payload = text) => {
  const { key } = await signingKey(algorithm);
  const signer = new CompactSign(new TextEncoder().encode(payload));
  return signer.setProtectedHeader(innerHeader as { alg: string }).sign(key);
};

const segment = (value: object) => base64url.encode(JSON.stringify(value));

describe.each(signatureAlgorithms)('a token signed with %s', (algorithm) => {
  it(verifies('TOK-17 A-1', 'opens with the keys of its configuration'), async () => {
    const options = { ...keys, kid, now, profile: 'strict' } as const;
    for (const input of [claims, JSON.stringify(claims), { ...claims, aud: kid }]) {
      const token = await mintToken(input, { ...options, signingKey: await signingKey(algorithm) });
      const opened = await open(token, await verifyKey(algorithm));
      expect(opened.claims).toEqual({ ...claims, aud: kid });
      expect(opened.header).toEqual({ ...header, cty: 'JWT' });
    }
  });

  it(verifies('TOK-17 A-1', 'opens as a bare JOSE library nests it'), async () => {
    const token = await nested(await sign({ typ: 'wat+jwt', alg: algorithm }, algorithm));
    expect((await open(token, await verifyKey(algorithm))).claims.sub).toBe(claims.sub);
  });

  it(verifies('TOK-17 A-1 A-8', 'is refused in a plain configuration'), async () => {
    const token = await nested(await sign(exact(algorithm), algorithm));
    expect(await refusalFrom(() => open(token))).toEqual({
      ...{ code: 'token_refused', findings: ['signature_unexpected'] },
    });
  });

  it(verifies('TOK-17 A-1', 'is refused with the key of another issuer'), async () => {
    const token = await nested(await sign(exact(algorithm), algorithm));
    const { publicKey } = await generateSigningKey(algorithm);
    const other = await importVerifyKey(publicKey, algorithm);
    expect((await refusalFrom(() => open(token, other)))?.findings).toEqual(['signature_invalid']);
  });
});

describe('a configuration in signed mode', () => {
  const hs256 = async (secret: string, innerHeader: object) => {
    const input = `${segment(innerHeader)}.${base64url.encode(text)}`;
    const raw = new TextEncoder().encode(secret);
    const hmac = { name: 'HMAC', hash: 'SHA-256' };
    const key = await crypto.subtle.importKey('raw', raw, hmac, false, ['sign']);
    const mac = await crypto.subtle.sign('HMAC', key, new TextEncoder().encode(input));
    return `${input}.${base64url.encode(new Uint8Array(mac))}`;
  };
  const rs256 = async () => {
    const pair = await generateKeyPair('RS256', { extractable: true });
    const signer = new CompactSign(new TextEncoder().encode(text));
    return {
      inner: await signer.setProtectedHeader(exact('RS256')).sign(pair.privateKey),
      key: await importVerifyKey(await exportSPKI(pair.publicKey), 'PS256'),
    };
  };
  const payload = base64url.encode(text);

  const hostile: [string, () => Promise<string> | string, string][] = [
    ['claims without a signature', () => nested(text), 'signature_form'],
    ['a null inner token', () => nested('null'), 'signature_form'],
    ['a blank inner token', () => nested(' '), 'signature_form'],
    ['alg none', () => nested(`${segment(exact('none'))}.${payload}.`), 'signature_form'],
    [
      'alg none with a text',
      () => nested(`${segment(exact('none'))}.${payload}.AA`),
      'signature_form',
    ],
    ['alg NoNe', () => nested(`${segment(exact('NoNe'))}.${payload}.AA`), 'signature_form'],
    ['no signature', () => nested(`${segment(exact('ES256'))}.${payload}.`), 'signature_form'],
    [
      'a short signature',
      () => nested(`${segment(exact('ES256'))}.${payload}.AA`),
      'signature_invalid',
    ],
    [
      'a signature of zeros',
      () => nested(`${segment(exact('ES256'))}.${payload}.${'A'.repeat(86)}`),
      'signature_invalid',
    ],
    [
      'another algorithm of its own',
      async () => nested(await sign(exact('EdDSA'), 'EdDSA')),
      'signature_form',
    ],
    [
      'HS256 with the public signing key',
      async () => nested(await hs256(pems.ES256.publicKey, exact('HS256'))),
      'signature_form',
    ],
    [
      'HS256 with the encryption key',
      async () => nested(await hs256(keys.pem.publicKey, exact('HS256'))),
      'signature_form',
    ],
    [
      'a MAC that says ES256',
      async () => nested(await hs256(pems.ES256.publicKey, exact('ES256'))),
      'signature_invalid',
    ],
    ['no typ', async () => nested(await sign({ alg: 'ES256' }, 'ES256')), 'signature_form'],
    [
      'typ JWT',
      async () => nested(await sign({ alg: 'ES256', typ: 'JWT' }, 'ES256')),
      'signature_form',
    ],
    [
      'a kid inside',
      async () => nested(await sign({ ...exact('ES256'), kid }, 'ES256')),
      'signature_form',
    ],
    [
      'a jwk inside',
      async () => nested(await sign({ ...exact('ES256'), jwk: {} }, 'ES256')),
      'signature_form',
    ],
    [
      'a jku inside',
      async () => nested(await sign({ ...exact('ES256'), jku: 'https://a.example' }, 'ES256')),
      'signature_form',
    ],
    [
      'a cty inside',
      async () => nested(await sign({ ...exact('ES256'), cty: 'JWT' }, 'ES256')),
      'signature_form',
    ],
    [
      'a second dot',
      async () => nested(`${await sign(exact('ES256'), 'ES256')}.`),
      'signature_form',
    ],
    [
      'a padded signature',
      async () => nested(`${await sign(exact('ES256'), 'ES256')}==`),
      'signature_form',
    ],
    [
      'a newline at the end',
      async () => nested(`${await sign(exact('ES256'), 'ES256')}\n`),
      'signature_form',
    ],
    [
      'cty missing',
      async () => nested(await sign(exact('ES256'), 'ES256'), {}),
      'signature_missing',
    ],
    ['a plain token', () => nested(text, {}), 'signature_missing'],
    [
      'changed claims',
      async () => {
        const [head = '', , signature = ''] = (await sign(exact('ES256'), 'ES256')).split('.');
        const changed = base64url.encode(text.replace('Male', 'Mail'));
        return nested(`${head}.${changed}.${signature}`);
      },
      'signature_invalid',
    ],
    [
      'no aud',
      async () => nested(await sign(exact('ES256'), 'ES256', JSON.stringify(claims))),
      'audience_missing',
    ],
    [
      'another aud',
      async () =>
        nested(await sign(exact('ES256'), 'ES256', JSON.stringify({ ...claims, aud: otherKid }))),
      'audience_wrong',
    ],
    [
      'a list as aud',
      async () =>
        nested(await sign(exact('ES256'), 'ES256', JSON.stringify({ ...claims, aud: [kid] }))),
      'audience_wrong',
    ],
  ];

  it.each(hostile)(verifies('TOK-17 A-1 A-3', 'refuses %s'), async (_title, make, finding) => {
    const key = await verifyKey('ES256');
    expect(await refusalFrom(async () => open(await make(), key))).toEqual({
      ...{ code: 'token_refused', findings: [finding] },
    });
  });

  it(
    verifies('TOK-17 A-1', 'refuses RS256 where PS256 is set, with the right RSA key'),
    async () => {
      const { inner, key } = await rs256();
      for (const token of [inner, inner.replace(/^[^.]+/, segment(exact('PS256')))]) {
        const refusal = await refusalFrom(async () => open(await nested(token), key));
        expect(refusal?.code).toBe('token_refused');
      }
    },
  );

  it(
    verifies('TOK-17 A-1', 'refuses a good token under the kid of another configuration'),
    async () => {
      const token = await nested(await sign(exact('ES256'), 'ES256'), {
        cty: 'JWT',
        kid: otherKid,
      });
      const refusal = await refusalFrom(async () => open(token, await verifyKey('ES256')));
      expect(refusal).toEqual({ code: 'token_refused', findings: ['audience_wrong'] });
    },
  );

  it(verifies('TOK-17', 'mints no token for another aud'), async () => {
    const options = { ...keys, kid, now, signingKey: await signingKey('ES256') };
    const refusal = await refusalFrom(() => mintToken({ ...claims, aud: otherKid }, options));
    expect(refusal?.code).toBe('claims_refused');
    expect(refusal?.findings).toContain('audience_wrong');
  });
});

describe('signing keys', () => {
  it(
    verifies('TOK-17', 'are taken as PEM and as JWK, and shown by their public members'),
    async () => {
      for (const algorithm of signatureAlgorithms) {
        const pair = await generateKeyPair(algorithm, { extractable: true });
        const jwk = { ...(await exportJWK(pair.publicKey)), use: 'sig', alg: algorithm, kid: 'x' };
        const fromJwk = await importVerifyKey(JSON.stringify(jwk), algorithm);
        const fromPem = await importVerifyKey(await exportSPKI(pair.publicKey), algorithm);
        expect(fromJwk.jwk).toEqual(fromPem.jwk);
        expect(fromJwk.thumbprint).toBe(fromPem.thumbprint);
        expect(Object.keys(fromJwk.jwk)).not.toContain('kid');
        const secretJwk = JSON.stringify(await exportJWK(pair.privateKey));
        for (const secret of [secretJwk, await exportPKCS8(pair.privateKey)]) {
          expect(await importSigningKey(secret)).toMatchObject({ algorithm });
          const refusal = await refusalFrom(() => importVerifyKey(secret, algorithm));
          expect(refusal?.code).toBe('key_refused');
        }
        const publicText = await exportSPKI(pair.publicKey);
        expect((await refusalFrom(() => importSigningKey(publicText)))?.code).toBe('key_refused');
      }
    },
  );

  it.each([
    ['another algorithm', async () => pems.EdDSA.publicKey],
    ['a key for encryption', async () => JSON.stringify({ kty: 'EC', crv: 'P-256', use: 'enc' })],
    [
      'another curve',
      async () => {
        const { publicKey } = await generateKeyPair('ES384', { extractable: true });
        return JSON.stringify(await exportJWK(publicKey));
      },
    ],
    [
      'a point off the curve',
      async () => {
        const { jwk } = await verifyKey('ES256');
        return JSON.stringify({ ...jwk, y: jwk.x });
      },
    ],
    ['a symmetric key', async () => JSON.stringify({ kty: 'oct', k: 'AAAA' })],
    ['no key', async () => 'hello'],
    ['broken JSON', async () => '{'],
  ])(verifies('TOK-17 A-11', 'refuse %s'), async (_title, make) => {
    const refusal = await refusalFrom(async () => importVerifyKey(await make(), 'ES256'));
    expect(refusal?.code).toBe('key_refused');
  });

  it(verifies('TOK-17 A-11', 'refuse RSA of 1024 bits'), async () => {
    const rsa = { name: 'RSA-PSS', hash: 'SHA-256', modulusLength: 1024 };
    const exponent = { publicExponent: new Uint8Array([1, 0, 1]) };
    const pair = await crypto.subtle.generateKey({ ...rsa, ...exponent }, true, ['sign', 'verify']);
    const weak = await exportSPKI(pair.publicKey);
    expect((await refusalFrom(() => importVerifyKey(weak, 'PS256')))?.code).toBe('key_refused');
  });
});
