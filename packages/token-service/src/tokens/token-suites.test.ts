import { randomBytes } from 'node:crypto';
import {
  defaultSuite,
  importPublicKey,
  mintToken,
  openToken,
  readHeader,
  type TokenSuite,
  tokenSuites,
} from '@vitrine/tokens';
import { CompactEncrypt } from 'jose';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  newState,
  opened,
  type Started,
  startService,
} from '../test/start-service.ts';

const next = vi.hoisted(() => ({
  name: 'RSA-OAEP-512/A256GCM',
  ...{ alg: 'RSA-OAEP-512', enc: 'A256GCM' },
  ...{ hash: 'SHA-512' as const, modulusLength: 3072 },
}));

// A release with a second suite differs in this list alone: nothing else, and no schema, knows a pair by name.
vi.mock('../../../tokens/src/token-suites.ts', async (original) => {
  const { defaultSuite } = await original<{ defaultSuite: TokenSuite }>();
  return { defaultSuite, tokenSuites: [defaultSuite, next] };
});

/** As the releases before, at and after the change list them, the suite of new keys first. */
const releases = { before: [defaultSuite], after: [next, defaultSuite] };
const release = (suites: readonly TokenSuite[]) =>
  (tokenSuites as unknown as TokenSuite[]).splice(0, Number.POSITIVE_INFINITY, ...suites);

const { decrypt } = crypto.subtle;
let rsaOperations = 0;
crypto.subtle.decrypt = async function counted(this: SubtleCrypto, algorithm, ...rest) {
  if (algorithm === 'RSA-OAEP') rsaOperations += 1;
  return decrypt.call(this, algorithm, ...rest);
};

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
beforeEach(async () => {
  release(releases.before);
  state = await newState();
  service = await startService(state.file);
});
afterEach(async () => {
  await service.stop();
  await state.remove();
});

const route = '/api/v1/wat/configurations';
const change = (kid: string, action: string) =>
  service.admin('POST', `${route}/${kid}/${action}`).then((response) => response.json());
const mint = ({ kid, secret }: Created, suite: TokenSuite) =>
  mintToken({ sub: 'ada' }, { kid, publicKey: secret, suite });
/** As only a faulty minter makes it: the pair of one suite with the secret of another. */
async function mismatched({ kid, secret }: Created, { alg, enc, hash }: TokenSuite) {
  const suite = { ...next, alg, enc, hash };
  return new CompactEncrypt(new TextEncoder().encode('{"sub":"ada"}'))
    .setProtectedHeader({ typ: 'JWT', alg, enc, kid })
    .encrypt(await importPublicKey(secret, suite));
}
const generate = ({ kid, secret }: Created, header: object = {}) =>
  service.admin('POST', '/api/v1/wat/generate', {
    ...{ header: { kid, ...header }, secret },
    payload: { sub: 'ada', grants: { prm: [] } },
  });

describe('a second suite', () => {
  it(
    verifies('A-12 CFG-3', 'comes with a rotation, and both open until the old key goes'),
    async () => {
      const old = await service.create();
      release(releases.after);
      const before = await mint(old, defaultSuite);
      await opened(await service.exchange(before));
      const fresh = (await change(old.kid, 'rotate')) as Created;
      const after = await mint(fresh, next);
      expect(readHeader(after)).toMatchObject({ alg: next.alg, enc: next.enc });
      await service.stop();
      service = await startService(state.file);
      for (const token of [before, after]) await opened(await service.exchange(token));
      await change(old.kid, 'retire');
      expect(await codeOf(await service.exchange(before))).toBe('token_refused');
      await opened(await service.exchange(after));
    },
  );

  it(verifies('A-12 VAL-3', 'is what a new configuration has, and its secret mints'), async () => {
    release(releases.after);
    const created = await service.create();
    expect((await service.store.findConfiguration(created.kid))?.keys[0]?.suite).toBe(next.name);
    const minted = await (await generate(created, { alg: next.alg, enc: next.enc })).text();
    expect(readHeader(minted)).toMatchObject({ alg: next.alg, enc: next.enc });
    await opened(await service.exchange(minted));
    const other = await generate(created, { alg: defaultSuite.alg });
    expect([other.status, await other.json()]).toMatchObject([
      422,
      { findings: [{ code: 'suite_refused' }] },
    ]);
  });

  it(
    verifies('A-12 A-3 A-8', 'takes no token of another one, and does no RSA for it'),
    async () => {
      release(releases.before);
      const old = await service.create();
      release(releases.after);
      const fresh = await service.create();
      const unknown = { kid: randomBytes(12).toString('hex'), secret: old.secret };
      const answers: unknown[] = [];
      const start = rsaOperations;
      for (const token of [
        await mismatched(fresh, defaultSuite),
        await mismatched(old, next),
        await mint(unknown, defaultSuite),
      ]) {
        const response = await service.exchange(token);
        answers.push([response.status, await response.text()]);
      }
      expect(rsaOperations - start).toBe(0);
      expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
      expect(answers[0]).toMatchObject([401, expect.stringContaining('token_refused')]);
      expect(service.logText().match(/suite_refused/g)).toHaveLength(2);
      await opened(await service.exchange(await mint(fresh, next)));
      expect(rsaOperations - start).toBe(1);
    },
  );

  it(
    verifies('A-12 A-3', 'is a pair: halves of two suites are refused on the header'),
    async () => {
      release(releases.after);
      const created = await service.create();
      for (const pair of [
        { alg: next.alg, enc: defaultSuite.enc },
        { alg: defaultSuite.alg, enc: next.enc },
      ]) {
        const hash = pair.alg === next.alg ? next.hash : defaultSuite.hash;
        const token = await mismatched(created, { ...next, ...pair, hash });
        expect(await codeOf(await service.exchange(token))).toBe('token_malformed');
      }
    },
  );

  it(verifies('A-12', 'leaves a key of a suite that this release lacks closed'), async () => {
    release(releases.after);
    const created = await service.create();
    const token = await mint(created, next);
    release(releases.before);
    expect(await codeOf(await service.exchange(token))).toBe('token_malformed');
    expect((await generate(created)).status).toBe(422);
    const old = await mismatched(created, defaultSuite);
    expect(await codeOf(await service.exchange(old))).toBe('token_refused');
  });

  it(verifies('A-12 A-3', 'is refused by openToken for keys of the first'), async () => {
    release(releases.after);
    const created = await service.create();
    const token = await mint(created, next);
    const privateKeyFor = async () => {
      const { privateKey } = await crypto.subtle.generateKey(
        {
          name: 'RSA-OAEP',
          modulusLength: 3072,
          publicExponent: Uint8Array.of(1, 0, 1),
          hash: 'SHA-512',
        },
        false,
        ['encrypt', 'decrypt'],
      );
      return privateKey;
    };
    await expect(openToken(token, { privateKeyFor })).rejects.toMatchObject({
      findings: [{ code: 'suite_refused' }],
    });
  });
});
