import { DuckDBConnection, DuckDBInstance, DuckDBPreparedStatement } from '@duckdb/node-api';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { PreparedConnection } from './prepared-connection.ts';

const prepared = vi.spyOn(DuckDBConnection.prototype, 'prepare');
const destroyed = vi.spyOn(DuckDBPreparedStatement.prototype, 'destroySync');
/** Statements that were prepared and are not let go of. */
const held = () => prepared.mock.calls.length - destroyed.mock.calls.length;

let connection: PreparedConnection;
beforeEach(async () => {
  connection = new PreparedConnection(await (await DuckDBInstance.create()).connect());
  prepared.mockClear();
  destroyed.mockClear();
});

const members = (count: number) =>
  ({ type: 'text', list: Array.from({ length: count }, (_, nth) => `member ${nth}`) }) as const;
const among = (nth: number) => `SELECT ${nth} WHERE list_contains($1, 'x')`;

describe('a connection', () => {
  it('keeps a statement, and runs it with other values', async () => {
    for (let round = 1; round <= 3; round += 1) {
      const result = await connection.run('SELECT $1', [{ type: 'integer', value: String(round) }]);
      expect(await result.getRows()).toEqual([[BigInt(round)]]);
    }
    expect(prepared).toHaveBeenCalledTimes(1);
  });

  it(verifies('D-9', 'keeps 64 short statements, the last ones'), async () => {
    for (let nth = 0; nth < 100; nth += 1) await connection.run(`SELECT ${nth}`, []);
    expect(held()).toBe(64);
    await connection.run('SELECT 99', []);
    expect(prepared).toHaveBeenCalledTimes(100);
  });

  it(verifies('D-9', 'keeps few of those that were run with many values'), async () => {
    for (let nth = 0; nth < 20; nth += 1) await connection.run(among(nth), [members(1_000)]);
    expect(held()).toBeLessThan(5);
    await connection.run(among(100), [members(10_000)]);
    expect(held()).toBeLessThan(5);
  });

  it(verifies('D-9', 'keeps few long ones'), async () => {
    for (let nth = 0; nth < 20; nth += 1)
      await connection.run(`SELECT ${nth}${', 1'.repeat(4_000)}`, []);
    expect(held()).toBe(5);
  });

  it('lets go of all that it keeps when it is closed', async () => {
    for (let nth = 0; nth < 10; nth += 1) await connection.run(`SELECT ${nth}`, []);
    connection.close();
    expect(held()).toBe(0);
  });
});
