import { DatabaseSync } from 'node:sqlite';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../../test/verifies.ts';
import { migrate, migrations } from './migrations.ts';

describe('migrate', () => {
  it(
    verifies('CFG-3 CFG-4', 'brings a state of the first release forward, with what it holds'),
    () => {
      const database = new DatabaseSync(':memory:');
      database.exec(migrations[0] ?? '');
      database.exec(`
      PRAGMA user_version = 1;
      INSERT INTO configuration VALUES
        ('kid', 'Old', 'strict', 1, '[]', 1, NULL, 0, NULL, 5, 6, NULL);
      INSERT INTO configuration_key VALUES ('thumbprint', 'kid', 'sealed');
      INSERT INTO session VALUES
        ('id', 'kid', 'ada', 'digest', 'UTC', NULL, NULL, 7, 8, NULL, '{}');
    `);
      migrate(database);
      migrate(database);
      const row = (sql: string) => ({ ...database.prepare(sql).get() });
      expect(row('PRAGMA user_version')).toEqual({ user_version: migrations.length });
      expect(row('SELECT * FROM configuration_key')).toMatchObject({
        created_at: 5,
        suite: 'RSA-OAEP-256/A128GCM',
      });
      expect(row('SELECT * FROM session')).toMatchObject({
        sub: 'ada',
        jti: null,
        expires_at: null,
      });
      expect(row('SELECT * FROM configuration')).toMatchObject({
        ...{ signature: null, max_sessions: null, max_sessions_per_subject: null },
        max_sessions_per_token: null,
        end_sessions_at_exp: 0,
      });
    },
  );
});
