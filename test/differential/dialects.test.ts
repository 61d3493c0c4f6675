import type { Datatype, DateLevel } from '@vitrine/claims';
import type { Dialect, SqlParam } from '@vitrine/jaql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type EngineName,
  engineNames,
  type OpenedEngine,
  openOn,
  type SampleTable,
  type SampleType,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';

type Period = Parameters<Dialect['periodStart']>[1];
type Cells = readonly (readonly (string | number | boolean | null)[])[];

type Bind = (param: SqlParam) => string;

/** A value for each row of a table, or for all of them, in any dialect; `v` is the column that it is about. */
interface Expression {
  readonly title: string;
  write(dialect: Dialect, v: string, bind: Bind): string;
}

const columns: Readonly<Record<string, [SampleType, Datatype, (string | number | null)[]]>> = {
  small: ['integer', 'numeric', [1, 2, 300, -7, 0, null]],
  big: [
    'integer',
    'numeric',
    ['9007199254740993', '9007199254740992', '9223372036854775807', '9223372036854775806', 1, null],
  ],
  decimal: ['decimal', 'numeric', ['1.00', '1.50', '1.01', '-20.05', null, '1.00']],
  double: ['number', 'numeric', [1, 1.5, 0.1, 123_456.75, null, -0.0625]],
  single: ['single', 'numeric', [1, 1.5, 0.1, 123_456.75, null, 65_536]],
  text: [
    'text',
    'text',
    [
      'Ärger',
      'ärger',
      'ΣΑΣ',
      'İstanbul',
      'a\\b',
      '100%',
      'a_b',
      'é😀',
      'Z',
      '\uffff',
      '',
      "'x'",
      null,
    ],
  ],
  day: ['date', 'datetime', ['2013-02-15', '2012-12-31', '1905-05-05', '2013-01-06', null]],
  moment: [
    'timestamp',
    'datetime',
    [
      '2013-02-15 12:34:56.5',
      '2012-12-31 23:59:59',
      '1905-05-05 00:00:00',
      '2013-01-06 01:00:00',
      null,
    ],
  ],
};
const tables = Object.entries(columns).map(
  ([name, [type, , values]]): SampleTable => ({
    name,
    columns: { id: 'integer', v: type },
    rows: values.map((value, id) => [id, value]),
  }),
);

const aggregations: readonly [Parameters<Dialect['aggregate']>[0], number?][] = [
  ...(['sum', 'avg', 'min', 'max', 'median', 'stdev', 'stdevp', 'var', 'varp'] as const),
  ...(['count', 'countduplicates', 'mode'] as const),
].map((one) => [one]);
const parametrised: typeof aggregations = [
  ...[0, 0.25, 0.5, 0.9, 1].map((fraction): (typeof aggregations)[number] => [
    'percentile',
    fraction,
  ]),
  ...[1, 2, 6, 20].map((position): (typeof aggregations)[number] => ['largest', position]),
];
const dateUnits = ['years', 'quarters', 'months', 'days', 'hours', 'minutes', 'seconds'] as const;
const levels: readonly DateLevel[] = [
  ...(['years', 'quarters', 'months', 'weeks', 'days', 'hours', 'minutes'] as const),
];
const periods = levels.flatMap((level): Period[] =>
  level === 'weeks'
    ? [
        { level, firstDay: 'mon' },
        { level, firstDay: 'sun' },
      ]
    : [{ level, firstDay: 'mon' }],
);
const values: Readonly<Record<Datatype, readonly Extract<SqlParam, { value: unknown }>[]>> = {
  text: ['Ärger', 'ärger', '', 'a\\b', '100%', 'é😀', "'; drop --", '\n\t\\N'].map((value) => ({
    type: 'text',
    value,
  })),
  numeric: [
    ...['1', '300', '9007199254740993', '9223372036854775807', '556'].map((value) => ({
      type: 'integer' as const,
      value,
    })),
    ...[1, 1.5, 0.1, 3.5, -20.05].map((value) => ({ type: 'number' as const, value })),
  ],
  datetime: [
    ...['2013-02-15T00:00:00', '2013-02-15T12:34:56.5', '0001-01-01T00:00:00'],
    ...['1905-05-05T00:00:00', '9999-12-31T23:59:59', '2012-12-31T23:59:59'],
  ].map((value) => ({ type: 'timestamp', value })),
};
/** Compared with a decimal, an integer that its type cannot hold is an error on ClickHouse, where others answer. */
const beyondDecimals = ['9007199254740993', '9223372036854775807'];

