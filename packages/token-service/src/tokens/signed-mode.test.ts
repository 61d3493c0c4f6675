import {
  generateSigningKey,
  importSigningKey,
  mintToken,
  type SignatureAlgorithm,
} from '@vitrine/tokens';
import { exportJWK, importSPKI } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  opened,
  type Started,
  startOnNewState,
  startTime,
} from '../test/start-service.ts';

const route = '/api/v1/wat/configurations';
const now = startTime / 1000;
const claims = { sub: 'ada', grants: { prm: [] }, exp: now + 60 };
let service: Started;

beforeAll(async () => {
  service = await startOnNewState();
});
afterAll(() => service.stop());

async function signedConfiguration(algorithm: SignatureAlgorithm = 'ES256') {
  const pair = await generateSigningKey(algorithm);
  const signature = { algorithm, publicKey: pair.publicKey };
  const created = await service.create({ profile: 'strict', signature });
  return { created, signature, signingKey: await importSigningKey(pair.privateKey) };
}

const mint = ({ kid, secret }: Created, more: object = {}) =>
  mintToken(claims, { kid, publicKey: secret, now, ...more });
const change = (kid: string, changes: object) => service.admin('PATCH', `${route}/${kid}`, changes);
const findings = async (token: string) => {
  const response = await service.admin('POST', '/api/v1/wat/test', { token });
  return (await response.json()) as {
    valid: boolean;
    findings: { code: string }[];
    payload: object;
  };
};

describe('a configuration in signed mode', () => {
  it.each(['ES256', 'EdDSA', 'PS256'] as const)(
    verifies('TOK-17 CFG-4', 'takes tokens that its issuer signed with %s'),
    async (algorithm) => {
      const { created, signingKey } = await signedConfiguration(algorithm);
      const token = await mint(created, { signingKey });
      const held = await opened(await service.exchange(token));
      const session = await (await service.whoami(held)).json();
      expect(session).toMatchObject({ sub: 'ada', claims: { aud: created.kid } });
      expect(await findings(token)).toMatchObject({ valid: true, payload: { aud: created.kid } });
    },
  );

  it(
    verifies(
      'TOK-17 A-1 A-8',
      'refuses everything else like an unknown kid, and tells the log why',
    ),
    async () => {
      const { created, signingKey } = await signedConfiguration();
      const other = await signedConfiguration();
      const plain = await service.create();
      const refused: [string, string][] = [
        [await mint({ ...created, kid: 'f'.repeat(24) }, { signingKey }), 'kid_unknown'],
        [await mint(created), 'signature_missing'],
        [await mint(created, { signingKey: other.signingKey }), 'signature_invalid'],
        [await mint(plain, { signingKey }), 'signature_unexpected'],
      ];
      const answers = new Set<string>();
      for (const [token, reason] of refused) {
        const response = await service.exchange(token);
        answers.add(`${response.status} ${await response.text()}`);
        expect(service.logText().trim().split('\n').slice(-2).join()).toContain(reason);
      }
      expect(answers.size).toBe(1);
      expect([...answers][0]).toContain('token_refused');
    },
  );

  it(
    verifies('TOK-17 CFG-4', 'shows the key by its public members, as PEM or JWK came in'),
    async () => {
      const { created, signature } = await signedConfiguration();
      const { x, y } = await exportJWK(await importSPKI(signature.publicKey, 'ES256'));
      const publicKey = { kty: 'EC', crv: 'P-256', x, y };
      const read = async () =>
        (await (await service.admin('GET', `${route}/${created.kid}`)).json()) as object;
      const thumbprint = expect.stringMatching(/^[\w-]{43}$/);
      const shown = { signature: { algorithm: 'ES256', publicKey, thumbprint } };
      expect(await read()).toMatchObject(shown);
      const jwk = { ...publicKey, kid: 'mine', use: 'sig' };
      const changed = await change(created.kid, {
        signature: { algorithm: 'ES256', publicKey: jwk },
      });
      expect(await changed.json()).toEqual(await read());
      expect(await read()).toMatchObject(shown);
    },
  );

  it(verifies('TOK-17 CFG-4', 'is left by an explicit null only'), async () => {
    const { created, signature, signingKey } = await signedConfiguration();
    const plain = await mint(created);
    const signed = await mint(created, { signingKey });
    await change(created.kid, { name: 'Renamed' });
    expect(await codeOf(await service.exchange(plain))).toBe('token_refused');
    expect((await change(created.kid, { signature: null })).status).toBe(200);
    await opened(await service.exchange(plain));
    expect(await codeOf(await service.exchange(signed))).toBe('token_refused');
    expect((await change(created.kid, { signature })).status).toBe(200);
    expect(await codeOf(await service.exchange(plain))).toBe('token_refused');
    await opened(await service.exchange(signed));
  });

  it(verifies('TOK-17', 'takes no private key'), async () => {
    const { created } = await signedConfiguration();
    const { privateKey } = await generateSigningKey('ES256');
    const response = await change(created.kid, {
      signature: { algorithm: 'ES256', publicKey: privateKey },
    });
    expect(await response.json()).toMatchObject({
      ...{ code: 'body_invalid', errors: [{ pointer: '/signature/publicKey' }] },
    });
  });

  it(
    verifies('TOK-17 VAL-3', 'is not minted for by the service, which has no signing key'),
    async () => {
      const { created } = await signedConfiguration();
      const response = await service.admin('POST', '/api/v1/wat/generate', {
        ...{ header: { kid: created.kid }, payload: claims, secret: created.secret },
      });
      expect(response.status).toBe(422);
      const { findings: found } = (await response.json()) as { findings: { code: string }[] };
      expect(found.map(({ code }) => code)).toContain('signing_key_needed');
    },
  );

  it(verifies('TOK-17 VAL-3', 'has its test say what is wrong with a signature'), async () => {
    const { created } = await signedConfiguration();
    expect(await findings(await mint(created))).toMatchObject({
      ...{ valid: false, findings: [{ code: 'signature_missing' }] },
    });
  });
});
