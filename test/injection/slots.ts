import type { AclRule, JaqlItem } from '@vitrine/claims';
import {
  type CompileContext,
  type CompiledQuery,
  compileMembers,
  compileQuery,
  type Model,
} from '@vitrine/jaql';

export const model: Model = {
  oid: '0123456789abcdef01234567',
  title: 'Sample',
  relations: [],
  tables: [
    {
      name: 'Orders',
      from: 'orders',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Label', column: 'label', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
      ],
    },
  ],
};

/** What stands in the place of a string is compiled within this. */
export type Compile = (hostile: string, context: CompileContext) => CompiledQuery;

const id = { dim: '[Orders.ID]' };
const label = { dim: '[Orders.Label]' };
const amount = { dim: '[Orders.Amount]', agg: 'sum' };
const day = { dim: '[Orders.Day]' };
type Make = (hostile: string) => object;

const asItem =
  (make: Make): Compile =>
  (hostile, context) =>
    compileQuery({ metadata: [{ jaql: make(hostile) }] as unknown as JaqlItem[] }, context);
const asQuery =
  (make: Make): Compile =>
  (hostile, context) =>
    compileQuery({ metadata: [{ jaql: id }], ...make(hostile) } as never, context);
const asMembers =
  (make: Make): Compile =>
  (hostile, context) =>
    compileMembers(make(hostile) as never, context);
const asFilter =
  (make: Make): Compile =>
  (hostile, context) =>
    compileQuery({ metadata: [{ jaql: id }] }, { ...context, filters: [make(hostile)] as never });
const asRule =
  (make: Make): Compile =>
  (hostile, context) => {
    const rule = { dataSourceTitle: 'Sample', table: 'Orders', column: 'Label', members: ['x'] };
    const rules = [{ ...rule, ...make(hostile) } as AclRule];
    return compileQuery({ metadata: [{ jaql: id }] }, { ...context, rules });
  };
const text = (make: Make) => asItem((hostile) => ({ ...label, filter: make(hostile) }));

