import { duckDbDialect, postgresDialect } from '@vitrine/jaql';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import type { ContentModel } from '../content/content.ts';
import { CompiledQueries, type CompileScope } from './compiled-queries.ts';
import type { DataRequest } from './run-query.ts';

const modelWith = (relation: string, oid = '670a00000000000000000901'): ContentModel => ({
  ...{ oid, title: 'Sales', relations: [], sourceKey: 'k' },
  source: { engine: 'duckdb', database: '/d' },
  tables: [
    {
      ...{ name: 'Sales', from: relation },
      columns: ['Tenant', 'Region', 'Day'].map((name) => ({
        ...{ name, column: name.toLowerCase() },
        type: name === 'Day' ? 'datetime' : 'text',
      })),
    },
    {
      ...{ name: 'Own', sql: 'SELECT * FROM own WHERE tenant = :tenant' },
      parameters: { tenant: 'text' },
      columns: [{ name: 'Tenant', column: 'tenant', type: 'text' }],
    },
  ],
});
const model = modelWith('sales');
const ruleFor = (...members: string[]) => ({
  ...{ dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant', datatype: 'text' as const },
  ...{ members, exclusionary: false },
});
const scope: CompileScope = {
  ...{ model, rules: [ruleFor('acme')], parameters: { tenant: 'acme' }, dialect: duckDbDialect },
  ...{ now: new Date('2026-03-01T00:30:00Z'), timeZone: 'UTC', maxRows: 100 },
};
const yesterday = {
  jaql: { dim: '[Sales.Day]', level: 'days', filter: { last: { count: 1 } } },
} as const;
const filterOn = (dim: string, member: string) => ({
  jaql: { dim, filter: { members: [member] } },
});
const request = {
  ...{ kind: 'query', source: 'Sales' },
  query: { metadata: [{ jaql: { dim: '[Sales.Region]' } }, { ...yesterday, panel: 'scope' }] },
  filters: [filterOn('[Sales.Region]', 'north')],
} as const satisfies DataRequest;
const members: DataRequest = {
  ...{ kind: 'members', source: 'Sales', request: { dim: '[Sales.Region]' } },
};
const own = { ...request, query: { metadata: [{ jaql: { dim: '[Own.Tenant]' } }] }, filters: [] };

/** Pairs of questions that differ in one thing alone, each of which makes another statement. */
const pairs: Record<string, [[DataRequest, CompileScope], [DataRequest, CompileScope]]> = {
  'the member of a rule': [
    [request, scope],
    [request, { ...scope, rules: [ruleFor('globex')] }],
  ],
  'where the members of a rule end': [
    [request, { ...scope, rules: [ruleFor('a', 'b')] }],
    [request, { ...scope, rules: [ruleFor('a","b')] }],
  ],
  'no rule': [
    [request, scope],
    [request, { ...scope, rules: [] }],
  ],
  'what a rule does': [
    [request, scope],
    [request, { ...scope, rules: [{ ...ruleFor('acme'), exclusionary: true }] }],
  ],
  'a parameter': [
    [own, { ...scope, rules: [] }],
    [own, { ...scope, rules: [], parameters: { tenant: 'globex' } }],
  ],
  'the moment': [
    [request, scope],
    [request, { ...scope, now: new Date('2026-03-02T00:30:00Z') }],
  ],
  'the time zone': [
    [request, scope],
    [request, { ...scope, timeZone: 'America/New_York' }],
  ],
  'the engine': [
    [request, scope],
    [request, { ...scope, dialect: postgresDialect }],
  ],
  'the most rows': [
    [request, scope],
    [request, { ...scope, maxRows: 99 }],
  ],
  'the data': [
    [request, scope],
    [request, { ...scope, model: modelWith('sales_of_others') }],
  ],
  'a filter': [
    [request, scope],
    [{ ...request, filters: [filterOn('[Sales.Region]', 'south')] }, scope],
  ],
  'a filter that is not followed': [
    [request, scope],
    [{ ...request, ignore: ['[Sales.Region]'] }, scope],
  ],
  'the kind': [
    [request, scope],
    [members, scope],
  ],
  'filters above a list': [
    [members, scope],
    [{ ...members, filters: [{ ...filterOn('[Sales.Tenant]', 'x') }] } as DataRequest, scope],
  ],
};

/** Compiled by one that has compiled nothing yet. */
const anew = (...question: [DataRequest, CompileScope]) =>
  new CompiledQueries().compile(...question);

describe('CompiledQueries', () => {
  it('compiles a question once', () => {
    const compiled = new CompiledQueries();
    const first = compiled.compile(request, scope);
    const again = compiled.compile(structuredClone(request), {
      ...{ ...scope, rules: [ruleFor('acme')], now: new Date(scope.now) },
    });
    expect(again).toBe(first);
    expect(again).toEqual(anew(request, scope));
  });

  it.each(Object.entries(pairs))(verifies('D-5 D-3', 'tells apart %s'), (_name, [one, other]) => {
    const compiled = new CompiledQueries();
    const first = compiled.compile(...one);
    const second = compiled.compile(...other);
    expect(first).toEqual(anew(...one));
    expect(second).toEqual(anew(...other));
    expect(second).not.toBe(first);
  });

  it(verifies('D-5', 'gives nobody the statement of other rules, whatever stands in them'), () => {
    const compiled = new CompiledQueries();
    const text = fc.oneof(fc.string(), fc.constantFrom('"', '\\', '","', 'a', 'b', ']', 'null'));
    const rules = fc.array(fc.array(text, { minLength: 1, maxLength: 3 }), { maxLength: 2 });
    fc.assert(
      fc.property(rules, (all) => {
        const mine = { ...scope, rules: all.map((each) => ruleFor(...each)) };
        expect(compiled.compile(request, mine)).toEqual(anew(request, mine));
      }),
      { numRuns: 1000 },
    );
  });

  it('forgets refusals, and does not keep what is very long', () => {
    const compiled = new CompiledQueries();
    const unknown = { ...request, query: { metadata: [{ jaql: { dim: '[Sales.None]' } }] } };
    for (let nth = 0; nth < 2; nth += 1)
      expect(() => compiled.compile(unknown, scope)).toThrow(/./);
    const long = { ...scope, rules: [ruleFor('x'.repeat(200_000))] };
    expect(compiled.compile(request, long)).not.toBe(compiled.compile(request, long));
    expect(compiled.compile(request, long)).toEqual(anew(request, long));
  });

  const wide = Array.from({ length: 39 }, (_, nth) => `C${nth}`);
  const count = { jaql: { dim: '[Sales.C0]', agg: 'count' } };
  const along = (panel: string, names = wide) =>
    names.map((name) => ({ jaql: { dim: `[Sales.${name}]` }, panel }));
  const shapes: Record<string, object> = {
    'many items': { metadata: Array.from({ length: 200 }, () => count) },
    'a total for each of many dimensions': {
      ...{ metadata: [...along('rows'), count], grandTotals: true },
    },
    'totals in both directions': {
      metadata: [
        ...along('rows', wide.slice(0, 12)),
        ...along('columns', wide.slice(12, 24)),
        count,
      ],
      grandTotals: true,
    },
  };

  it.each(Object.entries(shapes))(
    verifies('DATA-4', 'holds no more than it may of questions with %s'),
    async (_name, query) => {
      const [sales] = model.tables;
      const columns = wide.map((name) => ({ name, column: name, type: 'text' as const }));
      const wideModel = { ...model, tables: [{ ...sales, columns }] } as ContentModel;
      const compiled = new CompiledQueries();
      const ask = (nth: number) => {
        const filters = [filterOn('[Sales.C0]', `member ${nth}`)];
        const question = structuredClone({ ...request, query, filters }) as DataRequest;
        return compiled.compile(question, { ...scope, model: wideModel, rules: [] });
      };
      ask(0);
      const held = await heldBytes(() => {
        for (let nth = 1; nth < 700; nth += 1) ask(nth);
      });
      expect(held).toBeLessThan(24_000_000);
    },
    60_000,
  );
});