function expressionsOf(name: string): Expression[] {
  const datatype = columns[name]?.[1] ?? 'text';
  const isIt = (title: string, write: Expression['write']): Expression => ({
    title,
    write: (...given) => `CASE WHEN ${write(...given)} THEN true ELSE false END`,
  });
  const asText: Expression = {
    title: 'as text',
    write: (dialect, v) => dialect.toText(v, datatype),
  };
  const dated = periods.flatMap((period): Expression[] => [
    { title: `start of ${period.level}`, write: (dialect, v) => dialect.periodStart(v, period) },
    ...['-3', '1', '40'].map(
      (value): Expression => ({
        title: `${value} ${period.level} on`,
        write: (dialect, v, bind) => dialect.shift(v, period, bind({ type: 'integer', value })),
      }),
    ),
  ]);
  const between = dateUnits.flatMap((unit) =>
    values.datetime.slice(0, 4).map(
      (param): Expression => ({
        title: `${unit} from ${param.value}`,
        write: (dialect, v, bind) => dialect.toNumber(dialect.difference(unit, bind(param), v)),
      }),
    ),
  );
  const itself = isIt('the same as itself', (dialect, v) => dialect.isSame(v, v, datatype));
  const some = values[datatype].filter(
    (one) =>
      // Single precision: what 0.1 is there, is no number of one digit.
      !(name === 'single' && one.type === 'number' && one.value === 0.1) &&
      // ClickHouse answers with an error where the type of a decimal cannot hold what it is compared with.
      !(name === 'decimal' && beyondDecimals.includes(String(one.value))),
  );
  const operators = datatype === 'text' ? ['=', '<>'] : ['=', '<>', '<', '<=', '>', '>='];
  const compared = some.flatMap((param) =>
    operators.map((operator) =>
      isIt(`${operator} ${param.value}`, (_dialect, v, bind) => `${v} ${operator} ${bind(param)}`),
    ),
  );
  const listed = [...new Set(some.map(({ type }) => type))].flatMap((type) => {
    const ofType = some.filter((one) => one.type === type);
    const list = { type, list: ofType.map(({ value }) => value) };
    const tuple = (bind: Bind) => ofType.map(bind).join(', ');
    return [
      isIt(`in a list of ${type}`, (dialect, v, bind) => dialect.inList(v, bind(list))),
      isIt(
        `not in a list of ${type}`,
        (dialect, v, bind) => `NOT ${dialect.inList(v, bind(list))}`,
      ),
      isIt(`in ${type}`, (_dialect, v, bind) => `${v} IN (${tuple(bind)})`),
      isIt(`not in ${type}`, (_dialect, v, bind) => `${v} NOT IN (${tuple(bind)})`),
    ];
  });
  const searched = (['contains', 'startsWith', 'endsWith', 'equals', 'like'] as const).flatMap(
    (test) =>
      ['ÄRGER', 'är', 'σας', 'i', '', '%', '_', 'a_b', 'a\\b', 'a\\_b', '😀', 'é_', '\\', 'Σ'].map(
        (value) =>
          isIt(`${test} ${value}`, (dialect, v, bind) =>
            dialect.textTest(test, v, bind({ type: 'text', value })),
          ),
      ),
  );
  return [
    asText,
    itself,
    ...(datatype === 'datetime' ? [...dated, ...between] : []),
    ...compared,
    ...listed,
    ...(datatype === 'text' ? searched : []),
  ];
}

function aggregatesOf(name: string): Expression[] {
  const datatype = columns[name]?.[1] ?? 'text';
  const some = [...aggregations, ...parametrised].filter(
    ([one]) => datatype === 'numeric' || ['min', 'max', 'count'].includes(one),
  );
  return some.flatMap(([one, parameter]) =>
    ['', ' FILTER (WHERE t0."id" > 1)'].map(
      (filter): Expression => ({
        title: `${one} ${parameter}${filter}`,
        write: (dialect, v) => {
          const isExtreme = one === 'min' || one === 'max';
          const of = isExtreme ? dialect.sortable(v, datatype) : v;
          return dialect.aggregate(one, of, filter, parameter);
        },
      }),
    ),
  );
}

