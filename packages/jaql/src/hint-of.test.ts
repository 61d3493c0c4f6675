import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { compileQuery, type JaqlQuery } from './index.ts';
import { context } from './testing/sample-database.ts';

const label = { dim: '[Orders.Label]' };
const day = { dim: '[Orders.Day]' };

describe('a refusal of a word that is not known', () => {
  it.each([
    ['a column', { dim: '[Orders.Amont]' }, '/dim', '[Orders.Amount]'],
    ['a column in another case', { dim: '[orders.amount]' }, '/dim', '[Orders.Amount]'],
    ['a column beside its table', { table: 'Orders', column: 'Labl' }, '/column', 'Label'],
    ['a hidden column', { dim: '[Orders.Brand I]' }, '/dim', undefined],
    ['a key', { ...label, titel: 'x' }, '/titel', 'title'],
    ['a level', { ...day, level: 'month' }, '/level', 'months'],
    ['an aggregation', { dim: '[Orders.Amount]', agg: 'summ' }, '/agg', 'sum'],
    ['a direction', { ...label, sort: 'ASC' }, '/sort', 'asc'],
    ['a filter', { ...label, filter: { contain: 'x' } }, '/filter/contain', 'contains'],
    ['members', { ...label, filter: { membres: ['x'] } }, '/filter/membres', 'members'],
    ['a filter of dates', { ...day, filter: { lasst: { count: 1 } } }, '/filter/lasst', 'last'],
    ['a filter of another type', { ...label, filter: { from: 1 } }, '/filter/from', undefined],
    ['nothing like it', { ...label, filter: { foo: 1 } }, '/filter/foo', undefined],
    ['a word that is none', { ...day, level: { x: 1 } }, '/level', undefined],
  ])(verifies('DATA-1', 'says what may have been meant: %s'), (_what, jaql, place, hint) => {
    const query = { metadata: [{ jaql }] } as unknown as JaqlQuery;
    let error: unknown;
    try {
      compileQuery(query, context());
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({ pointer: `/metadata/0/jaql${place}` });
    expect((error as { hint?: string }).hint).toBe(hint);
  });
});
