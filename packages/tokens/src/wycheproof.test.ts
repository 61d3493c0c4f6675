/** Published vectors (C2SP/wycheproof, Apache-2.0) against tokens: see the README beside the files. */
import { createPrivateKey } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parseClaims } from '@vitrine/claims';
import { base64url, compactDecrypt, type JWK } from 'jose';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { decryptToken } from './decrypt-token.ts';
import { importPrivateKey } from './keys/import-private-key.ts';
import { importPublicKey } from './keys/import-public-key.ts';
import { openToken } from './open-token.ts';
import { readHeader } from './read-header.ts';
import { encryptBare, kid, refusalFrom } from './testing/fixtures.ts';

interface Vectors<Group> {
  readonly numberOfTests: number;
  readonly testGroups: readonly Group[];
}
interface JweGroup {
  readonly private: JWK;
  readonly tests: readonly { readonly tcId: number; readonly jwe: string | object }[];
}
interface JwkGroup {
  readonly public?: { readonly keys: readonly JWK[] };
  readonly private: { readonly keys: readonly JWK[] };
  readonly tests: readonly { readonly tcId: number }[];
}
interface OaepGroup {
  readonly privateKeyPkcs8: string;
  readonly privateKeyPem: string;
  readonly tests: readonly {
    readonly tcId: number;
    readonly ct: string;
    readonly msg: string;
    readonly label: string;
    readonly result: 'valid' | 'invalid';
  }[];
}

