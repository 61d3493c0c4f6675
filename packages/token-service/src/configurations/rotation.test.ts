import { readFile } from 'node:fs/promises';
import { DatabaseSync } from 'node:sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  newState,
  opened,
  type Started,
  startService,
} from '../test/start-service.ts';

const route = '/api/v1/wat/configurations';
const masterKey = new Uint8Array(32).fill(8);
const previousMasterKey = new Uint8Array(32).fill(7);
let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let created: Created;

beforeEach(async () => {
  state = await newState();
  service = await startService(state.file);
  created = await service.create();
});
afterEach(async () => {
  await service.stop();
  await state.remove();
});

const post = (action: string, kid = created.kid) =>
  service.admin('POST', `${route}/${kid}/${action}`);
async function rotate(): Promise<Created> {
  const response = await post('rotate');
  expect(response.status).toBe(201);
  return (await response.json()) as Created;
}

describe('rotation of a key', () => {
  it(verifies('CFG-3 E-3', 'opens tokens of both keys until the old one is retired'), async () => {
    service.time.now += 1;
    const next = await rotate();
    expect(next).toMatchObject({
      kid: created.kid,
      rotatedAt: new Date(service.time.now).toISOString(),
    });
    expect(next.secret).not.toBe(created.secret);
    const [before, after] = [await service.mint(created), await service.mint(next)];
    const held = await opened(await service.exchange(before));
    await opened(await service.exchange(after));
    expect(await (await post('retire')).json()).toMatchObject({ rotatedAt: null });
    expect(await codeOf(await service.exchange(before))).toBe('token_refused');
    await opened(await service.exchange(after));
    expect((await service.whoami(held)).status).toBe(200);
  });

  it(verifies('CFG-3 A-1', 'shows the secret of the next key this once'), async () => {
    const { secret } = await rotate();
    const answers = [
      await (await service.admin('GET', `${route}/${created.kid}`)).text(),
      await (await service.admin('GET', route)).text(),
      service.logText(),
    ];
    const line = secret.split('\n')[3] ?? '';
    expect(line).toHaveLength(64);
    for (const answer of answers) expect(answer).not.toContain(line);
  });

  it(verifies('CFG-3 VAL-3', 'lets both secrets mint over HTTP'), async () => {
    const next = await rotate();
    const generate = ({ kid, secret }: Created) =>
      service.admin('POST', '/api/v1/wat/generate', {
        ...{ header: { kid }, payload: { sub: 'ada', grants: { prm: [] } }, secret },
      });
    expect([(await generate(created)).status, (await generate(next)).status]).toEqual([200, 200]);
    await post('retire');
    expect([(await generate(created)).status, (await generate(next)).status]).toEqual([422, 200]);
  });

  it(verifies('CFG-3', 'goes one step at a time'), async () => {
    expect(await codeOf(await post('retire'))).toBe('rotation_not_under_way');
    await rotate();
    expect(await codeOf(await post('rotate'))).toBe('rotation_under_way');
    expect((await post('retire')).status).toBe(200);
    expect(await codeOf(await post('retire'))).toBe('rotation_not_under_way');
    for (const action of ['rotate', 'retire']) {
      expect(await codeOf(await post(action, 'f'.repeat(24)))).toBe('not_found');
    }
  });

  it(verifies('CFG-3', 'makes one next key of several requests at once'), async () => {
    const responses = await Promise.all(Array.from({ length: 4 }, () => post('rotate')));
    expect(responses.map(({ status }) => status).sort()).toEqual([201, 409, 409, 409]);
  });

  it(verifies('CFG-3', 'destroys both keys where the configuration is deleted'), async () => {
    await rotate();
    await service.admin('DELETE', `${route}/${created.kid}`);
    const database = new DatabaseSync(state.file, { readOnly: true });
    expect(database.prepare('SELECT count(*) AS keys FROM configuration_key').get()).toEqual({
      keys: 0,
    });
    database.close();
  });
});

describe('rotation of the master key', () => {
  const restart = async (overrides: object) => {
    await service.stop();
    service = await startService(state.file, overrides);
  };
  const refused = (overrides: object) =>
    expect(startService(state.file, overrides)).rejects.toMatchObject({ code: 'master_key_wrong' });

  it(
    verifies('CFG-2 E-1', 'seals every key anew, and the old one opens nothing more'),
    async () => {
      const next = await rotate();
      const tokens = [await service.mint(created), await service.mint(next)];
      await restart({ masterKey, previousMasterKey });
      expect(service.logText()).toContain('"master_key_rotated"');
      for (const token of tokens) await opened(await service.exchange(token));
      await restart({ masterKey });
      for (const token of tokens) await opened(await service.exchange(token));
      await refused({ masterKey: previousMasterKey });
    },
  );

  it(verifies('CFG-2', 'is done once, and says so where it was done before'), async () => {
    await restart({ masterKey, previousMasterKey });
    await restart({ masterKey, previousMasterKey });
    expect(service.logText()).toContain('master_key_rotated_before');
    await opened(await service.exchange(await service.mint(created)));
  });

  it(verifies('CFG-2 E-1', 'is refused where neither key fits, and changes nothing'), async () => {
    const strange = new Uint8Array(32).fill(9);
    await service.stop();
    await refused({ masterKey, previousMasterKey: strange });
    service = await startService(state.file);
    await opened(await service.exchange(await service.mint(created)));
  });

  it(verifies('CFG-2 E-1', 'leaves a copy of the state that opens nothing by itself'), async () => {
    await rotate();
    await restart({ masterKey, previousMasterKey });
    await service.stop();
    const dump = await readFile(state.file);
    const text = dump.toString('latin1');
    // DER of PKCS#8 with an RSA key, and its armour in plain and in base64.
    const rsaPrefix = Buffer.from('020100300d06092a864886f70d010101', 'hex');
    expect(dump.includes(rsaPrefix)).toBe(false);
    expect(text).not.toMatch(/BEGIN|PRIVATE|LS0tLS1CRUdJT|MIIEv/);
    const keys = [...text.matchAll(/eyJhbGciOiJkaXIi[\w-]+\.\.[\w-]+\.[\w-]+\.[\w-]+/g)];
    expect(keys.length).toBeGreaterThanOrEqual(3);
    await refused({ masterKey: new Uint8Array(32) });
    service = await startService(state.file, { masterKey });
  });
});
