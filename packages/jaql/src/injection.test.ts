import type { AclRule, JaqlItem } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import type { CompiledQuery } from './index.ts';
import { compileMembers, compileQuery, JaqlError } from './index.ts';
import { hostileTexts } from './testing/hostile-texts.ts';
import { context, openSample } from './testing/sample-database.ts';

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
  await sample.sql("CREATE TABLE canary AS SELECT 'alive' AS state");
});
afterAll(() => sample.close());

const id = { dim: '[Orders.ID]' };
const amount = { dim: '[Orders.Amount]' };
const text = (filter: object) => ({ dim: '[Orders.Label]', filter });
const query = (jaql: object, more: object = {}) =>
  compileQuery({ metadata: [{ jaql }] as unknown as JaqlItem[], ...more }, context());
const ruled = (rule: object) =>
  compileQuery(
    { metadata: [{ jaql: id }] },
    context({
      rules: [{ dataSourceTitle: 'Sample', table: 'Orders', column: 'Label', ...rule } as AclRule],
    }),
  );

/** Every place of a query, a rule and a request that holds text. */
const slots: Record<string, (hostile: string) => CompiledQuery> = {
  dim: (hostile) => query({ dim: hostile }),
  'table in dim': (hostile) => query({ dim: `[${hostile}.ID]` }),
  'column in dim': (hostile) => query({ dim: `[Orders.${hostile}]` }),
  table: (hostile) => query({ table: hostile, column: 'ID' }),
  column: (hostile) => query({ table: 'Orders', column: hostile }),
  level: (hostile) => query({ dim: '[Orders.Day]', level: hostile }),
  firstday: (hostile) => query({ dim: '[Orders.Day]', level: 'weeks', firstday: hostile }),
  agg: (hostile) => query({ dim: '[Orders.Amount]', agg: hostile }),
  datatype: (hostile) => query({ ...id, datatype: hostile }),
  sort: (hostile) => query({ ...id, sort: hostile }),
  title: (hostile) => query({ ...id, title: hostile }),
  key: (hostile) => query({ ...id, [hostile]: 1 }),
  format: (hostile) =>
    compileQuery({ metadata: [{ jaql: id, format: hostile }] as never }, context()),
  panel: (hostile) => compileQuery({ metadata: [{ jaql: id, panel: hostile }] }, context()),
  datasource: (hostile) => query(id, { datasource: hostile }),
  count: (hostile) => query(id, { count: hostile }),
  offset: (hostile) => query(id, { offset: hostile }),
  formula: (hostile) => query({ formula: hostile, context: { a: amount } }),
  'formula, behind a measure': (hostile) =>
    query({ formula: `SUM([a]) ${hostile}`, context: { a: amount } }),
  'function of a formula': (hostile) =>
    query({ formula: `${hostile}([a])`, context: { a: amount } }),
  'text of a formula': (hostile) =>
    query({
      formula: `IF(MIN([label]) = "${hostile.replaceAll('"', '""')}", 1, 2)`,
      context: { label: { dim: '[Orders.Label]' } },
    }),
  'open text of a formula': (hostile) =>
    query({
      formula: `IF(MIN([label]) = '${hostile}', 1, 2)`,
      context: { label: { dim: '[Orders.Label]' } },
    }),
  'placeholder of a formula': (hostile) =>
    query({ formula: `SUM([${hostile}])`, context: { a: amount } }),
  'id in a context': (hostile) => query({ formula: 'SUM([a])', context: { [hostile]: amount } }),
  'placeholder and id': (hostile) =>
    query({ formula: `SUM([${hostile}])`, context: { [hostile]: amount } }),
  'dim in a context': (hostile) => query({ formula: 'SUM([a])', context: { a: { dim: hostile } } }),
  'filter in a context': (hostile) =>
    query({
      formula: '(SUM([a]), [only])',
      context: { a: amount, only: text({ members: [hostile] }) },
    }),
  'nested formula': (hostile) =>
    query({ formula: '[a] + 1', context: { a: { formula: hostile, context: {} } } }),
  'time zone': (hostile) =>
    compileQuery(
      {
        metadata: [
          { jaql: { dim: '[Orders.Day]', level: 'days', filter: { last: { count: 1 } } } },
        ],
      },
      context({ timeZone: hostile }),
    ),
  members: (hostile) => query(text({ members: [hostile] })),
  'many members': (hostile) =>
    query(
      text({
        members: Array(20)
          .fill(0)
          .map((_, n) => hostile + n),
      }),
    ),
  exclude: (hostile) => query(text({ exclude: { members: [hostile] } })),
  contains: (hostile) => query(text({ contains: hostile })),
  doesntContain: (hostile) => query(text({ doesntContain: hostile })),
  startsWith: (hostile) => query(text({ startsWith: hostile })),
  endsWith: (hostile) => query(text({ endsWith: hostile })),
  equals: (hostile) => query(text({ equals: hostile })),
  like: (hostile) => query(text({ like: hostile })),
  'filter kind': (hostile) => query(text({ [hostile]: 1 })),
  'number filter': (hostile) => query({ dim: '[Orders.Amount]', filter: { from: hostile } }),
  'number members': (hostile) => query({ dim: '[Orders.Amount]', filter: { members: [hostile] } }),
  'date from': (hostile) => query({ dim: '[Orders.Day]', filter: { from: hostile } }),
  'date members': (hostile) =>
    query({ dim: '[Orders.Day]', level: 'days', filter: { members: [hostile] } }),
  anchor: (hostile) =>
    query({ dim: '[Orders.Day]', filter: { last: { count: 1 }, anchor: hostile } }),
  'ranking count': (hostile) => query(text({ top: hostile, by: { ...id, agg: 'count' } })),
  'ranking by': (hostile) => query(text({ top: 1, by: { dim: hostile, agg: 'count' } })),
  highlight: (hostile) =>
    query({ dim: '[Orders.Label]', in: { selected: { jaql: text({ members: [hostile] }) } } }),
  'rule table': (hostile) => ruled({ table: hostile, members: ['x'] }),
  'rule column': (hostile) => ruled({ column: hostile, members: ['x'] }),
  'rule datatype': (hostile) => ruled({ datatype: hostile, members: ['x'] }),
  'rule members': (hostile) => ruled({ members: [hostile] }),
  'rule members, excluding': (hostile) => ruled({ members: [hostile], exclusionary: true }),
  'rule flag': (hostile) => ruled({ members: ['x'], exclusionary: hostile, allMembers: hostile }),
  'members dim': (hostile) => compileMembers({ dim: hostile }, context()),
  'members level': (hostile) => compileMembers({ dim: '[Orders.Day]', level: hostile }, context()),
  'members term': (hostile) => compileMembers({ dim: '[Orders.Label]', term: hostile }, context()),
  'ignored dim': (hostile) =>
    compileQuery({ metadata: [{ jaql: id }] }, context({ ignore: [hostile] })),
};