function vectors<Group>(name: string): Vectors<Group> {
  const file = new URL(`../../../test/vectors/wycheproof/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(fileURLToPath(file), 'utf8'));
}

const pkcs8 = (jwk: JWK) =>
  String(
    createPrivateKey({ key: { ...jwk }, format: 'jwk' }).export({ format: 'pem', type: 'pkcs8' }),
  );

describe('Wycheproof, JSON Web Encryption', () => {
  const { numberOfTests, testGroups } = vectors<JweGroup>('json_web_encryption_test');
  const cases = testGroups.flatMap((group) =>
    group.tests.map(({ tcId, jwe }) => ({
      tcId,
      key: group.private,
      text: typeof jwe === 'string' ? jwe : JSON.stringify(jwe),
    })),
  );
  const ofOurKind = new Set([88, 121]);

  it('has all cases', () => expect([numberOfTests, cases.length]).toEqual([139, 139]));

  it.each(cases)(
    verifies('A-3 A-7 A-10', 'case $tcId is refused without a key'),
    async ({ tcId, text }) => {
      const refusal = await refusalFrom(() => readHeader(text));
      expect(refusal?.code).toBe('token_malformed');
      // Missing members are not the only reason: a minter who adds them is refused all the same.
      const others = refusal?.findings.filter((code) => code !== 'header_member_missing') ?? [];
      if (ofOurKind.has(tcId)) expect(others.filter((code) => code !== 'kid_form')).toEqual([]);
      else expect(others.length).toBeGreaterThan(0);
    },
  );

  it.each(cases.filter(({ tcId }) => ofOurKind.has(tcId)))(
    'case $tcId decrypts, and is refused as claims',
    async ({ key, text }) => {
      const { text: plaintext } = await decryptToken(text, await importPrivateKey(pkcs8(key)));
      expect(plaintext).toBe('foo');
      const { claims, findings } = parseClaims(plaintext, { use: 'open', now: 0 });
      expect(claims).toBeUndefined();
      expect(findings.map(({ code }) => code)).toEqual(['json_invalid']);
    },
  );

  it.each(cases.filter(({ tcId, key }) => key.kty === 'RSA' && !ofOurKind.has(tcId)))(
    verifies('A-3 A-7', 'case $tcId is refused by decryption alone, too'),
    async ({ key, text }) => {
      const privateKey = await crypto.subtle.importKey(
        'jwk',
        { ...key, alg: 'RSA-OAEP-256', use: 'enc' },
        { name: 'RSA-OAEP', hash: 'SHA-256' },
        false,
        ['decrypt', 'unwrapKey'],
      );
      expect((await refusalFrom(() => decryptToken(text, privateKey)))?.code).toMatch(/^token_/);
    },
  );
});

describe('Wycheproof, JSON Web Key', () => {
  const { testGroups } = vectors<JwkGroup>('json_web_key_test');
  const keysOf = (tcId: number) => {
    const group = testGroups.find(({ tests }) => tests.some((test) => test.tcId === tcId));
    return { publicKey: group?.public?.keys[0], privateKey: group?.private.keys[0] };
  };

  it.each([6, 7, 8, 9, 22])(verifies('A-11', 'the key of case %i is refused'), async (tcId) => {
    const { publicKey } = keysOf(tcId);
    expect(publicKey).toBeDefined();
    expect((await refusalFrom(() => importPublicKey(JSON.stringify(publicKey))))?.code).toBe(
      'key_refused',
    );
  });

  it.each([7, 8, 9])(
    verifies('A-11', 'the key of case %i is refused for its weakness'),
    async (tcId) => {
      const { n = '', e = '' } = keysOf(tcId).publicKey ?? {};
      const bare = JSON.stringify({ kty: 'RSA', n, e });
      expect((await refusalFrom(() => importPublicKey(bare)))?.code).toBe('key_refused');
      const { privateKey } = keysOf(tcId);
      const refusal = await refusalFrom(() => importPrivateKey(pkcs8(privateKey ?? {})));
      expect(refusal?.code).toBe('key_refused');
    },
  );

  it('takes the sound key of case 5 once it is not marked for signatures', async () => {
    const { n = '', e = '' } = keysOf(5).publicKey ?? {};
    await expect(importPublicKey(JSON.stringify({ kty: 'RSA', n, e }))).resolves.toBeDefined();
  });
});

describe.each([
  ['rsa_oaep_2048_sha256_mgf1sha256_test', 37, 'SHA-256'],
  ['rsa_oaep_2048_sha256_mgf1sha1_test', 31, 'SHA-256 with another mask'],
  ['rsa_oaep_2048_sha1_mgf1sha1_test', 36, 'SHA-1'],
])('Wycheproof, %s', (name, count, kind) => {
  const { testGroups } = vectors<OaepGroup>(name);
  const [group] = testGroups;
  const cases = testGroups.flatMap(({ tests }) => tests);
  const isOurs = kind === 'SHA-256';
  const privateKey = () => importPrivateKey(group?.privateKeyPem ?? '');

  it('has all cases', () => expect(cases).toHaveLength(count));

  it.each(cases)(
    verifies('A-3 A-8', 'case $tcId ($result) decrypts only with our hash, mask and label'),
    async (test) => {
      const { ct, msg, label, result } = test;
      const opened = crypto.subtle
        .decrypt({ name: 'RSA-OAEP' }, await privateKey(), Buffer.from(ct, 'hex'))
        .then((bytes) => Buffer.from(bytes).toString('hex'));
      if (isOurs && result === 'valid' && label === '') expect(await opened).toBe(msg);
      else await expect(opened).rejects.toThrow();
    },
  );

  it.each(cases)(
    verifies('A-7 A-8', 'case $tcId as encrypted key is refused like any other'),
    async ({ ct }) => {
      const key = await privateKey();
      const publicKey = await importPublicKey(publicOf(group));
      const segments = (await encryptBare('{"sub":"u"}', publicKey)).split('.');
      segments[1] = base64url.encode(Buffer.from(ct, 'hex'));
      const token = segments.join('.');
      const refusal = await refusalFrom(() => openToken(token, { privateKeyFor: async () => key }));
      expect(['token_refused', 'token_malformed']).toContain(refusal?.code);
      if (segments[1].length === 342) expect(refusal?.code).toBe('token_refused');
      await expect(compactDecrypt(token, key)).rejects.toThrow();
    },
  );
});

function publicOf(group: OaepGroup | undefined): string {
  const { n, e } = createPrivateKey(group?.privateKeyPem ?? '').export({ format: 'jwk' });
  return JSON.stringify({ kty: 'RSA', n, e, kid });
}
