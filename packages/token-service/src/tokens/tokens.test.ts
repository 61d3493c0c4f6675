import { createPublicKey } from 'node:crypto';
import { findingOf } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  directoryOf,
  type Started,
  startOnNewState,
  startTime,
} from '../test/start-service.ts';

const seconds = startTime / 1000;
let service: Started;
let configuration: Created;

beforeAll(async () => {
  service = await startOnNewState({
    directory: {
      ...directoryOf(),
      checkData: async ({ sub }) => (sub === 'ada' ? [] : [findingOf('subject_unknown')]),
    },
  });
  configuration = await service.create();
});
afterAll(() => service.stop());

const generate = (body: unknown) => service.admin('POST', '/api/v1/wat/generate', body);
const mintBody = (payload: unknown, { kid, secret } = configuration) => ({
  header: { kid },
  payload,
  secret,
});
async function findingCodes(response: Response): Promise<(readonly [string, string])[]> {
  const { findings = [] } = (await response.json()) as {
    findings?: { code: string; pointer: string }[];
  };
  return findings.map(({ code, pointer }) => [code, pointer] as const);
}
const codesOf = async (response: Response) => (await findingCodes(response)).map(([code]) => code);
async function test(token: string) {
  const response = await service.admin('POST', '/api/v1/wat/test', { token });
  expect(response.status).toBe(200);
  return (await response.json()) as {
    valid: boolean;
    findings: { code: string; level: string }[];
    header: unknown;
    payload: unknown;
  };
}

describe('POST generate', () => {
  it(verifies('VAL-2', 'mints a token that opens'), async () => {
    const header = { kid: configuration.kid, typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM' };
    const response = await generate({ ...mintBody({ sub: 'ada', lng: 'de-DE' }), header });
    expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect((await service.exchange(await response.text())).status).toBe(200);
  });

  it(
    verifies('VAL-2', 'refuses the secret of another configuration, and no key at all'),
    async () => {
      const other = await service.create();
      for (const secret of [other.secret, 'nonsense', '']) {
        const response = await generate(mintBody({ sub: 'ada' }, { ...configuration, secret }));
        expect(response.status).toBe(422);
        expect(await codesOf(response)).toContain('public_key_invalid');
      }
    },
  );

  it(verifies('TOK-2', 'takes the secret as a JWK, written as an object or as text'), async () => {
    const jwk = createPublicKey(configuration.secret).export({ format: 'jwk' });
    for (const secret of [jwk, JSON.stringify(jwk)]) {
      const response = await generate({ ...mintBody({ sub: 'ada' }), secret });
      expect(response.status).toBe(200);
    }
    const other = createPublicKey((await service.create()).secret).export({ format: 'jwk' });
    const refused = await generate({ ...mintBody({ sub: 'ada' }), secret: other });
    expect(await codesOf(refused)).toContain('public_key_invalid');
  });

  it(verifies('VAL-2', 'refuses a kid that is unknown or disabled'), async () => {
    const disabled = await service.create();
    await service.admin('PATCH', `/api/v1/wat/configurations/${disabled.kid}`, { enabled: false });
    const unknown = { ...configuration, kid: 'f'.repeat(24) };
    expect(await codesOf(await generate(mintBody({ sub: 'a' }, unknown)))).toContain('kid_unknown');
    expect(await codesOf(await generate(mintBody({ sub: 'a' }, disabled)))).toContain(
      'kid_disabled',
    );
  });

  it(
    verifies('VAL-2', 'gives all findings at once: of the key, of structure and of logic'),
    async () => {
      const payload = { exp: seconds - 1, grants: { prm: ['fly'] }, lng: 'xx-XX' };
      const response = await generate(mintBody(payload, { ...configuration, secret: 'x' }));
      const found = await findingCodes(response);
      expect(found).toContainEqual(['public_key_invalid', '']);
      expect(found.map(([, pointer]) => pointer)).toEqual(
        expect.arrayContaining(['/sub', '/exp', '/lng']),
      );
    },
  );

  it(
    verifies('VAL-2', 'sees what JSON.parse would hide: inexact numbers and names given twice'),
    async () => {
      const body = JSON.stringify(mintBody({ sub: 'ada', iat: 12345 }));
      const inexact = await generate(body.replace('12345', '9007199254740993'));
      expect(await findingCodes(inexact)).toEqual([['json_number_inexact', '/iat']]);
      const twice = await generate(body.replace('"iat":12345', '"sub":"bob"'));
      expect(await findingCodes(twice)).toEqual([['json_duplicate_name', '/sub']]);
    },
  );

  it(
    verifies('CFG-4 VAL-2', 'applies the limits of the configuration at minting already'),
    async () => {
      const limited = await service.create({ maxTokenLifetimeSeconds: 60 });
      const late = await generate(mintBody({ sub: 'ada', exp: seconds + 61 }, limited));
      expect(await codesOf(late)).toContain('exp_too_late');
      expect((await generate(mintBody({ sub: 'ada', exp: seconds + 60 }, limited))).status).toBe(
        200,
      );
    },
  );

  it.each([
    [{}],
    [{ header: {}, payload: {}, secret: '' }],
    [{ header: { kid: 5 }, payload: {}, secret: '' }],
    [{ header: { kid: 'x', jku: 'https://evil.example' }, payload: {}, secret: '' }],
    [{ header: { kid: 'x', alg: 'none' }, payload: {}, secret: '' }],
    [{ header: { kid: 'x' }, payload: 'text', secret: '' }],
    [{ header: { kid: 'x' }, payload: {}, secret: '', extra: 1 }],
  ])(verifies('E-10', 'refuses the body %j'), async (body) => {
    const response = await generate(body);
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'body_invalid' });
  });
});

