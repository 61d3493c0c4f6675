import { createHash } from 'node:crypto';
import type { FindingCode } from '@vitrine/claims';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { decryptToken } from '../decrypt-token.ts';
import { importPrivateKey } from '../keys/import-private-key.ts';
import { publicKeyThumbprint } from '../keys/public-key-thumbprint.ts';
import { mintToken } from '../mint-token.ts';
import { openToken } from '../open-token.ts';
import { TokenError } from '../token-error.ts';
import { claimsCases } from './make/claims-cases.ts';
import { headerCases } from './make/header-cases.ts';
import { stepOf } from './make/step-of.ts';
import { tokenCases } from './make/token-cases.ts';
import { validCases } from './make/valid-cases.ts';
import { readVectors } from './read-vectors.ts';
import type { InvalidVector, ValidVector, Vector } from './vector.ts';

const { vectors, now, kid, ...pem } = await readVectors();
const isValid = (vector: Vector): vector is ValidVector => vector.result === 'valid';
const isInvalid = (vector: Vector): vector is InvalidVector => vector.result === 'invalid';
let privateKey: CryptoKey;

beforeAll(async () => {
  privateKey = await importPrivateKey(pem.privateKey);
});

const open = ({ token, profile }: Vector) =>
  openToken(token, {
    privateKeyFor: async (id) => (id === kid ? privateKey : undefined),
    now,
    profile: profile ?? 'compatible',
  });
const codesOf = (findings: readonly { readonly code: FindingCode }[]) =>
  findings.map(({ code }) => code).sort();

describe('test vectors', () => {
  it.each(vectors.filter(isValid))(verifies('VAL-5 TOK-16', 'open: $name'), async (vector) => {
    const { text } = await decryptToken(vector.token, privateKey);
    expect(createHash('sha256').update(text).digest('hex')).toBe(vector.textSha256);
    if (vector.text !== undefined) expect(text).toBe(vector.text);
    expect(codesOf((await open(vector)).findings)).toEqual(vector.warnings);
  });

  it.each(vectors.filter(isInvalid))(
    verifies('VAL-5 A-3 A-4 A-7 A-9 A-10', 'are refused: $name'),
    async (vector) => {
      const error = await open(vector).catch((thrown: unknown) => thrown);
      if (!(error instanceof TokenError)) throw new Error('The token was not refused.');
      expect(error.code).toBe(vector.code);
      const errors = error.findings.filter(({ severity }) => severity === 'error');
      expect(codesOf(errors)).toEqual(vector.findings);
    },
  );

  it('are those that the script makes', () => {
    const expected = [...validCases, ...tokenCases, ...headerCases, ...claimsCases];
    const byName = (entry: object & { readonly name: string }) => entry.name;
    const made = new Set(expected.map(byName));
    const committed = vectors.filter(({ name }) => !name.startsWith('minted-by-'));
    expect(new Set(committed.map(byName))).toEqual(made);
    expect(made.size).toBe(expected.length);
    for (const { name, code, findings, profile } of [
      ...tokenCases,
      ...headerCases,
      ...claimsCases,
    ]) {
      const vector = vectors.filter(isInvalid).find((one) => one.name === name);
      expect(vector).toMatchObject({
        code,
        step: stepOf({ name, code }),
        findings: [...findings].sort(),
        ...(profile && { profile }),
      });
    }
  });

  it('have a key pair that fits and is labelled as published', async () => {
    expect(pem.notice).toMatch(/^TEST KEYS/);
    const token = await mintToken({ sub: 'u1' }, { kid, publicKey: pem.publicKey, now });
    expect((await decryptToken(token, privateKey)).text).toBe('{"sub":"u1"}');
    expect(await publicKeyThumbprint(pem.publicKey)).toHaveLength(43);
  });
});