/** One statement of many expressions. */
function statementOf(
  name: string,
  expressions: readonly Expression[],
  rest: string,
  dialect: Dialect,
) {
  const v = dialect.column('t0."v"', columns[name]?.[1] ?? 'text');
  const params: SqlParam[] = [];
  const bind: Bind = (param) => dialect.placeholder(params.push(param), param);
  const list = expressions.map(({ write }, index) => `${write(dialect, v, bind)} AS e${index}`);
  return { text: `SELECT ${list.join(', ')} FROM ${dialect.quote(name)} AS t0${rest}`, params };
}

/** Numbers to 1e-9 of their size, everything else exactly; integers that no double holds are texts. */
function isSame(one: Cells, other: Cells): boolean {
  const isSameCell = (a: unknown, b: unknown) =>
    typeof a === 'number' && typeof b === 'number'
      ? Math.abs(a - b) <= 1e-9 * Math.max(Math.abs(a), Math.abs(b))
      : a === b;
  return (
    one.length === other.length &&
    one.every((row, index) => row.every((cell, at) => isSameCell(cell, other[index]?.[at])))
  );
}

let opened: Record<EngineName, OpenedEngine>;
beforeAll(async () => {
  const entries = engineNames.map(async (name) => [name, await openOn(name, tables)] as const);
  opened = Object.fromEntries(await Promise.all(entries)) as typeof opened;
});
afterAll(() => Promise.all(Object.values(opened).map(({ close }) => close())));

/** The rows of one statement in the words of each engine, which must be the same; where not, what differs. */
async function differences(
  write: (dialect: Dialect) => { readonly text: string; readonly params: readonly SqlParam[] },
  titles: readonly string[],
): Promise<string[]> {
  const [first = [], ...others] = await Promise.all(
    engineNames.map(async (name) => {
      const { engine } = opened[name];
      const query = write(engine.dialect);
      const answer = engine.query({ ...query, maxRows: 100, timeoutMs: 60_000 });
      return (
        await answer.catch((cause) =>
          Promise.reject(new Error(`${name}: ${query.text}`, { cause })),
        )
      ).rows;
    }),
  );
  return titles.filter((_title, at) => {
    const columnOf = (rows: Cells) => rows.map((row) => row.slice(at, at + 1));
    return !others.every((rows) => isSame(columnOf(first), columnOf(rows)));
  });
}

describe('what dialects write', () => {
  it.each(Object.keys(columns))(
    verifies('DATA-3 D-12', 'gives the same values on three engines, of %s'),
    async (name) => {
      const expressions = expressionsOf(name);
      expect(expressions.length).toBeGreaterThan(10);
      const titles = expressions.map(({ title }) => title);
      const ofRows = (dialect: Dialect) =>
        statementOf(name, expressions, ' ORDER BY t0."id"', dialect);
      expect(await differences(ofRows, titles)).toEqual([]);
    },
  );

  it.each(Object.keys(columns))(
    verifies('DATA-3', 'gives the same aggregates and order on three engines, of %s'),
    async (name) => {
      const aggregates = aggregatesOf(name);
      const titles = aggregates.map(({ title }) => title);
      for (const where of ['', ' WHERE 1 = 0', ' WHERE t0."id" = 1', ' WHERE t0."v" IS NULL']) {
        const ofAll = (dialect: Dialect) => statementOf(name, aggregates, where, dialect);
        expect([where, await differences(ofAll, titles)]).toEqual([where, []]);
      }
      for (const direction of ['ASC', 'DESC']) {
        const inOrder = (dialect: Dialect) => {
          const v: Expression = { title: 'v', write: (_dialect, column) => column };
          const grouped = statementOf(name, [v], ' GROUP BY 1', dialect);
          const by = dialect.sortable('e0', columns[name]?.[1] ?? 'text');
          const text = `SELECT e0 FROM (${grouped.text}) AS result ORDER BY ${by} ${direction} NULLS LAST`;
          return { ...grouped, text };
        };
        expect(await differences(inOrder, [direction])).toEqual([]);
      }
    },
  );
});
