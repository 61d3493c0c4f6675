import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  adminToken,
  headersOf,
  newState,
  opened,
  type Started,
  startService,
} from '../test/start-service.ts';

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;

beforeAll(async () => {
  state = await newState();
  service = await startService(state.file);
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

function expectNoSlice(log: string, secret: string) {
  for (let at = 0; at + 32 <= secret.length; at += 8) {
    expect(log).not.toContain(secret.slice(at, at + 32));
  }
}

describe('requestLog', () => {
  it(
    verifies('LNK-4 F-1', 'has no token, session secret, initialiser or admin token in any line'),
    async () => {
      const created = await service.create();
      const token = await service.mint(created, { trc: ['canary-claim'] });
      const held = await opened(await service.exchange(token));
      const headers = headersOf(held);
      await service.send('GET', `/wat/${token}/app/main`, {
        Referer: `${service.url}/wat/${token}`,
      });
      await service.send('GET', `/api/v1/wat/${token}`, {});
      await service.send('GET', `/nowhere?wat=${token}`, {});
      await service.send('GET', '/whoami', { Authorization: `Bearer ${token}` });
      await service.exchange(`${token}x`);
      await service.exchange(token, { unknown: token });
      await service.admin('POST', '/api/v1/wat/test', { token });
      await service.whoami(held);
      await service.send('DELETE', '/api/v1/wat/sessionToken', headers);
      const log = service.logText();
      expectNoSlice(log, token);
      for (const secret of [held.webSessionToken, held.initialiser, adminToken, 'canary-claim']) {
        expect(log).not.toContain(secret);
      }
      expect(log).toContain(`/wat/${created.kid}~`);
    },
  );

  it('writes one JSON line a request with method, status, duration and code', async () => {
    await service.send('GET', '/api/v1/wat/configurations?marker=1', {});
    const line = service
      .logText()
      .split('\n')
      .find((text) => text.includes('marker=1'));
    expect(JSON.parse(line ?? '')).toMatchObject({
      ...{ event: 'request', method: 'GET', status: 401, code: 'admin_required' },
      durationMs: expect.any(Number),
    });
  });

  it(
    verifies('B-9', 'stays one JSON object a line, whatever claims and addresses say'),
    async () => {
      const created = await service.create();
      const forged = 'x\r\n{"level":30,"event":"forged"}\n\u2028';
      for (const claims of [
        { iss: forged, trc: [forged], jti: forged },
        { sub: forged },
        { iss: forged, grants: { res: [forged] } },
      ]) {
        const token = await service.mint(created, claims).catch(() => undefined);
        if (token === undefined) continue;
        await service.exchange(token);
        await service.admin('POST', '/api/v1/wat/test', { token });
      }
      await service.exchange(forged);
      await service.admin('POST', '/api/v1/wat/revocations', { sub: forged });
      await service.send(
        'GET',
        `/nowhere/%0d%0a{"event":"forged"}?a=${encodeURIComponent(forged)}`,
        {},
      );
      await service.send('GET', '/whoami', { Authorization: '{"event":"forged"}' });
      const lines = service.logText().trim().split('\n');
      expect(lines.length).toBeGreaterThan(6);
      for (const line of lines) {
        const { level, event } = JSON.parse(line);
        expect([typeof level, event === 'forged']).toEqual(['number', false]);
      }
    },
  );
});