/** Every place of a query, of a request for members, of a filter in force and of a rule that holds text. */
export const slots: Readonly<Record<string, Compile>> = {
  dim: asItem((hostile) => ({ dim: hostile })),
  'table in dim': asItem((hostile) => ({ dim: `[${hostile}.ID]` })),
  'column in dim': asItem((hostile) => ({ dim: `[Orders.${hostile}]` })),
  table: asItem((hostile) => ({ table: hostile, column: 'ID' })),
  column: asItem((hostile) => ({ table: 'Orders', column: hostile })),
  level: asItem((hostile) => ({ ...day, level: hostile })),
  firstday: asItem((hostile) => ({ ...day, level: 'weeks', firstday: hostile })),
  agg: asItem((hostile) => ({ ...amount, agg: hostile })),
  datatype: asItem((hostile) => ({ ...id, datatype: hostile })),
  sort: asItem((hostile) => ({ ...id, sort: hostile })),
  title: asItem((hostile) => ({ ...id, title: hostile })),
  'unknown key': asItem((hostile) => ({ ...id, [hostile]: 1 })),
  'data source of an item': asItem((hostile) => ({ ...id, datasource: hostile })),
  formula: asItem((hostile) => ({ formula: hostile, context: {} })),
  'formula with a field': asItem((hostile) => ({
    formula: `SUM([a]) ${hostile}`,
    context: { '[a]': { dim: '[Orders.Amount]' } },
  })),
  'context key': asItem((hostile) => ({ formula: 'SUM([a])', context: { [hostile]: id } })),
  'dim in context': asItem((hostile) => ({
    formula: 'SUM([a])',
    context: { '[a]': { dim: hostile } },
  })),
  format: asQuery((hostile) => ({ metadata: [{ jaql: id, format: hostile }] })),
  panel: asQuery((hostile) => ({ metadata: [{ jaql: id, panel: hostile }] })),
  instanceid: asQuery((hostile) => ({ metadata: [{ jaql: id, instanceid: hostile }] })),
  datasource: asQuery((hostile) => ({ datasource: hostile })),
  count: asQuery((hostile) => ({ count: hostile })),
  offset: asQuery((hostile) => ({ offset: hostile })),
  'key of a query': asQuery((hostile) => ({ [hostile]: 1 })),
  'operator of relations': asQuery((hostile) => ({
    filterRelations: { operator: hostile, left: { instanceid: 'a' }, right: { instanceid: 'a' } },
  })),
  'instance in relations': asQuery((hostile) => ({ filterRelations: { instanceid: hostile } })),
  members: text((hostile) => ({ members: [hostile] })),
  'many members': text((hostile) => ({
    members: Array.from({ length: 20 }, (_, n) => hostile + n),
  })),
  exclude: text((hostile) => ({ exclude: { members: [hostile] } })),
  'background filter': text((hostile) => ({ all: true, filter: { members: [hostile] } })),
  contains: text((hostile) => ({ contains: hostile })),
  doesntContain: text((hostile) => ({ doesntContain: hostile })),
  startsWith: text((hostile) => ({ startsWith: hostile })),
  endsWith: text((hostile) => ({ endsWith: hostile })),
  equals: text((hostile) => ({ equals: hostile })),
  like: text((hostile) => ({ like: hostile })),
  'filter kind': text((hostile) => ({ [hostile]: 1 })),
  'number filter': asItem((hostile) => ({ ...id, filter: { from: hostile } })),
  'number members': asItem((hostile) => ({ ...id, filter: { members: [hostile] } })),
  'after aggregation': asItem((hostile) => ({ ...amount, filter: { from: hostile } })),
  'date from': asItem((hostile) => ({ ...day, filter: { from: hostile } })),
  'date members': asItem((hostile) => ({ ...day, level: 'days', filter: { members: [hostile] } })),
  anchor: asItem((hostile) => ({ ...day, filter: { last: { count: 1 }, anchor: hostile } })),
  'ranking count': text((hostile) => ({ top: hostile, by: amount })),
  'ranking by': text((hostile) => ({ top: 1, by: { dim: hostile, agg: 'count' } })),
  highlight: asItem((hostile) => ({
    ...label,
    in: { selected: { jaql: { ...label, filter: { members: [hostile] } } } },
  })),
  'filter in force': asFilter((hostile) => ({ jaql: { ...label, filter: { contains: hostile } } })),
  'dim of a filter in force': asFilter((hostile) => ({ jaql: { dim: hostile, filter: {} } })),
  'level of a cascading filter': asFilter((hostile) => ({
    isCascading: true,
    levels: [{ ...label, filter: { members: [hostile] } }],
  })),
  'ignored dim': (hostile, context) =>
    compileQuery({ metadata: [{ jaql: id }] }, { ...context, ignore: [hostile] }),
  'time zone': (hostile, context) =>
    compileQuery(
      { metadata: [{ jaql: { ...day, level: 'days', filter: { last: { count: 1 } } } }] },
      { ...context, timeZone: hostile },
    ),
  'members: dim': asMembers((hostile) => ({ dim: hostile })),
  'members: level': asMembers((hostile) => ({ ...day, level: hostile })),
  'members: term': asMembers((hostile) => ({ ...label, term: hostile })),
  'members: filters above': asMembers((hostile) => ({
    ...label,
    filters: [{ jaql: { ...label, filter: { startsWith: hostile } } }],
  })),
  'rule table': asRule((hostile) => ({ table: hostile })),
  'rule column': asRule((hostile) => ({ column: hostile })),
  'rule datatype': asRule((hostile) => ({ datatype: hostile })),
  'rule members': asRule((hostile) => ({ members: [hostile] })),
  'rule members, excluding': asRule((hostile) => ({ members: [hostile], exclusionary: true })),
  'rule flags': asRule((hostile) => ({ exclusionary: hostile, allMembers: hostile })),
};
