/**
 * Measures of two facts in one query, under rules, on every engine; the oracle is SQL written by hand, one statement a fact, on a
 * copy that holds only what is allowed, joined here.
 */
import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { engineNames, statementsOf } from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { allowedPlaces } from './allowed-rows.ts';
import { arbitraryRules } from './arbitrary-rules.ts';
import { type Rows, sameRows } from './compare-rows.ts';
import { openStar, type StarEngines } from './star-engines.ts';
import { copySql, star as rows, starTables } from './star-tables.ts';

type Cell = string | number | null;
type Line = readonly Cell[];

const ruleSets = [[], ...fc.sample(arbitraryRules, { seed: 4_711, numRuns: 24 })];
let star: StarEngines;
let instance: DuckDBInstance;
let byHand: (text: string) => Promise<Line[]>;
beforeAll(async () => {
  star = await openStar([]);
  instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  const tables = starTables('full_').flatMap((table) => statementsOf('duckdb', table));
  const copies = ruleSets.flatMap((rules, index) =>
    copySql(allowedPlaces(rows, rules), 'full_', `copy${index}_`),
  );
  for (const statement of [...tables, ...copies]) await connection.run(statement);
  byHand = async (text) => {
    const read = await connection.runAndReadAll(text);
    return read.getRowsJS().map((row) => row.map(plain));
  };
}, 300_000);
afterAll(async () => {
  instance.closeSync();
  await star.close();
});

function plain(value: unknown): Cell {
  if (typeof value === 'bigint') return Number(value);
  if (value instanceof Date) return value.toISOString().slice(0, 19);
  return value as Cell;
}

/** Groupings that both facts lead to, and what they are by hand. */
const groupings: readonly (readonly [object, string])[] = [
  [{ dim: '[brand.word]' }, 'brand.word'],
  [{ dim: '[product.word]' }, 'product.word'],
  [{ dim: '[brand.day]', level: 'years' }, "date_trunc('year', brand.day)::TIMESTAMP"],
];
/** Filters, and how each restricts the rows of the two facts. */
const filters: readonly (readonly [object, string, string])[] = [
  [{ dim: '[brand.word]', filter: { exclude: { members: ['Ash', 'Birch'] } } }, ...both('brand')],
  [{ dim: '[product.size]', filter: { from: 2 } }, 'product.size >= 2', 'product.size >= 2'],
  [{ dim: '[sales.size]', filter: { from: 3 } }, 'fact.size >= 3', sold('size >= 3')],
  [{ dim: '[returned.price]', filter: { to: 2 } }, cameBack('price <= 2'), 'fact.price <= 2'],
  [
    { dim: '[region.word]', filter: { exclude: { members: ['Cedar'] } } },
    notIn('region.word', 'Cedar'),
    `product.id IN (SELECT product_id FROM sales LEFT JOIN shop ON shop_id = shop.id
       LEFT JOIN region ON region_id = region.id WHERE ${notIn('region.word', 'Cedar')})`,
  ],
];

function both(table: string): [string, string] {
  const condition = notIn(`${table}.word`, 'Ash', 'Birch');
  return [condition, condition];
}
function notIn(column: string, ...members: string[]): string {
  return `(${column} NOT IN (${members.map((one) => `'${one}'`).join(', ')}) OR ${column} IS NULL)`;
}
function sold(condition: string): string {
  return `product.id IN (SELECT product_id FROM sales WHERE ${condition})`;
}
function cameBack(condition: string): string {
  return `product.id IN (SELECT product_id FROM returned WHERE ${condition})`;
}

interface Asked {
  readonly groups: readonly (readonly [object, string])[];
  readonly restrictions: readonly (readonly [object, string, string])[];
}
const arbitraryAsked: fc.Arbitrary<Asked> = fc.record({
  groups: fc.subarray([...groupings]),
  restrictions: fc.oneof(
    fc.subarray([...filters], { maxLength: 1 }),
    fc.subarray([...filters], { maxLength: 3 }),
  ),
});

/** What a fact has in each group: the sum of its prices, its rows, its distinct sizes. */
async function ofFact(fact: 'sales' | 'returned', ruleSet: number, asked: Asked): Promise<Line[]> {
  const where = asked.restrictions.map(([, sales, returned]) =>
    fact === 'sales' ? sales : returned,
  );
  const groups = asked.groups.map(([, text]) => text);
  const text = `SELECT ${[...groups, 'sum(fact.price)', 'count(*)', 'count(DISTINCT fact.size)'].join(', ')}
    FROM ${fact} AS fact ${joinsOf(fact, [...groups, ...where].join(' '))}
    ${where.length > 0 ? `WHERE ${where.join(' AND ')}` : ''}
    ${groups.length > 0 ? `GROUP BY ${groups.join(', ')}` : ''}`;
  const views = Object.keys(rows).map(
    (name) => `${name} AS (SELECT * FROM copy${ruleSet}_${name})`,
  );
  return byHand(`WITH ${views.join(', ')} ${text}`);
}

