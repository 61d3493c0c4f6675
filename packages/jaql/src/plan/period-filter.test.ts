import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Level, move, startOf } from '../testing/calendar.ts';
import { dims, formula, openTrades, type Trade, trades } from '../testing/trades.ts';

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades();
});
afterAll(() => db.close());

type Dated = Trade & { readonly day: string };
const dated = trades.filter((one): one is Dated => one.day !== null);
const date = (level: Level, more: object = {}) => ({ ...dims.day, level, ...more });
const midnight = (day: string) => `${day}T00:00:00`;
const membersOf = (level: Level) =>
  [...new Set(dated.map(({ day }) => startOf(day, level)))].toSorted();

/** The first cells of the answer as days, the second ones as they are. */
async function ask(...jaqls: object[]): Promise<[string, unknown][]> {
  const metadata = jaqls.map((jaql, index) => ({ jaql, ...(index < 2 ? {} : { panel: 'scope' }) }));
  const rows = await db.query({ metadata: metadata as unknown as JaqlItem[] });
  return rows.map(([day, value]) => [String(day).slice(0, 10), value]);
}
const inOrder = (counts: ReadonlyMap<string, unknown>) =>
  [...counts].toSorted(([a], [b]) => (a < b ? -1 : 1));
const countBy = (level: Level, some: readonly Dated[]) =>
  new Map(
    [...Map.groupBy(some, ({ day }) => startOf(day, level))].map(([start, own]) => [
      start,
      own.length,
    ]),
  );

const levels = ['years', 'quarters', 'months', 'weeks', 'days'] as const;
const pairs = levels.flatMap((key) => levels.map((filter) => [key, filter] as const));
const counted = formula('DUPCOUNT([amount])');

describe('members of a date level', () => {
  it.each(pairs)(verifies('DATA-1', 'by %s keep what lies in them: %s'), async (key, level) => {
    const all = membersOf(level);
    const chosen = [all[0], all[3], all.at(-1)].filter((one) => one !== undefined);
    const kept = dated.filter(({ day }) => chosen.includes(startOf(day, level)));
    const of = { members: chosen.map(midnight) };
    const filter = date(level, { filter: of });
    expect(await ask(date(key), counted, filter)).toEqual(inOrder(countBy(key, kept)));
    const others = dated.filter((one) => !kept.includes(one));
    const excluded = date(level, { filter: { exclude: { members: [...of.members, null] } } });
    expect(await ask(date(key), counted, excluded)).toEqual(inOrder(countBy(key, others)));
  });

  it.each(pairs)(
    verifies('DATA-1', 'of one measure leave it 0 elsewhere, by %s: %s'),
    async (key, level) => {
      const [, one = ''] = membersOf(level);
      const kept = countBy(
        key,
        dated.filter(({ day }) => startOf(day, level) === one),
      );
      const few = date(level, { filter: { members: [midnight(one)] } });
      const measured = formula('(DUPCOUNT([amount]), [few])', { few });
      const everything = { ...dims.day, filter: { from: '0001-01-01' } };
      const expected = membersOf(key).map((start) => [start, kept.get(start) ?? 0]);
      expect(await ask(date(key), measured, everything)).toEqual(expected);
    },
  );
});

describe('members of a date level, looked back from', () => {
  const pasts = [
    ['PASTYEAR', 'years', ['years', 'quarters', 'months', 'days']],
    ['PASTQUARTER', 'quarters', ['quarters', 'months', 'days']],
    ['PASTMONTH', 'months', ['months', 'days']],
    ['PASTWEEK', 'weeks', ['weeks', 'days']],
    ['PASTDAY', 'days', ['days']],
  ] as const;
  const cases = pasts.flatMap(([name, unit, keys]) =>
    keys.flatMap((key) => levels.map((level) => [name, unit, key, level] as const)),
  );

  it.each(cases)(
    verifies('DATA-1', '%s: by %s, rows by %s, members of %s move along'),
    async (name, unit, key, level) => {
      const all = membersOf(level);
      // Days and weeks that begin where other months have no such day.
      const late = all.filter((start) => start.slice(8) >= '29').slice(0, 11);
      const middle = Math.floor(all.length / 2);
      const chosen = late.length > 0 ? late : all.slice(middle, middle + 2);
      const isKept = (day: string) => chosen.includes(startOf(day, level));
      const past = countBy(
        key,
        dated.filter(({ day }) => isKept(move(day, unit, 1))),
      );
      const shown = countBy(
        key,
        dated.filter(({ day }) => isKept(day)),
      );
      const expected = inOrder(shown).map(([start]) => {
        return [start, past.get(startOf(move(start, unit, -1), key)) ?? null];
      });
      const filter = date(level, { filter: { members: chosen.map(midnight) } });
      const rows = await ask(date(key), formula(`${name}(DUPCOUNT([amount]))`), filter);
      const zeroAsNone = rows.map(([start, value]) => [start, value === 0 ? null : value]);
      expect(zeroAsNone).toEqual(expected);
    },
  );
});
