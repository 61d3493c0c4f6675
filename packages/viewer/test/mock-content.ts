import { type Dashboard, darkTheme, lightTheme, type Theme, type ViewItem } from '@vitrine/charts';

const field = (
  name: string,
  title: string,
  more: Partial<ViewItem['jaql']> = {},
): ViewItem['jaql'] => ({
  dim: `[Strikes.${name}]`,
  datatype: 'text',
  title,
  ...more,
});
const date = (level: 'quarters' | 'months' | 'years', title: string) =>
  field('Flight Date', title, { datatype: 'datetime', level });
const count = field('Flight Date', 'Strikes', { agg: 'countduplicates' });
const value = (jaql: ViewItem['jaql'], format?: ViewItem['format']): ViewItem => ({
  panel: 'value',
  jaql,
  ...(format ? { format } : {}),
});
const category = (jaql: ViewItem['jaql']): ViewItem => ({ panel: 'category', jaql });
const source = { dataSource: 'Wildlife Strikes' };
const usd = { style: 'currency', currency: 'USD', compact: true, decimals: 1 } as const;

export const strikesOid = '670b00000000000000000201';
export const secondOid = '670b00000000000000000202';

export const strikes: Dashboard = {
  oid: strikesOid,
  title: 'Wildlife strikes',
  description: 'Collisions of aircraft with birds and other animals, 1990 to 2002.',
  ...source,
  filters: [
    {
      jaql: field('Flight Date', 'Date', {
        datatype: 'datetime',
        level: 'days',
        filter: { from: '1990-01-01', to: '2002-07-31' },
      }),
    },
    { jaql: field('Wildlife Size', 'Animal size', { filter: { all: true } }) },
    { jaql: field('Phase of flight', 'Phase of flight', { filter: { all: true } }) },
    { jaql: field('Speed', 'Speed (knots)', { datatype: 'numeric', filter: { all: true } }) },
    { jaql: field('Operator', 'Operator', { filter: { all: true } }) },
    {
      jaql: field('Time of day', 'Time of day', { filter: { exclude: { members: ['Dusk'] } } }),
      locked: true,
    },
  ],
  widgets: [
    {
      oid: '670c00000000000000020101',
      type: 'indicator',
      title: 'Strikes',
      ...source,
      layout: { columns: 3, rows: 2 },
      metadata: [category(date('quarters', 'Quarter')), value(count)],
    },
    {
      oid: '670c00000000000000020102',
      type: 'indicator',
      title: 'Share with damage',
      ...source,
      layout: { columns: 3, rows: 2 },
      options: { goodDirection: 'down', color: 3 },
      metadata: [
        category(date('years', 'Year')),
        value(field('Damaging', 'Share with damage', { agg: 'avg' }), {
          style: 'percent',
          decimals: 1,
        }),
      ],
    },
    {
      oid: '670c00000000000000020103',
      type: 'indicator',
      title: 'Cost of repair',
      ...source,
      layout: { columns: 3, rows: 2 },
      metadata: [value(field('Cost', 'Cost', { agg: 'sum' }), usd)],
    },
    {
      oid: '670c00000000000000020104',
      type: 'indicator',
      title: 'Species involved',
      ...source,
      layout: { columns: 3, rows: 2 },
      metadata: [value(field('Species', 'Species involved', { agg: 'count' }))],
    },
    {
      oid: '670c00000000000000020105',
      type: 'area',
      title: 'Strikes by quarter',
      subtitle: 'by size of the animal',
      ...source,
      layout: { columns: 8, rows: 5 },
      options: { stacking: 'normal' },
      metadata: [
        category(date('quarters', 'Quarter')),
        { panel: 'series', jaql: field('Wildlife Size', 'Animal size') },
        value(count),
      ],
    },
    {
      oid: '670c00000000000000020106',
      type: 'pie',
      title: 'Time of day',
      subtitle: 'share of strikes',
      ...source,
      layout: { columns: 4, rows: 5 },
      options: { innerRadius: 0.62 },
      metadata: [category(field('Time of day', 'Time of day')), value({ ...count, sort: 'desc' })],
    },
    {
      oid: '670c00000000000000020107',
      type: 'column',
      title: 'Phase of flight',
      subtitle: 'strikes by size of the animal',
      ...source,
      layout: { columns: 6, rows: 5 },
      options: { stacking: 'normal' },
      metadata: [
        category(field('Phase of flight', 'Phase of flight')),
        { panel: 'series', jaql: field('Wildlife Size', 'Animal size') },
        value(count),
      ],
    },
    {
      oid: '670c00000000000000020108',
      type: 'bar',
      title: 'Most affected states',
      subtitle: 'strikes',
      ...source,
      layout: { columns: 6, rows: 5 },
      options: { labels: true },
      metadata: [
        category(field('State', 'State', { filter: { top: 10 } })),
        value({ ...count, sort: 'desc' }),
      ],
    },
    {
      oid: '670c00000000000000020109',
      type: 'line',
      title: 'Average speed',
      subtitle: 'knots at the time of the strike',
      ...source,
      layout: { columns: 6, rows: 5 },
      metadata: [
        category(date('years', 'Year')),
        value(field('Speed', 'Speed', { agg: 'avg' }), { decimals: 0, unit: 'kn' }),
      ],
    },
    {
      oid: '670c0000000000000002010a',
      type: 'table',
      title: 'Species',
      subtitle: 'with strikes, damage and cost',
      ...source,
      layout: { columns: 6, rows: 5 },
      metadata: [
        { panel: 'columns', jaql: field('Species', 'Species') },
        { panel: 'columns', jaql: field('Wildlife Size', 'Size') },
        { panel: 'columns', jaql: { ...count, sort: 'desc' } },
        {
          panel: 'columns',
          format: { style: 'percent', decimals: 1 },
          jaql: field('Damaging', 'Damaged', { agg: 'avg' }),
        },
        {
          panel: 'columns',
          format: { style: 'currency', currency: 'USD', decimals: 0 },
          jaql: field('Cost', 'Cost', { agg: 'sum' }),
        },
      ],
    },
    {
      oid: '670c0000000000000002010b',
      type: 'richtext',
      title: 'About the data',
      ...source,
      layout: { columns: 12, rows: 2 },
      metadata: [],
      text: 'Reports of the **Federal Aviation Administration**, simplified; this fixture is *synthetic*. See the [wildlife strike database](https://wildlife.faa.gov/). <script>alert(1)</script> [not a link](javascript:alert(1))',
    },
  ],
};

const second: Dashboard = {
  ...strikes,
  oid: secondOid,
  title: 'Species overview',
  description: 'A second dashboard.',
  filters: [
    { isCascading: true, levels: [field('State', 'State'), field('Operator', 'Operator')] },
  ],
  widgets: strikes.widgets.slice(7, 10),
};

export const dashboards: readonly Dashboard[] = [strikes, second];
export const themes: readonly Theme[] = [lightTheme, darkTheme];
