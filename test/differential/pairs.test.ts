import type { AclRule } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineNames } from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { allowedPlaces } from './allowed-rows.ts';
import { openStar, type StarEngines } from './star-engines.ts';
import { moments, type TableName, tableNames, words } from './star-schema.ts';
import { star as data } from './star-tables.ts';

let star: StarEngines;
beforeAll(async () => {
  star = await openStar([]);
});
afterAll(() => star.close());

const rule = (table: string, column: string, more: Partial<AclRule>): AclRule => ({
  ...{ dataSourceTitle: 'Star', table, column },
  ...more,
});
const ruleSets = (table: string): AclRule[][] => [
  [rule(table, 'word', { members: words.slice(0, 6) })],
  [rule(table, 'word', { members: words.slice(0, 6), exclusionary: true })],
  [rule(table, 'day', { members: moments.slice(0, 4), exclusionary: true })],
  [rule(table, 'size', { members: [], exclusionary: false })],
  [rule(table, 'size', { allMembers: true })],
];
const pairs = tableNames.flatMap((ruled) =>
  tableNames.filter((asked) => asked !== ruled).map((asked) => [ruled, asked] as const),
);

/** What is allowed of a table, row by row, and what follows from it. */
function expected(asked: TableName, rules: readonly AclRule[]) {
  const places = allowedPlaces(data, rules).get(asked);
  const rows = data[asked].filter(({ place }) => places?.has(place));
  const kept = rows.flatMap(({ word }) => word ?? []);
  const prices = rows.flatMap(({ price }) => price ?? []);
  const byCodePoint = (one: string, other: string) =>
    Buffer.compare(Buffer.from(one), Buffer.from(other));
  return {
    ids: rows.map(({ id }) => id).toSorted((one, other) => one - other),
    words: [...new Set(kept)].toSorted(byCodePoint),
    sum: prices.length === 0 ? null : prices.reduce((sum, price) => sum + price, 0),
    count: rows.length,
  };
}

describe('a rule on one table and a query on another', () => {
  it('has at least 30 pairs', () => {
    expect(pairs.length).toBeGreaterThanOrEqual(30);
  });

  it.each(pairs)(verifies('D-3 DATA-3', 'on %s, and a query on %s'), async (ruled, asked) => {
    for (const rules of ruleSets(ruled)) {
      const { ids, words: members, sum, count } = expected(asked, rules);
      for (const engine of engineNames) {
        const ask = async (jaqls: readonly object[], ungroup = false) => {
          const metadata = jaqls.map((jaql) => ({ jaql }));
          const answer = await star.secured(
            engine,
            { query: { metadata, ungroup }, filters: [] },
            rules,
          );
          return 'rows' in answer ? answer.rows : answer;
        };
        const listed = await ask([{ dim: `[${asked}.id]` }], true);
        expect([...(listed as number[][])].flat().toSorted((one, other) => one - other)).toEqual(
          ids,
        );
        const totals = [
          { dim: `[${asked}.price]`, agg: 'sum' },
          { dim: `[${asked}.id]`, agg: 'countduplicates' },
        ];
        expect(await ask(totals)).toEqual([[sum, count]]);
        const list = { members: { dim: `[${asked}.word]` }, filters: [] };
        expect(await star.secured(engine, list, rules)).toEqual({
          rows: members.map((one) => [one]),
        });
      }
    }
  });
});
