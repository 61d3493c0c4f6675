import { expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { resultOf, sum, text, widgetOf } from '../testing/samples.ts';
import { tableModel } from './table-model.ts';

const items = [text('Airport', 'columns'), sum('Cost')];

it(verifies('VIEW-1', 'aligns numbers to the end and sizes columns by their cells'), () => {
  const model = tableModel(
    widgetOf('table', []),
    resultOf(items, [
      ['A rather long airport name', 5],
      ['B', null],
    ]),
  );
  expect(model.columns.map(({ title, align, widthCh }) => [title, align, widthCh])).toEqual([
    ['Airport', 'start', 27],
    ['Cost', 'end', 6],
  ]);
  expect(model.rows[1]?.map((cell) => cell.text)).toEqual(['B', '–']);
});

it('lays data bars from zero to both sides', () => {
  const widget = widgetOf('table', [], { options: { dataBars: true } });
  const model = tableModel(
    widget,
    resultOf(items, [
      ['a', 30],
      ['b', -10],
      ['c', null],
    ]),
  );
  expect(model.rows.map((row) => row[1]?.bar)).toEqual([
    { start: 0.25, length: 0.75 },
    { start: 0, length: 0.25 },
    undefined,
  ]);
  expect(model.rows[0]?.[0]?.bar).toBeUndefined();
});

it('takes an empty result', () => {
  expect(tableModel(widgetOf('table', []), resultOf(items, [])).rows).toEqual([]);
});
