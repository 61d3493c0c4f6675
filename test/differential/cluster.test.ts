/**
 * Random queries under random rules on distributed tables, against the same tables on one server: two shards, whose rows
 * ClickHouse aggregates apart and then merges. Both shards are of one process, so what lies between servers is not in it:
 * no network, no lagging replica.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { clickHouse, type OpenedEngine, openers, statementsOf } from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { isSame } from './agreement.ts';
import { arbitraryCase } from './arbitrary-query.ts';
import { arbitraryRules } from './arbitrary-rules.ts';
import { outcomeOf } from './star-engines.ts';
import { tableNames } from './star-schema.ts';
import { starTables } from './star-tables.ts';

const statements = starTables('full_').flatMap((table) => statementsOf('clickhouse', table));
/** `place` is another number for each row, so that rows of one key lie on both shards. */
const shardedBy = (tables: readonly string[]) =>
  Object.fromEntries(tables.map((table) => [`full_${table}`, 'place']));
const cases = 150;
/** Asked at the same time. */
const lanes = 4;

let single: OpenedEngine;
const clusters = new Map<string, OpenedEngine>();
const layouts = { 'facts alone': ['sales', 'returned'], 'every table': tableNames };
beforeAll(async () => {
  single = await openers.clickhouse(statements);
  for (const [name, tables] of Object.entries(layouts)) {
    clusters.set(name, await openers.clickhouse(statements, { sharded: shardedBy(tables) }));
  }
});
afterAll(async () => {
  for (const { close } of [single, ...clusters.values()]) await close();
});

describe.each(Object.keys(layouts))('a cluster with shards of %s', (layout) => {
  const cluster = () => clusters.get(layout) ?? single;

  it('has rows on both of them', async () => {
    const { run } = await clickHouse();
    const text = 'SELECT _shard_num, count() > 20 FROM full_sales GROUP BY 1 ORDER BY 1 FORMAT TSV';
    expect(await run(cluster().address, text)).toBe('1\t1\n2\t1\n');
  });

  it(verifies(
    'DATA-3 DATA-2 D-1',
    `gives the answers of one server to ${cases} random queries`,
  ), async () => {
    const seed = 20_261_127;
    const rules = fc.sample(arbitraryRules, { seed, numRuns: cases });
    const waiting = [...fc.sample(arbitraryCase, { seed, numRuns: cases }).entries()];
    let rowsSeen = 0;
    const askAll = async () => {
      for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
        const [nth, asked] = next;
        const under = { rules: rules[nth] ?? [] };
        const expected = await outcomeOf(single.engine, asked, under);
        const answer = await outcomeOf(cluster().engine, asked, under).catch((error) => error);
        if (!isSame(expected, answer)) {
          throw new Error(JSON.stringify({ under, asked, expected, answer }, null, 1));
        }
        if ('rows' in expected) rowsSeen += expected.rows.length;
      }
    };
    await Promise.all(Array.from({ length: lanes }, askAll));
    expect(rowsSeen).toBeGreaterThan(cases);
  }, 300_000);
});