describe('POST test', () => {
  it(verifies('VAL-2', 'runs all three levels and returns header and claims'), async () => {
    const good = await test(await service.mint(configuration, { grants: { prm: [] } }));
    expect(good).toMatchObject({
      ...{ valid: true, findings: [] },
      header: { kid: configuration.kid, alg: 'RSA-OAEP-256' },
      payload: { sub: 'ada', grants: { prm: [] } },
    });
    const unknown = await test(await service.mint(configuration, { sub: 'nobody' }));
    expect(unknown.valid).toBe(false);
    expect(unknown.findings).toContainEqual(
      expect.objectContaining({ code: 'subject_unknown', level: 'data' }),
    );
  });

  it(
    verifies('VAL-2', 'says why a token does not open, with its claims where they can be read'),
    async () => {
      const expired = await mintToken(
        { sub: 'ada', exp: seconds },
        { kid: configuration.kid, publicKey: configuration.secret, now: seconds - 10 },
      );
      const { valid, findings, payload } = await test(expired);
      expect([valid, payload]).toEqual([false, { sub: 'ada', exp: seconds }]);
      expect(findings.map(({ code }) => code)).toContain('expired');
    },
  );

  it(verifies('VAL-2', 'has a finding of its own for each way not to be decrypted'), async () => {
    const token = await service.mint(configuration);
    const unknown = await service.mint({ ...configuration, kid: '0'.repeat(24) });
    const tampered = `${token.slice(0, -3)}${token.at(-3) === 'A' ? 'B' : 'A'}${token.slice(-2)}`;
    for (const [text, code] of [
      [unknown, 'kid_unknown'],
      [tampered, 'not_decryptable'],
      ['a.b.c', 'token_segments'],
    ] as const) {
      const { valid, findings, header, payload } = await test(text);
      expect([valid, header, payload]).toEqual([false, null, null]);
      expect(findings.map((finding) => finding.code)).toContain(code);
    }
  });
});

describe('many tests of tokens', () => {
  it(verifies('E-8', 'are told to wait'), async () => {
    const limited = await startOnNewState({ limits: { tests: { burst: 3, perSecond: 1 } } });
    try {
      const ask = () => limited.admin('POST', '/api/v1/wat/test', { token: 'x' });
      for (let nth = 0; nth < 3; nth += 1) expect((await ask()).status).toBe(200);
      const refused = await ask();
      expect([refused.status, await codeOf(refused)]).toEqual([429, 'rate_limited']);
      expect(refused.headers.get('retry-after')).toBe('1');
      limited.time.now += 1000;
      expect((await ask()).status).toBe(200);
    } finally {
      await limited.stop();
    }
  });
});
