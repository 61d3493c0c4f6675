/**
 * Random queries under random rules, three ways:
 *
 *     under rules, on the whole          ──┬── equal, on DuckDB and on PostgreSQL
 *     without rules, on a physical copy  ──┘   (the copy holds what allowed-rows.ts says, row by row)
 *     under rules, on ClickHouse         ───── equal to both
 *
 * `DIFFERENTIAL_CASES` sets how many; 10,000 by default. What once failed stands in regressions.ts and is asked on every run.
 */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../verifies.ts';
import { agreedAnswer, isSame } from './agreement.ts';
import { arbitraryCase } from './arbitrary-query.ts';
import { arbitraryRules } from './arbitrary-rules.ts';
import { regressions } from './regressions.ts';
import { openStar, type StarEngines } from './star-engines.ts';

const wanted = Number(process.env.DIFFERENTIAL_CASES ?? 10_000);
const casesPerRules = 50;
/** Kept, so that every run asks the same; a failure prints its own seed and path. */
const seed = 20_200_301;
/** Sets of rules asked at the same time, so that no engine waits for another. */
const lanes = 4;

const random = fc.sample(arbitraryRules, {
  seed,
  numRuns: Math.max(lanes, Math.ceil(wanted / casesPerRules)),
});
const ruleSets = [...random, ...regressions.map(({ rules }) => rules)];
let star: StarEngines;
beforeAll(async () => {
  star = await openStar(ruleSets);
}, 300_000);
afterAll(() => star.close());

describe('queries under random rules', () => {
  it(verifies(
    'DATA-1 DATA-2 DATA-3 D-1 D-4',
    'equal the same queries without rules on a copy that holds only what is allowed, on every engine',
  ), async () => {
    const count = { answered: 0, refused: 0, telling: 0, compared: 0 };
    const checkSet = async (ruleSet: number) => {
      const property = fc.asyncProperty(arbitraryCase, async (asked) => {
        const answer = await agreedAnswer(star, asked, ruleSets, ruleSet);
        if ('code' in answer) {
          count.refused += 1;
          return;
        }
        count.answered += 1;
        if (count.answered % 8 !== 0) return;
        count.compared += 1;
        const open = await star.secured('duckdb', asked, []);
        if (answer.rows.length > 0 && !isSame(open, answer)) count.telling += 1;
      });
      await fc.assert(property, { seed: seed + ruleSet, numRuns: casesPerRules });
    };
    const waiting = random.map((_, index) => index);
    await Promise.all(
      Array.from({ length: lanes }, async () => {
        for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
          await checkSet(next);
        }
      }),
    );
    const cases = random.length * casesPerRules;
    console.info(JSON.stringify({ cases, ...count, refusedByDuckDb: star.refusedByDuckDb }));
    expect(cases).toBeGreaterThanOrEqual(wanted);
    expect(star.refusedByDuckDb).toBeLessThanOrEqual(cases / 1_000);
    // Where most is refused, or rules change nothing, little is shown.
    expect(count.answered).toBeGreaterThan(cases * 0.6);
    expect(count.telling).toBeGreaterThan(count.compared * 0.25);
  }, 2_400_000);

  it.each(regressions)(verifies('D-1', 'once differed: $why'), async ({ asked }) => {
    const ruleSet = random.length + regressions.findIndex((one) => one.asked === asked);
    expect(await agreedAnswer(star, asked, ruleSets, ruleSet)).toHaveProperty('rows');
  });
});
