import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postgres } from '../../../../test/harness/three-engines.ts';
import { verifies } from '../../../../test/verifies.ts';
import { openPostgres } from '../index.ts';
import { faultOf, type ServerFacts } from './check-server.ts';

const harmless: ServerFacts = {
  version: 150_014,
  encoding: 'UTF8',
  hasIcu: true,
  isStandby: false,
  isSuperuser: false,
  bypassesRls: false,
  reachesFiles: false,
  ownsTables: false,
  mayWrite: false,
};

describe('the version of a server', () => {
  it.each([
    [90_624, true],
    [140_019, true],
    [150_008, true],
    [150_013, true],
    [150_014, false],
    [150_018, false],
    [160_009, true],
    [160_010, false],
    [170_005, true],
    [170_006, false],
    [180_000, false],
    [190_001, false],
  ])(verifies('D-10', '%i is refused: %s'), (version, isRefused) => {
    expect(faultOf({ ...harmless, version }) !== undefined).toBe(isRefused);
  });
});

describe('what is known of a server and a role', () => {
  it.each<[keyof ServerFacts, ServerFacts[keyof ServerFacts]]>([
    ['encoding', 'LATIN1'],
    ['hasIcu', false],
    ['isSuperuser', true],
    ['bypassesRls', true],
    ['reachesFiles', true],
    ['ownsTables', true],
    ['mayWrite', true],
  ])(verifies('D-10', 'is refused where %s is %s'), (fact, value) => {
    expect(faultOf({ ...harmless, [fact]: value })).toBeDefined();
  });

  it('lets a role that could write read from a standby, which nobody can write to', () => {
    expect(faultOf({ ...harmless, mayWrite: true, isStandby: true })).toBeUndefined();
    expect(faultOf({ ...harmless, ownsTables: true, isStandby: true })).toBeDefined();
  });
});

describe('a real role', () => {
  let owner: string;
  let client: Client;
  beforeAll(async () => {
    owner = await (await postgres()).createDatabase();
    client = new Client({ connectionString: owner });
    await client.connect();
    await client.query('CREATE TABLE facts AS SELECT 1 AS x; CREATE ROLE team NOLOGIN');
  });
  afterAll(() => client.end());

  const open = async (role: string) => {
    const address = Object.assign(new URL(owner), { username: role, password: role }).href;
    const engine = await openPostgres({ connectionString: address });
    await engine.close();
  };

  it(verifies('D-10', 'that may read and nothing else is taken'), async () => {
    await client.query("CREATE ROLE plain LOGIN PASSWORD 'plain'; GRANT SELECT ON facts TO plain");
    await expect(open('plain')).resolves.toBeUndefined();
  });

  it(verifies('D-10', 'as the documentation makes it is taken'), async () => {
    const text = await readFile(join(import.meta.dirname, '../../../../docs/engines.md'), 'utf8');
    const [, sql = ''] = /```sql\n(CREATE ROLE[^`]+)```/.exec(text) ?? [];
    await client.query(sql);
    await client.query("ALTER ROLE vitrine_reader PASSWORD 'vitrine_reader'");
    await expect(open('vitrine_reader')).resolves.toBeUndefined();
  });

  it.each([
    ['is a superuser', 'one', 'ALTER ROLE one SUPERUSER'],
    ['has BYPASSRLS', 'two', 'ALTER ROLE two BYPASSRLS'],
    ['may insert', 'three', 'GRANT INSERT ON facts TO three'],
    ['may delete by a group', 'four', 'GRANT DELETE ON facts TO team; GRANT team TO four'],
    ['owns a table', 'five', 'CREATE TABLE own AS SELECT 1 AS x; ALTER TABLE own OWNER TO five'],
    ['reads files', 'six', 'GRANT pg_read_server_files TO six'],
    ['can become a superuser', 'seven', 'CREATE ROLE chief SUPERUSER; GRANT chief TO seven'],
  ])(verifies('D-10', 'that %s is refused'), async (_what, role, grant) => {
    await client.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'; ${grant}`);
    await expect(open(role)).rejects.toMatchObject({ code: 'source_unavailable' });
  });

  it(verifies('D-10 D-7', 'or address that is wrong is not repeated in the error'), async () => {
    const wrong = [
      owner.replace(/:[^:@]+@/, ':canary-pw@'),
      owner.replace(/\/state_\d+$/, '/canary-db'),
      'postgres://canary-user:canary-pw@127.0.0.1:1/x',
      'postgres://canary:%zz@[',
    ];
    for (const connectionString of wrong) {
      const error = await openPostgres({ connectionString }).catch((caught: Error) => caught);
      expect(error).toMatchObject({ code: 'source_unavailable' });
      expect(`${(error as Error).stack} ${(error as Error).cause}`).not.toContain('canary');
    }
  });
});