/** Tables up the relations that a text speaks of: a key that is there twice repeats the rows of those who join it. */
function joinsOf(fact: 'sales' | 'returned', text: string): string {
  const ways = [
    [/\b(?:product|brand)\./, 'LEFT JOIN product ON fact.product_id = product.id'],
    [/\bbrand\./, 'LEFT JOIN brand ON product.brand_id = brand.id'],
    [/\bregion\./, 'LEFT JOIN shop ON fact.shop_id = shop.id'],
    [/\bregion\./, 'LEFT JOIN region ON shop.region_id = region.id'],
  ] as const;
  const own = fact === 'sales' ? ways : ways.slice(0, 2);
  return own.flatMap(([needed, join]) => (needed.test(text) ? [join] : [])).join(' ');
}

/** The groups of both, each once, in the order of their keys, nothing last. */
async function joined(ruleSet: number, asked: Asked): Promise<Line[]> {
  const width = asked.groups.length;
  const keyOf = (line: Line) => JSON.stringify(line.slice(0, width));
  const [sales, returned] = await Promise.all([
    ofFact('sales', ruleSet, asked),
    ofFact('returned', ruleSet, asked),
  ]);
  const none = [null, null, null];
  const groups = new Map(
    [...sales, ...returned].map((line) => [keyOf(line), line.slice(0, width)]),
  );
  const measuresOf = (lines: readonly Line[], key: string) =>
    lines.find((line) => keyOf(line) === key)?.slice(width) ?? none;
  return [...groups]
    .map(([key, group]) => [...group, ...measuresOf(sales, key), ...measuresOf(returned, key)])
    .toSorted((one, other) => compareCells(one, other, width));
}

function compareCells(one: Line, other: Line, width: number): number {
  for (let index = 0; index < width; index += 1) {
    const [a = null, b = null] = [one[index], other[index]];
    if (a === b) continue;
    if (a === null || b === null) return a === null ? 1 : -1;
    return Buffer.compare(Buffer.from(String(a)), Buffer.from(String(b)));
  }
  return 0;
}

const sales = { dim: '[sales.price]', agg: 'sum' };
const returned = { dim: '[returned.price]', agg: 'sum' };
const measures = [
  ...[sales, { dim: '[sales.id]', agg: 'countduplicates' }, { dim: '[sales.size]', agg: 'count' }],
  ...[returned, { dim: '[returned.id]', agg: 'countduplicates' }],
  { dim: '[returned.size]', agg: 'count' },
];
const context = { a: sales, b: returned };

/** The answer of every engine, which is the same. */
async function answers(
  ruleSet: number,
  { groups, restrictions }: Asked,
  shown: readonly object[],
  more: object = {},
) {
  const metadata = [
    ...groups.map(([jaql]) => ({ jaql })),
    ...shown.map((jaql) => ({ jaql })),
    ...restrictions.map(([jaql]) => ({ jaql, panel: 'scope' })),
  ];
  const query = { metadata, ...more } as never;
  return Promise.all(
    engineNames.map(async (name) => {
      const answer = await star.secured(name, { query, filters: [] }, ruleSets[ruleSet] ?? []);
      if ('rows' in answer) return answer;
      throw new Error(`${name} refused: ${answer.code}`);
    }),
  );
}

function check(all: readonly { readonly rows: Rows }[], expected: readonly Line[]): void {
  for (const [index, { rows: given }] of all.entries()) {
    if (sameRows(given, expected)) continue;
    expect({ [engineNames[index]!]: given }).toEqual({ [engineNames[index]!]: expected });
  }
}

const asInRules = (numRuns: number, property: (ruleSet: number, asked: Asked) => Promise<void>) =>
  fc.assert(fc.asyncProperty(fc.nat(ruleSets.length - 1), arbitraryAsked, property), {
    seed: 815,
    numRuns,
  });

