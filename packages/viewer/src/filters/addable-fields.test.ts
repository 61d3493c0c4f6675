import type { Dashboard, ViewItem, Widget } from '@vitrine/charts';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { addableFields } from './addable-fields.ts';

const widgetOf = (metadata: readonly ViewItem[], dataSource = 'S'): Widget => ({
  oid: 'w',
  type: 'column',
  title: '',
  dataSource,
  layout: { columns: 6, rows: 4 },
  metadata,
});
const size: ViewItem = { jaql: { dim: '[T.Size]', datatype: 'text', title: 'Size' } };
const date: ViewItem = {
  jaql: { dim: '[T.Date (Calendar)]', datatype: 'datetime', level: 'quarters', title: 'Quarter' },
};
const count: ViewItem = { jaql: { dim: '[T.Count]', datatype: 'numeric', agg: 'sum' } };
const ratio: ViewItem = { jaql: { formula: '1', datatype: 'numeric' } };
const dashboardOf = (...widgets: Widget[]): Dashboard => ({
  oid: 'd',
  title: '',
  dataSource: 'S',
  filters: [],
  widgets,
});

describe('addableFields', () => {
  it(verifies('VIEW-1', 'offers what widgets group by, once each, dates by days'), () => {
    const dashboard = dashboardOf(widgetOf([date, size, count]), widgetOf([size, ratio]));
    expect(addableFields(dashboard, []).map(({ jaql }) => jaql)).toEqual([
      {
        dim: '[T.Date (Calendar)]',
        datatype: 'datetime',
        level: 'days',
        title: 'Date',
        filter: { all: true },
      },
      { dim: '[T.Size]', datatype: 'text', title: 'Size', filter: { all: true } },
    ]);
  });

  it('offers nothing that a filter is about already, whatever its level, nor other data sources', () => {
    const dashboard = dashboardOf(widgetOf([date, size]), widgetOf([size], 'Other'));
    const years: ViewItem = { jaql: { dim: '[T.Date]', level: 'years' } };
    const cascade = { isCascading: true, levels: [{ table: 'T', column: 'Size' }] } as const;
    expect(addableFields(dashboard, [years, cascade])).toEqual([]);
    expect(addableFields(dashboardOf(widgetOf([size], 'Other')), [])).toEqual([]);
  });
});
