import { plainText } from '../text/plain-text.ts';
import type { Cell, QueryResult, ViewItem } from '../view-model.ts';
import type { ChartData, ChartPoint, ChartSeries } from './chart-data.ts';
import { layPoints, memberKey, readPoints } from './points.ts';
import { type Roles, rolesOf } from './roles.ts';

const cache = new WeakMap<QueryResult, Map<string, ChartData>>();
const collator = new Intl.Collator('en', { numeric: true });

/** Turns rows into points and series. The answer is kept with the result, since a hover asks for it again and again. */
export function readChart(result: QueryResult, locale: string): ChartData {
  const kept = cache.get(result) ?? new Map<string, ChartData>();
  cache.set(result, kept);
  const found = kept.get(locale);
  if (found) return found;
  const read = buildChart(result, locale);
  kept.set(locale, read);
  return read;
}

function buildChart(result: QueryResult, locale: string): ChartData {
  const roles = rolesOf(result.metadata);
  if (roles.categories.length === 0 && roles.series === undefined)
    return measuresAsPoints(result, roles);
  const categoryItem = result.metadata[roles.categories[0] ?? -1];
  const isDate = roles.categories.length === 1 && categoryItem?.jaql.datatype === 'datetime';
  const level = categoryItem?.jaql.level;
  const laid = layPoints(readPoints(result, roles.categories), level, isDate, locale);
  const places = new Map(laid.points.map((point, index) => [point.key, index]));
  return {
    ...laid,
    level,
    categoryItem,
    seriesItem: roles.series === undefined ? undefined : result.metadata[roles.series],
    series: readSeries(result, roles, places, laid.points.length),
  };
}

interface OpenSeries extends ChartSeries {
  readonly values: (number | null)[];
  readonly cells: (Cell | undefined)[];
}

function readSeries(
  result: QueryResult,
  roles: Roles,
  places: ReadonlyMap<string, number>,
  length: number,
): ChartSeries[] {
  const series = new Map<string, OpenSeries>();
  const isSplit = roles.series !== undefined;
  for (const row of result.values) {
    const place = places.get(memberKey(roles.categories.map((index) => row[index] ?? missing)));
    if (place === undefined) continue;
    const split = roles.series === undefined ? undefined : row[roles.series];
    for (const [position, column] of roles.values.entries()) {
      const key = split ? `${position}:${memberKey([split])}` : `${position}`;
      const item = result.metadata[column] ?? { jaql: {} };
      const cell = row[column];
      const one = series.get(key) ?? openSeries(key, item, split, roles.values.length > 1, length);
      series.set(key, one);
      if (one.cells[place] !== undefined) continue;
      one.cells[place] = cell;
      one.values[place] = numberOf(cell);
    }
  }
  const list = [...series.values()];
  // One colour for one member in every widget: not the order in which rows happen to come.
  const isSorted = isSplit && result.metadata[roles.series ?? -1]?.jaql.sort !== undefined;
  return isSplit && !isSorted
    ? list.sort((one, other) => collator.compare(one.text, other.text))
    : list;
}

const missing: Cell = { data: null, text: '' };

function openSeries(
  key: string,
  item: ViewItem,
  split: Cell | undefined,
  hasSeveralMeasures: boolean,
  length: number,
): OpenSeries {
  const title = item.jaql.title ?? '';
  const text = split ? (hasSeveralMeasures ? `${split.text} · ${title}` : split.text) : title;
  return {
    key,
    text: plainText(text),
    item,
    split,
    dimmed: split?.selected === false,
    values: new Array<number | null>(length).fill(null),
    cells: new Array<Cell | undefined>(length).fill(undefined),
  };
}

/** Without any field to group by, each measure is a point of one series. */
function measuresAsPoints(result: QueryResult, roles: Roles): ChartData {
  const row = result.values[0];
  const items = roles.values.map((column) => result.metadata[column] ?? { jaql: {} });
  const cells = roles.values.map((column) => row?.[column]);
  const points: ChartPoint[] = items.map((item, index) => ({
    key: `measure:${index}`,
    data: item.jaql.title ?? '',
    text: plainText(item.jaql.title ?? ''),
    ms: undefined,
    dimmed: false,
  }));
  const series: ChartSeries = {
    key: '0',
    text: '',
    item: items[0] ?? { jaql: {} },
    split: undefined,
    dimmed: false,
    values: cells.map(numberOf),
    cells,
  };
  const base = {
    scale: 'category',
    level: undefined,
    categoryItem: undefined,
    seriesItem: undefined,
  } as const;
  return { ...base, points: row ? points : [], series: row ? [series] : [] };
}

function numberOf(cell: Cell | undefined): number | null {
  const data = cell?.data;
  const number = typeof data === 'string' && data !== '' ? Number(data) : data;
  return typeof number === 'number' && Number.isFinite(number) ? number : null;
}
