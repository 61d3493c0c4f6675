import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { checkModel, compileQuery, fieldsOf, type Model } from '../index.ts';
import { context } from '../testing/sample-database.ts';
import { sampleModel } from '../testing/sample-model.ts';

const withRelation = (from: string, to: string): Model => ({
  ...sampleModel,
  relations: [...sampleModel.relations, { from, to }],
});
const text = (name: string) => ({ name, type: 'text' as const });

describe('checkModel', () => {
  it('finds nothing in a model that is in order', () => {
    expect(checkModel(sampleModel)).toEqual([]);
  });

  it(verifies('DATA-1', 'names both ways where there are two'), () => {
    const [problem] = checkModel(withRelation('[Shop.Name]', '[Country.Code]'));
    expect(problem?.pointer).toBe('/relations/4');
    expect(problem?.message).toContain('"Shop" – "Orders" – "Brand" – "Country"');
    expect(problem?.message).toContain('[Shop.Name] → [Country.Code]');
    expect(checkModel(withRelation('[Orders.ID]', '[Brand.ID]'))).toHaveLength(1);
    expect(checkModel(withRelation('[Orders.ID]', '[Orders.Amount]'))).toHaveLength(1);
  });

  it.each([
    ['an unknown end', withRelation('[Orders.Nothing]', '[Brand.ID]'), '/relations/4/from'],
    ['ends of two types', withRelation('[Apart.X]', '[Brand.ID]'), '/relations/4'],
    [
      'two tables of one name',
      { ...sampleModel, tables: [...sampleModel.tables, { name: 'Shop', from: 's', columns: [] }] },
      '/tables/6',
    ],
    [
      'two columns of one name',
      {
        ...sampleModel,
        relations: [],
        tables: [{ name: 'A', from: 'a', columns: [text('B'), text('B')] }],
      },
      '/tables/0/columns/1',
    ],
    [
      'two columns of one dim',
      {
        ...sampleModel,
        relations: [],
        tables: [
          { name: 'A', from: 'a', columns: [text('B.C')] },
          { name: 'A.B', from: 'b', columns: [text('C')] },
        ],
      },
      '/tables/1/columns/0',
    ],
    [
      'no name in the database',
      { ...sampleModel, relations: [], tables: [{ name: 'A', from: '', columns: [] }] },
      '/tables/0',
    ],
  ])('finds %s, and queries refuse such a model', (_name, model, pointer) => {
    expect(checkModel(model)).toContainEqual(expect.objectContaining({ pointer }));
    const query = { metadata: [{ jaql: { dim: '[Orders.ID]' } }] };
    expect(() => compileQuery(query, context({ model }))).toThrow(
      expect.objectContaining({ code: 'model_invalid' }),
    );
  });
});

describe('two ways between two tables', () => {
  const key = (name: string) => ({ name, column: name, type: 'numeric' as const });
  const model = (relations: readonly (readonly [string, string])[]): Model => ({
    ...sampleModel,
    tables: ['A', 'B', 'C', 'D'].map((name) => ({
      name,
      from: name,
      columns: [key('id'), key('x'), key('y')],
    })),
    relations: relations.map(([from, to]) => ({ from: `[${from}]`, to: `[${to}]` })),
  });

  it.each<[string, (readonly [string, string])[], number, string[]]>([
    [
      'twice the same two columns',
      [
        ['A.x', 'B.id'],
        ['A.x', 'B.id'],
      ],
      1,
      ['"A" – "B"', '[A.x] → [B.id]'],
    ],
    [
      'two columns to one table',
      [
        ['A.x', 'B.id'],
        ['A.y', 'B.id'],
      ],
      1,
      ['"A" – "B"', '[A.y] → [B.id]'],
    ],
    [
      'there and back',
      [
        ['A.x', 'B.id'],
        ['B.x', 'A.id'],
      ],
      1,
      ['"B" – "A"', '[B.x] → [A.id]'],
    ],
    ['a table and itself', [['A.x', 'A.id']], 0, ['"A"', '[A.x] → [A.id]']],
    [
      'a triangle',
      [
        ['A.x', 'B.id'],
        ['B.x', 'C.id'],
        ['A.y', 'C.id'],
      ],
      2,
      ['"A" – "B" – "C"', '[A.y] → [C.id]'],
    ],
    [
      'a diamond',
      [
        ['A.x', 'B.id'],
        ['A.y', 'C.id'],
        ['B.x', 'D.id'],
        ['C.x', 'D.id'],
      ],
      3,
      ['"C" – "A" – "B" – "D"', '[C.x] → [D.id]'],
    ],
    [
      'a diamond whose middle is at its foot',
      [
        ['B.x', 'D.id'],
        ['C.x', 'D.id'],
        ['A.x', 'B.id'],
        ['A.y', 'C.id'],
      ],
      3,
      ['"A" – "B" – "D" – "C"', '[A.y] → [C.id]'],
    ],
    [
      'two facts that share two dimensions',
      [
        ['A.x', 'C.id'],
        ['A.y', 'D.id'],
        ['B.x', 'C.id'],
        ['B.y', 'D.id'],
      ],
      3,
      ['"B" – "C" – "A" – "D"', '[B.y] → [D.id]'],
    ],
  ])(verifies('DATA-1', 'are a problem that names both: %s'), (_name, relations, index, named) => {
    const problems = checkModel(model(relations));
    expect(problems).toHaveLength(1);
    expect(problems[0]?.pointer).toBe(`/relations/${index}`);
    for (const way of named) expect(problems[0]?.message).toContain(way);
  });

  it(verifies('DATA-1', 'are none in stars and chains'), () => {
    expect(
      checkModel(
        model([
          ['A.x', 'B.id'],
          ['A.y', 'C.id'],
          ['C.x', 'D.id'],
        ]),
      ),
    ).toEqual([]);
    expect(
      checkModel(
        model([
          ['A.x', 'C.id'],
          ['B.x', 'C.id'],
          ['C.x', 'D.id'],
        ]),
      ),
    ).toEqual([]);
  });
});

describe('fieldsOf', () => {
  it('lists columns that are not hidden, dates with their calendar', () => {
    expect(fieldsOf(sampleModel).map((field) => field.dim)).not.toContain('[Orders.Brand ID]');
    expect(fieldsOf(sampleModel, { term: 'opened' })).toEqual([
      {
        table: 'Shop',
        column: 'Opened',
        dim: '[Shop.Opened (Calendar)]',
        datatype: 'datetime',
        title: 'Opened',
      },
    ]);
  });

  it('searches table and column names in any case', () => {
    expect(fieldsOf(sampleModel, { term: 'COUNTRY' }).map((field) => field.dim)).toEqual([
      '[Brand.Country]',
      '[Country.Code]',
      '[Country.Continent]',
      '[Country.People]',
    ]);
  });
});
