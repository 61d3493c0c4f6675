import type { JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { dims, formula, openTrades, type Trade } from '../testing/trades.ts';

/** Every function over time at every level, against what is worked out here from the moments alone. */
const levels = ['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes'] as const;
type Level = (typeof levels)[number];
type FirstDay = 'mon' | 'sun';

const minute = 60_000;
const lengths = { weeks: 7 * 24 * 60, days: 24 * 60, hours: 60, minutes: 1 } as const;
const months = { years: 12, quarters: 3, months: 1 } as const;

function startOf(moment: number, level: Level, firstDay: FirstDay): number {
  const at = new Date(moment);
  if (level === 'years' || level === 'quarters' || level === 'months') {
    const month = at.getUTCMonth();
    return Date.UTC(at.getUTCFullYear(), month - (month % months[level]));
  }
  // The fourth of January 1970 was a Sunday.
  const origin = level === 'weeks' ? (firstDay === 'sun' ? 3 : 4) * 1_440 * minute : 0;
  const length = lengths[level] * minute;
  return Math.floor((moment - origin) / length) * length + origin;
}

function moved(moment: number, level: Level, count: number): number {
  if (level !== 'years' && level !== 'quarters' && level !== 'months') {
    return moment + count * lengths[level] * minute;
  }
  const at = new Date(moment);
  const month = at.getUTCMonth() + count * months[level];
  const last = new Date(Date.UTC(at.getUTCFullYear(), month + 1, 0)).getUTCDate();
  const day = Date.UTC(at.getUTCFullYear(), month, Math.min(at.getUTCDate(), last));
  return day + (moment % (1_440 * minute));
}

/** Moments that lie one or two periods of each kind apart. */
const anchors = ['2013-03-31T23:59:00', '2012-02-29T00:00:00', '2013-01-06T10:30:00'];
const moments = anchors.flatMap((anchor) =>
  levels.flatMap((level) =>
    [0, -1, -2].map((count) => moved(Date.parse(`${anchor}Z`), level, count)),
  ),
);
const rows = moments.map((moment, id): Trade => {
  const day = new Date(moment).toISOString().slice(0, 19);
  const amount = id % 11 === 0 ? null : (id % 7) - 2;
  return { id, day, shipped: null, shop: null, product: 'Axe', amount, pieces: 1 };
});

type Value = number | null;
const add = (values: readonly Value[]): Value => {
  const some = values.filter((one) => one !== null);
  return some.length === 0 ? null : some.reduce((a, b) => a + b, 0);
};
const minus = (a: Value, b: Value): Value => (a === null || b === null ? null : a - b);
const ratio = (a: Value, b: Value): Value => (a === null || b === null || b === 0 ? null : a / b);
const isShorter = (unit: Level, level: Level) => levels.indexOf(unit) > levels.indexOf(level);

/** The value of each period at a level. */
function groups(level: Level, firstDay: FirstDay): Map<number, Value> {
  const byStart = Map.groupBy(moments.entries(), ([, moment]) => startOf(moment, level, firstDay));
  return new Map(
    [...byStart]
      .map(([start, own]) => [start, add(own.map(([id]) => rows[id]!.amount))] as const)
      .toSorted(([a], [b]) => a - b),
  );
}

interface Case {
  readonly text: string;
  readonly expected: (
    start: number,
    all: Map<number, Value>,
    level: Level,
    first: FirstDay,
  ) => Value;
}

/** The period that lies some units before or after: a week, the one that holds its moved fourth day. */
function away(unit: Level | undefined, count: number) {
  return (start: number, all: Map<number, Value>, level: Level, first: FirstDay): Value => {
    const by = unit ?? level;
    if (isShorter(by, level)) return null;
    const isWeek = level === 'weeks' && by !== 'weeks';
    const target = isWeek
      ? startOf(moved(start + 3 * 1_440 * minute, by, count), 'weeks', first)
      : moved(start, by, count);
    return all.get(target) ?? null;
  };
}

const value: Case['expected'] = (start, all) => all.get(start) ?? null;
const past = ['DAY', 'WEEK', 'MONTH', 'QUARTER', 'YEAR'].flatMap((word): Case[] => {
  const unit = `${word.toLowerCase()}s` as Level;
  const before = away(unit, -1);
  return [
    { text: `PAST${word}([m])`, expected: before },
    { text: `PAST${word}([m], 2)`, expected: away(unit, -2) },
    { text: `DIFFPAST${word}([m])`, expected: (...at) => minus(value(...at), before(...at)) },
    {
      text: `GROWTHPAST${word}([m])`,
      expected: (...at) => ratio(minus(value(...at), before(...at)), before(...at)),
    },
  ];
});
const near: readonly Case[] = [
  { text: '([m], PREV([day]))', expected: away(undefined, -1) },
  { text: '([m], NEXT([day], 2))', expected: away(undefined, 2) },
  { text: '([m], PREV([ofMonths]))', expected: away('months', -1) },
  {
    text: 'GROWTH([m])',
    expected: (...at) =>
      ratio(minus(value(...at), away(undefined, -1)(...at)), away(undefined, -1)(...at)),
  },
  {
    text: 'GROWTHRATE([m])',
    expected: (...at) => ratio(value(...at), away(undefined, -1)(...at)),
  },
];
const toDate = (['weeks', 'months', 'quarters', 'years'] as const).flatMap((unit): Case[] => {
  const soFar: (...at: Parameters<Case['expected']>) => Value[] = (start, all, level, first) =>
    isShorter(unit, level)
      ? []
      : [...all]
          .filter(
            ([one]) => one <= start && startOf(one, unit, first) === startOf(start, unit, first),
          )
          .flatMap(([, one]) => (one === null ? [] : [one]));
  const word = unit.charAt(0).toUpperCase();
  return [
    { text: `${word}TDSUM([m])`, expected: (...at) => add(soFar(...at)) },
    {
      text: `${word}TDAVG([m])`,
      expected: (...at) => ratio(add(soFar(...at)), soFar(...at).length),
    },
  ];
});
const cases = [...past, ...near, ...toDate];

let db: Awaited<ReturnType<typeof openTrades>>;
beforeAll(async () => {
  db = await openTrades(rows);
});
afterAll(() => db.close());

describe('a function over time', () => {
  const context = {
    m: { ...dims.amount, agg: 'sum' },
    ofMonths: { ...dims.day, level: 'months' },
  };
  const settings = levels.flatMap((level) => {
    const firstDays: readonly FirstDay[] = level === 'weeks' ? ['mon', 'sun'] : ['mon'];
    return firstDays.map((firstday) => [level, firstday] as const);
  });
  it.each(settings)(
    verifies('DATA-1', 'has its value, or none where there is no such period, by %s from %s'),
    async (level, firstday) => {
      const all = groups(level, firstday);
      const metadata = [
        { jaql: { ...dims.day, level, firstday } },
        ...cases.map(({ text }) => ({ jaql: formula(text, context) })),
      ] as JaqlItem[];
      const answer = await db.query({ metadata });
      expect(answer.length).toBe(all.size);
      let telling = 0;
      for (const [index, start] of [...all.keys()].entries()) {
        const [, ...given] = answer[index] ?? [];
        for (const [place, { text, expected }] of cases.entries()) {
          const wanted = expected(start, all, level, firstday);
          const label = `${text} at ${new Date(start).toISOString()}`;
          telling += wanted === null ? 0 : 1;
          if (wanted === null) expect(given[place], label).toBeNull();
          else expect(given[place], label).toBeCloseTo(wanted, 9);
        }
      }
      expect(telling).toBeGreaterThan(20);
    },
  );

  const looking = cases.filter(({ text }) => /^PAST|^\(\[m\]/.test(text));
  const values = looking.map(({ text }) => ({ jaql: formula(text, context) })) as JaqlItem[];
  const ofDays = settings.filter(([level]) => !['hours', 'minutes'].includes(level));
  it.each(ofDays)(
    verifies('DATA-1', 'has it under a filter that names the periods shown, by %s from %s'),
    async (level, firstday) => {
      const group = { ...dims.day, level, firstday };
      const all = await db.query({ metadata: [{ jaql: group }, ...values] as JaqlItem[] });
      const texts = all.map(([start]) => String(start));
      for (const [index, text] of texts.entries()) {
        const last = texts[index + 1] ?? text;
        // A dozen makes a list of another kind.
        const many = Array.from({ length: 12 }, (_, n) => `${3000 + n}-01-01`);
        const filters = [
          { from: text, to: last },
          ...(level === 'days'
            ? []
            : [{ members: [text, last] }, { members: [text, last, ...many] }]),
        ];
        for (const filter of filters) {
          const metadata = [{ jaql: { ...group, filter } }, ...values] as JaqlItem[];
          const label = JSON.stringify(filter);
          expect(await db.query({ metadata }), label).toEqual(all.slice(index, index + 2));
        }
      }
    },
  );

  it.each(['mon', 'sun'])(
    verifies('DATA-1', 'has that of a whole week where no week is shown, from %s'),
    async (firstday) => {
      const group = { ...dims.day, level: 'weeks', firstday };
      const all = await db.query({ metadata: [{ jaql: group }, ...values] as JaqlItem[] });
      const months = looking.flatMap(({ text }, place) => (/DAY|WEEK|day/.test(text) ? [] : place));
      for (const [start, ...expected] of all) {
        const filter = { members: [String(start)] };
        const scope = { jaql: { ...group, filter }, panel: 'scope' };
        const [given] = await db.query({ metadata: [...values, scope] as JaqlItem[] });
        for (const place of months) expect(given?.[place], `${start}`).toEqual(expected[place]);
      }
    },
  );
});