describe('measures of two facts', () => {
  it(verifies('DATA-1 DATA-3 D-1 D-4', 'are each computed by themselves and joined'), async () => {
    let telling = 0;
    await asInRules(120, async (ruleSet, asked) => {
      const expected = await joined(ruleSet, asked);
      if (expected.some((line) => line.includes(null))) telling += 1;
      check(await answers(ruleSet, asked, measures), expected);
    });
    expect(telling).toBeGreaterThan(50);
  }, 120_000);

  it(verifies('DATA-1 D-4', 'meet in formulas, rankings and filters on measures'), async () => {
    const formula = (text: string, more: object = {}) => ({ formula: text, context, ...more });
    await asInRules(50, async (ruleSet, asked) => {
      const width = asked.groups.length;
      const lines = (await joined(ruleSet, asked)).map((line) => {
        const [a = null, b = null] = [line[width], line[width + 3]].map(asNumber);
        return { group: line.slice(0, width), a, b };
      });
      const less = ({ a, b }: (typeof lines)[number]) => (a === null || b === null ? null : a - b);
      const all = lines.map((line) => [...line.group, less(line), line.b]);
      check(await answers(ruleSet, asked, [formula('[a] - [b]'), returned]), all);
      const positive = lines.filter((line) => (less(line) ?? -1) > 0);
      check(
        await answers(ruleSet, asked, [formula('[a] - [b]', { filter: { fromNotEqual: 0 } })]),
        positive.map((line) => [...line.group, less(line)]),
      );
      const sum = lines.reduce((total, line) => total + (line.a ?? 0), 0);
      const parts = lines.map(({ group, a, b }) => {
        const part =
          a === null || sum === 0 || lines.every((line) => line.a === null) ? null : a / sum;
        return [...group, part === null || b === null ? null : part * b];
      });
      check(await answers(ruleSet, asked, [formula('CONTRIBUTION([a]) * [b]')]), parts);
      if (width === 0) return;
      // Of equal ones the first by key; those without a value last.
      const first = lines
        .map((line, index) => ({ index, value: less(line) }))
        .toSorted((one, other) => rank(other.value) - rank(one.value) || one.index - other.index)
        .slice(0, 2)
        .map(({ index }) => index);
      check(
        await answers(ruleSet, asked, [formula('[a] - [b]', { filter: { top: 2 } })]),
        all.filter((_, index) => first.includes(index)).map((line) => line.slice(0, -1)),
      );
    });
  }, 120_000);

  it(verifies('DATA-1 D-4', 'are looked up in other periods of what they share'), async () => {
    const past = ['PASTYEAR([a]) - [b]', 'GROWTH([b])', 'YTDSUM([a])', 'PASTMONTH([a])'];
    await asInRules(20, async (ruleSet, { restrictions }) => {
      const asked = { groups: [groupings[2]!], restrictions };
      const lines = await joined(ruleSet, asked);
      const at = (year: number, place: number) =>
        asNumber(lines.find(([start]) => String(start).startsWith(`${year}-`))?.[place]);
      const minus = (a: number | null, b: number | null) =>
        a === null || b === null ? null : a - b;
      const expected = lines.map(([start = null]) => {
        const year = start === null ? Number.NaN : Number(String(start).slice(0, 4));
        const [a, b, before, pastB] = [at(year, 1), at(year, 4), at(year - 1, 1), at(year - 1, 4)];
        const growth = minus(b, pastB);
        // Without a date there is no period before, and none to add up from.
        const none = lines.find((line) => line[0] === null);
        const own = start === null ? asNumber(none?.[1]) : a;
        return [
          ...[start, minus(before, b)],
          ...[growth === null || !pastB ? null : growth / pastB, own, null],
        ];
      });
      check(
        await answers(
          ruleSet,
          asked,
          past.map((formula) => ({ formula, context })),
        ),
        expected,
      );
    });
  }, 120_000);

  it(verifies('DATA-1 D-4', 'have totals that are computed anew'), async () => {
    await asInRules(30, async (ruleSet, asked) => {
      const [{ totals: given = [] } = { totals: [] }, ...others] = await answers(
        ruleSet,
        asked,
        measures,
        { grandTotals: true },
      );
      const expected: Line[][] = [];
      for (let by = 0; by < asked.groups.length; by += 1) {
        expected.push(await joined(ruleSet, { ...asked, groups: asked.groups.slice(0, by) }));
      }
      for (const totals of [given, ...others.map((one) => one.totals ?? [])]) {
        expect(totals.length).toBe(expected.length);
        for (const [by, lines] of expected.entries()) {
          if (!sameRows(totals[by] ?? [], lines)) expect(totals[by]).toEqual(lines);
        }
      }
    });
  }, 120_000);

  it(verifies('DATA-1 D-4', 'rank the members of a dimension for both'), async () => {
    await asInRules(40, async (ruleSet, { restrictions }) => {
      const byWord = { groups: [groupings[0]!], restrictions };
      const sums = (await ofFact('returned', ruleSet, byWord))
        .filter(([word]) => word !== null)
        .toSorted((one, other) => compareCells(one, other, 1))
        .toSorted((one, other) => rank(asNumber(other[1])) - rank(asNumber(one[1])));
      const kept = sums.slice(0, 2).map(([word]) => word);
      const ranking = { dim: '[brand.word]', filter: { top: 2, by: returned } };
      const quoted = kept.map((word) => `'${String(word).replaceAll("'", "''")}'`).join(', ');
      const condition = kept.length === 0 ? 'FALSE' : `brand.word IN (${quoted})`;
      const asked = { groups: [groupings[1]!], restrictions };
      const expected = await joined(ruleSet, {
        ...asked,
        restrictions: [...restrictions, [ranking, condition, condition]],
      });
      check(
        await answers(
          ruleSet,
          { ...asked, restrictions: [...restrictions, [ranking, '', '']] },
          measures,
        ),
        expected,
      );
    });
  }, 120_000);
});

function asNumber(cell: Cell | undefined): number | null {
  return cell === null || cell === undefined ? null : Number(cell);
}

function rank(value: number | null): number {
  return value ?? Number.NEGATIVE_INFINITY;
}
