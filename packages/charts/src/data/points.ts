import { formatDate } from '../format/format-date.ts';
import { parseWallClock } from '../format/parse-wall-clock.ts';
import { plainText } from '../text/plain-text.ts';
import type { Cell, DateLevel, QueryResult } from '../view-model.ts';
import type { ChartData, ChartPoint } from './chart-data.ts';
import { fillPeriods, nextPeriod } from './periods.ts';

/** Key of a member: type and value, so that the number 1 and the text "1" stay apart. */
export function memberKey(cells: readonly Cell[]): string {
  return cells.map((cell) => `${typeof cell.data}:${String(cell.data)}`).join('\u0001');
}

/** The members of the category columns in the order of the rows. */
export function readPoints(result: QueryResult, categories: readonly number[]): ChartPoint[] {
  const isDate =
    categories.length === 1 && result.metadata[categories[0] ?? 0]?.jaql.datatype === 'datetime';
  const points = new Map<string, ChartPoint>();
  for (const row of result.values) {
    const cells = categories.map((index) => row[index] ?? { data: null, text: '' });
    const key = memberKey(cells);
    if (points.has(key)) continue;
    points.set(key, {
      key,
      data: cells[0]?.data ?? null,
      text: plainText(cells.map((cell) => cell.text).join(' · ')),
      ms: isDate ? parseWallClock(cells[0]?.data) : undefined,
      dimmed: cells.some((cell) => cell.selected === false),
    });
  }
  return [...points.values()];
}

/** Puts dates in order of time and adds what is missing between them, so that a gap is seen as a gap. Rows without a date fall out. */
export function layPoints(
  points: readonly ChartPoint[],
  level: DateLevel | undefined,
  isDate: boolean,
  locale: string,
): Pick<ChartData, 'scale' | 'points'> {
  if (!isDate) return { scale: 'category', points };
  const dated = points
    .filter((point) => point.ms !== undefined)
    .sort((one, other) => (one.ms ?? 0) - (other.ms ?? 0));
  if (dated.length === 0) return { scale: 'category', points };
  if (level === undefined) return { scale: 'time', points: dated };
  const filled = fillPeriods(
    dated.map((point) => point.ms ?? 0),
    level,
  );
  if (filled === undefined) return { scale: 'time', points: withBreaks(dated, level) };
  const byTime = new Map(dated.map((point) => [point.ms, point]));
  return {
    scale: 'periods',
    points: filled.map((ms) => byTime.get(ms) ?? emptyPoint(ms, formatDate(ms, level, locale))),
  };
}

function withBreaks(dated: readonly ChartPoint[], level: DateLevel): ChartPoint[] {
  return dated.flatMap((point, index) => {
    const following = dated[index + 1]?.ms;
    const next = nextPeriod(point.ms ?? 0, level);
    return following !== undefined && following > next ? [point, emptyPoint(next, '')] : [point];
  });
}

function emptyPoint(ms: number, text: string): ChartPoint {
  return { key: `gap:${ms}`, data: wallClock(ms), text, ms, dimmed: false };
}

function wallClock(ms: number): string {
  return new Date(ms).toISOString().slice(0, 19);
}
