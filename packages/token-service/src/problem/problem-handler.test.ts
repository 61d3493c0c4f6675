import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { newState, type Started, startService } from '../test/start-service.ts';
import { Problem } from './problem.ts';
import { problemFrom } from './problem-from.ts';
import { type ProblemCode, problemKinds } from './problem-kinds.ts';

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;

beforeAll(async () => {
  state = await newState();
  service = await startService(state.file, {
    directory: {
      hasSubject: () => {
        throw new Error('directory failed for secret-value-in-message');
      },
      admit: () => 'ok',
    },
  });
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

describe('problemHandler', () => {
  it.each(Object.keys(problemKinds) as ProblemCode[])(
    verifies('OPS-4', 'has a whole kind for %s'),
    (code) => {
      const body = JSON.parse(JSON.stringify(new Problem(code)));
      expect(body).toEqual({
        type: `urn:vitrine:problem:${code}`,
        title: expect.stringMatching(/^[A-Z]/),
        status: expect.any(Number),
        code,
        detail: expect.stringMatching(/^.+[.]$/),
      });
      const needsChallenge = body.status === 401;
      expect('WWW-Authenticate' in new Problem(code).headers).toBe(needsChallenge);
    },
  );

  it(verifies('OPS-4', 'shows nothing of a cause'), () => {
    const problem = new Problem('server_error', { cause: new Error('hidden') });
    expect(JSON.stringify(problem)).not.toContain('hidden');
    expect(problem.cause).toBeInstanceOf(Error);
  });

  const route = '/api/v1/wat/sessionToken';
  it.each([
    ['malformed JSON', route, '{"webAccessToken": "canary-in-the-body"', 400, 'body_invalid'],
    ['a scalar', route, '"canary-in-the-body"', 400, 'body_invalid'],
    ['no body', route, '', 400, 'body_invalid'],
    [
      'a large body',
      route,
      `{"webAccessToken": "${'x'.repeat(1_100_000)}"}`,
      413,
      'body_too_large',
    ],
  ])(
    verifies('OPS-4', 'turns %s into a coded refusal'),
    async (_what, path, body, status, code) => {
      const response = await service.send('POST', path, {}, body);
      expect(response.status).toBe(status);
      expect(response.headers.get('content-type')).toBe('application/problem+json; charset=utf-8');
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ code, status });
      expect(text).not.toContain('canary');
      expect(service.logText()).not.toContain('canary-in-the-body');
    },
  );

  it(verifies('F-8', 'takes a plain body of 64 KiB at most'), async () => {
    const body = { name: 'x'.repeat(70_000), profile: 'strict' };
    const response = await service.admin('POST', '/api/v1/wat/configurations', body);
    expect(response.status).toBe(413);
  });

  it(verifies('OPS-4', 'refuses a compressed body and a foreign charset'), async () => {
    for (const headers of [
      { 'Content-Encoding': 'gzip' },
      { 'Content-Type': 'application/json; charset=latin1' },
    ]) {
      expect((await service.send('POST', route, headers, '{}')).status).toBe(415);
    }
  });

  it(verifies('OPS-4', 'answers an address that cannot be decoded'), async () => {
    const response = await service.admin('GET', '/api/v1/wat/configurations/%zz');
    expect(response.status).toBe(400);
    expect(await response.json()).toMatchObject({ code: 'request_invalid' });
  });

  it(
    verifies(
      'I-3 OPS-4',
      'answers a fault of its own with fixed words, logs the cause, and lives on',
    ),
    async () => {
      const created = await service.create();
      const response = await service.exchange(await service.mint(created));
      expect(response.status).toBe(500);
      const text = await response.text();
      expect(JSON.parse(text)).toMatchObject({ code: 'server_error' });
      expect(text).not.toMatch(/secret-value|\.ts|stack/);
      expect(service.logText()).toContain('directory failed');
      expect((await service.admin('GET', '/api/v1/wat/configurations')).status).toBe(200);
    },
  );

  it(
    verifies('I-3', 'answers 503 with Retry-After while the state cannot be written'),
    async () => {
      const other = await newState();
      const broken = await startService(other.file);
      const created = await broken.create();
      const token = await broken.mint(created);
      broken.store.openSession = async () => {
        const { StateError } = await import('../state-error.ts');
        throw new StateError('store_unavailable', 'The state file failed.');
      };
      const response = await broken.exchange(token);
      expect(response.status).toBe(503);
      expect(response.headers.get('retry-after')).toBe('1');
      expect(await response.json()).toMatchObject({ code: 'store_unavailable' });
      await broken.stop();
      await other.remove();
    },
  );

  it('keeps a refusal as it is', () => {
    const problem = new Problem('not_found');
    expect(problemFrom(problem)).toBe(problem);
  });
});