const ownNames = ['"orders"', '"id"', '"label"', '"amount"', '"day"'];
/** What the compiler writes around names. */
const ownText = /^[\w\s'$.,()*<>=+%/[\]-]*$/;

function expectOwnText(text: string): void {
  const names = text.match(/"[^"]*"/g) ?? [];
  expect(ownNames).toEqual(expect.arrayContaining([...new Set(names)]));
  expect(text.replace(/"[^"]*"/g, 'name')).toMatch(ownText);
}

describe('hostile texts', () => {
  it('has at least 200 of them', () => {
    expect(new Set(hostileTexts).size).toBeGreaterThanOrEqual(200);
  });

  it.each(Object.entries(slots))(
    verifies('D-8 D-7', 'in %s stay values or are refused'),
    async (_slot, compile) => {
      const messages = new Set<string>();
      const hints = new Set<string>();
      const shapes = new Map<string, CompiledQuery>();
      for (const hostile of hostileTexts) {
        let compiled: CompiledQuery;
        try {
          compiled = compile(hostile);
        } catch (error) {
          expect(error).toBeInstanceOf(JaqlError);
          messages.add((error as JaqlError).message);
          hints.add((error as JaqlError).hint ?? '');
          continue;
        }
        expectOwnText(compiled.text);
        shapes.set(compiled.text, compiled);
        await sample.run(compiled);
      }
      // A hint is a word of the language, a field of the model, or a plain name that the query itself has.
      for (const hint of hints) expect(hint).toMatch(/^[\w .:[\]-]{0,40}$/);
      expect(shapes.size).toBeLessThanOrEqual(3);
      expect(messages.size).toBeLessThanOrEqual(10);
      expect(await sample.sql('SELECT state FROM canary')).toEqual([['alive']]);
      expect(await sample.sql('SELECT count(*) FROM orders')).toEqual([[8]]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

describe('hostile names in a model', () => {
  it(verifies('D-8', 'are quoted whole'), async () => {
    const name = 'a"; DROP TABLE canary; --';
    await sample.sql(`CREATE TABLE "${name.replaceAll('"', '""')}" AS SELECT 1 AS "x""y'z"`);
    const column = { name: 'X', column: `x"y'z`, type: 'numeric' as const };
    const model = {
      oid: '0',
      title: 'Odd',
      tables: [{ name: 'T', from: name, columns: [column] }],
      relations: [],
    };
    const compiled = compileQuery({ metadata: [{ jaql: { dim: '[T.X]' } }] }, context({ model }));
    expect(await sample.run(compiled)).toEqual([[1]]);
    expect(await sample.sql('SELECT state FROM canary')).toEqual([['alive']]);
  });
});
