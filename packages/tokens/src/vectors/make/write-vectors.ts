/**
 * `node packages/tokens/src/vectors/make/write-vectors.ts` seals all vectors anew. The key pair is made once, where
 * there is none: the tokens of `minted-elsewhere.json` came from other libraries, and open with that pair alone.
 */
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { generateKeyPair } from '../../keys/generate-key-pair.ts';
import { vectorFile } from '../read-vectors.ts';
import type { InvalidVector, ValidVector, VectorKeys } from '../vector.ts';
import type { InvalidCase, ValidCase } from './case.ts';
import { claimsCases } from './claims-cases.ts';
import { headerCases } from './header-cases.ts';
import { kid, now } from './seal.ts';
import { stepOf } from './step-of.ts';
import { tokenCases } from './token-cases.ts';
import { validCases } from './valid-cases.ts';

const notice =
  'TEST KEYS. Published with the vectors for checking implementations; never register them anywhere.';
const longestText = 2_000;

const keys = existsSync(vectorFile('keys')) ? await oldKeys() : await newKeys();
await write('keys', keys);
await write(
  'valid',
  validCases.map((entry) => validVector(entry, keys)),
);
await write(
  'invalid',
  [...tokenCases, ...headerCases, ...claimsCases].map((entry) => invalidVector(entry, keys)),
);

async function newKeys(): Promise<VectorKeys> {
  return { notice, now, kid, ...(await generateKeyPair()) };
}

async function oldKeys(): Promise<VectorKeys> {
  return JSON.parse(await readFile(vectorFile('keys'), 'utf8'));
}

function validVector(
  { token, text, warnings, ...entry }: ValidCase,
  keys: VectorKeys,
): ValidVector {
  return {
    ...entry,
    result: 'valid',
    warnings: [...(warnings ?? [])].sort(),
    textSha256: createHash('sha256').update(text).digest('hex'),
    ...(text.length <= longestText && { text }),
    token: token(keys.publicKey),
  };
}

function invalidVector(
  { token, findings, ...entry }: InvalidCase,
  keys: VectorKeys,
): InvalidVector {
  return {
    ...entry,
    result: 'invalid',
    step: stepOf(entry),
    findings: [...findings].sort(),
    token: token(keys.publicKey),
  };
}

async function write(name: string, content: object): Promise<void> {
  await writeFile(vectorFile(name), `${JSON.stringify(content, null, 1)}\n`);
}
