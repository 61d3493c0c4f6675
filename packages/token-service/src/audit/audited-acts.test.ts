import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { encryptClaims } from '@vitrine/tokens';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { codeOf, newState, opened, type Started, startService } from '../test/start-service.ts';
import { AuditLog } from './audit-log.ts';
import { verifyAudit } from './verify-audit.ts';

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let file: string;

beforeAll(async () => {
  state = await newState();
  const auditFolder = join(state.folder, 'audit');
  await mkdir(auditFolder);
  service = await startService(state.file, { auditFolder });
  const name = (await readdir(auditFolder)).find((each) => each.endsWith('.log'));
  file = join(auditFolder, name ?? '');
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

type Line = Readonly<Record<string, unknown>>;

/** What the acts added to the log, without its chain. */
async function added(acts: () => Promise<unknown>): Promise<Line[]> {
  const before = (await readFile(file, 'utf8')).length;
  await acts();
  return (await readFile(file, 'utf8'))
    .slice(before)
    .split('\n')
    .filter(Boolean)
    .map((text) => {
      const { seq: _seq, at: _at, prev: _prev, hash: _hash, ...entry } = JSON.parse(text);
      return entry;
    });
}

const path = '/api/v1/wat/configurations';
const sessionsPath = '/api/v1/sessions';

async function firstSession(): Promise<string> {
  const answer = await service.admin('GET', sessionsPath);
  const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
  return sessions[0]?.id ?? '';
}

describe('every administrative act', () => {
  it(verifies('OPS-3 I-4', 'is written down before it is answered, by ids alone'), async () => {
    let kid = '';
    let secret = '';
    let token = '';
    let session = '';
    const lines = await added(async () => {
      ({ kid, secret } = await service.create({ name: 'Hidden name' }));
      await service.admin('PATCH', `${path}/${kid}`, { name: 'Other hidden name' });
      const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', kid };
      const payload = { sub: 'ada', grants: { acl: [] }, trc: ['hidden-tag'] };
      const body = { header, payload, secret };
      token = await (await service.admin('POST', '/api/v1/wat/generate', body)).text();
      await service.admin('POST', '/api/v1/wat/test', { token });
      await opened(await service.exchange(token));
      session = await firstSession();
      await service.admin('DELETE', `${sessionsPath}/${session}`);
      await service.admin('DELETE', `${path}/${kid}`);
    });
    expect(lines).toEqual([
      { act: 'configuration.create', kid },
      { act: 'configuration.change', kid, settings: ['name'] },
      { act: 'token.generate', kid, sub: 'ada' },
      { act: 'token.test', kid },
      { act: 'acl.erased', kid, sub: 'ada' },
      { act: 'session.end', session },
      { act: 'configuration.delete', kid },
    ]);
    const text = await readFile(file, 'utf8');
    for (const hidden of ['idden', token, secret.split('\n')[1] ?? '', service.url]) {
      expect(text).not.toContain(hidden);
    }
    expect(await verifyAudit(file)).toMatchObject({ isSound: true });
  });

  it(verifies('B-2', 'has an entry where a token opens with claims out of place'), async () => {
    const configuration = await service.create();
    const key = { kid: configuration.kid, publicKey: configuration.secret };
    const token = await encryptClaims('{"sub":"ada","acl":[],"grants":{"res":[]}}', key);
    const misspelt = await encryptClaims('{"sub":"ada","grants":{"accl":[]}}', key);
    const lines = await added(async () => {
      for (const each of [token, misspelt]) await opened(await service.exchange(each));
    });
    const entry = { act: 'claims.misplaced', kid: configuration.kid, sub: 'ada' };
    expect(lines).toEqual([entry, entry]);
  });

  it('that failed gets an entry that says so', async () => {
    const lines = await added(async () => {
      expect((await service.admin('DELETE', `${sessionsPath}/none`)).status).toBe(404);
    });
    expect(lines).toEqual([
      { act: 'session.end', session: 'none' },
      { act: 'session.end', session: 'none', failed: true },
    ]);
  });

  it(verifies('I-4', 'is refused, and not done, where it cannot be written down'), async () => {
    const configuration = await service.create();
    const { kid, secret } = configuration;
    const erasing = await service.mint(configuration, { grants: { acl: [] } });
    await opened(await service.exchange(await service.mint(configuration)));
    const session = await firstSession();
    const before = await (await service.admin('GET', path)).text();

    vi.spyOn(AuditLog.prototype, 'write').mockImplementation(failing);
    const header = { kid };
    const payload = { sub: 'ada' };
    for (const answer of [
      await service.admin('POST', path, { name: 'New', profile: 'strict' }),
      await service.admin('PATCH', `${path}/${kid}`, { enabled: false }),
      await service.admin('DELETE', `${path}/${kid}`),
      await service.admin('DELETE', `${sessionsPath}/${session}`),
      await service.admin('POST', '/api/v1/wat/generate', { header, payload, secret }),
      await service.admin('POST', '/api/v1/wat/test', { token: erasing }),
      await service.exchange(erasing),
    ]) {
      expect([answer.status, await codeOf(answer)]).toEqual([503, 'store_unavailable']);
      expect(answer.headers.get('retry-after')).toBe('1');
    }
    vi.restoreAllMocks();

    expect(await (await service.admin('GET', path)).text()).toBe(before);
    expect(await firstSession()).toBe(session);
    await opened(await service.exchange(await service.mint(configuration)));
  });
});

async function failing(): Promise<never> {
  const { StateError } = await import('../state-error.ts');
  throw new StateError('store_unavailable', 'The audit log cannot be written.');
}
