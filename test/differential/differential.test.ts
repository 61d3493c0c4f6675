import type { AclRule } from '@vitrine/claims';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { arbitraryCase, arbitraryRules } from './arbitrary-query.ts';
import { copySql } from './physical-copy.ts';
import { openStar } from './star-database.ts';
import { days, tableNames, words } from './star-schema.ts';

let star: Awaited<ReturnType<typeof openStar>>;
beforeAll(async () => {
  star = await openStar();
});
afterAll(() => star.close());

/** Kept, so that every run asks the same; a failure prints its own seed and path. */
const seeds = [20_200_301, 7, 424_242];
const rulesPerSeed = 12;
const casesPerRules = 28;

describe('queries under random rules', () => {
  it(verifies(
    'DATA-1 DATA-2 D-1',
    'equal the same queries without rules on a copy that holds only what is allowed',
  ), async () => {
    let answered = 0;
    let telling = 0;
    for (const seed of seeds) {
      const arbitraryBatch = fc.array(arbitraryCase, {
        minLength: casesPerRules,
        maxLength: casesPerRules,
      });
      const property = fc.asyncProperty(arbitraryRules, arbitraryBatch, async (rules, cases) => {
        await star.sql(copySql(rules, 'full_', 'copy_'));
        for (const one of cases) {
          const secured = await star.outcome(one, 'original', rules);
          expect(secured).toEqual(await star.outcome(one, 'copy', []));
          if ('code' in secured) continue;
          answered += 1;
          const open = await star.outcome(one, 'original', []);
          const isOther = JSON.stringify(open) !== JSON.stringify(secured);
          if (isOther && secured.rows.length > 0) telling += 1;
        }
      });
      await fc.assert(property, { seed, numRuns: rulesPerSeed });
    }
    expect(answered).toBeGreaterThanOrEqual(500);
    // Where rules change nothing, or leave nothing, little is shown.
    expect(telling).toBeGreaterThanOrEqual(250);
  }, 120_000);
});

const rule = (table: string, column: string, more: Partial<AclRule>): AclRule => ({
  dataSourceTitle: 'Star',
  table,
  column,
  ...more,
});

describe('a rule on one table and a query on another', () => {
  const pairs = tableNames.flatMap((ruled) =>
    tableNames.filter((asked) => asked !== ruled).map((asked) => [ruled, asked] as const),
  );
  const rules = (table: string): AclRule[][] => [
    [rule(table, 'word', { members: words.slice(0, 3) })],
    [rule(table, 'word', { members: words.slice(0, 3), exclusionary: true })],
    [rule(table, 'day', { members: days.map((day) => `${day}T00:00:00`), exclusionary: true })],
    [rule(table, 'size', { members: [], exclusionary: false })],
    [rule(table, 'size', { allMembers: true })],
  ];

  it('has 30 pairs', () => {
    expect(pairs).toHaveLength(30);
  });

  it.each(pairs)(verifies('D-3', 'on %s, and a query on %s'), async (ruled, asked) => {
    for (const some of rules(ruled)) {
      await star.sql(copySql(some, 'full_', 'copy_'));
      const queries = [
        {
          metadata: [
            { jaql: { dim: `[${asked}.id]` } },
            { jaql: { dim: `[${asked}.size]`, agg: 'sum' } },
          ],
        },
        { metadata: [{ jaql: { dim: `[${asked}.word]`, agg: 'count' } }] },
        {
          metadata: [{ jaql: { dim: `[${asked}.id]` } }, { jaql: { dim: `[${asked}.word]` } }],
          ungroup: true,
        },
      ] as const;
      const cases = [
        ...queries.map((query) => ({
          query: { ...query, metadata: [...query.metadata] },
          filters: [],
        })),
        { members: { dim: `[${asked}.word]` }, filters: [] },
      ];
      for (const one of cases) {
        const secured = await star.outcome(one, 'original', some);
        expect(secured).toHaveProperty('rows');
        expect(secured).toEqual(await star.outcome(one, 'copy', []));
      }
    }
  });
});
