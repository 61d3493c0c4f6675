import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Cell, lightTheme, type QueryResult, type Widget } from '@vitrine/charts';
import { renderChartSvg } from '@vitrine/charts/svg';
import type { Measured } from './scale-load.ts';

const docs = join(import.meta.dirname, '../../docs');

/** So many sessions at once over so many rows, in one of the settings. */
export interface ScalePoint extends Measured {
  readonly rows: number;
  readonly sessions: number;
  readonly isSorted: boolean;
  readonly isKept: boolean;
}

/** Puts the figures into docs/scale.md, between its two marks, and draws the curves. */
export function writeScale(points: readonly ScalePoint[]): void {
  const file = join(docs, 'scale.md');
  const table = ['<!-- figures -->', '', ...tableOf(points), '', '<!-- end of figures -->'];
  const text = readFileSync(file, 'utf8');
  const marked = /<!-- figures -->[\s\S]*<!-- end of figures -->/;
  writeFileSync(
    file,
    text.replace(marked, () => table.join('\n')),
  );
  const apart = points.filter(({ isSorted, isKept }) => !isSorted && !isKept);
  const curves = [
    ['scale-answers', 'Answers a second', (point: ScalePoint) => point.answersPerSecond],
    ['scale-seconds', 'Seconds, 95 of 100', (point: ScalePoint) => point.p95Ms / 1000],
  ] as const;
  for (const [name, title, figureOf] of curves)
    writeFileSync(join(docs, `${name}.svg`), draw(title, apart, figureOf));
}

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 });
const headings = [
  ...['rows', 'sessions', 'results', "tenants' rows"],
  ...['answers/s', '50 %, ms', '95 %, ms', 'refused', 'memory, MB'],
];

function tableOf(points: readonly ScalePoint[]): string[] {
  const lines = points.map((point) => [
    ...[`${point.rows / 1_000_000} million`, String(point.sessions)],
    ...[point.isKept ? 'kept' : 'computed', point.isSorted ? 'together' : 'apart'],
    ...[point.answersPerSecond, point.p50Ms, point.p95Ms, point.refused].map(number.format),
    number.format(Math.round(point.megabytes)),
  ]);
  const widths = headings.map((heading, column) =>
    Math.max(heading.length, ...lines.map((cells) => cells[column]?.length ?? 0)),
  );
  const rule = widths.map((width) => '-'.repeat(width));
  return [headings, rule, ...lines].map((cells) => {
    return `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`;
  });
}

function draw(
  title: string,
  points: readonly ScalePoint[],
  figureOf: (point: ScalePoint) => number,
): string {
  const metadata = [
    { jaql: { dim: '[Scale.Sessions]', datatype: 'text', title: 'Sessions' }, panel: 'category' },
    { jaql: { dim: '[Scale.Rows]', datatype: 'text', title: 'Rows' }, panel: 'series' },
    { jaql: { dim: '[Scale.Value]', datatype: 'numeric', agg: 'max', title }, panel: 'value' },
  ] as const;
  const widget: Widget = {
    ...{ oid: '670c00000000000000000904', type: 'line', title, dataSource: 'Scale', metadata },
    layout: { columns: 12, rows: 5 },
    options: { xTitle: 'Sessions at once', yTitle: title },
  };
  const text = (data: string): Cell => ({ data, text: data });
  const result: QueryResult = {
    headers: metadata.map(({ jaql }) => jaql.title),
    metadata,
    truncated: false,
    values: points.map((point) => [
      text(String(point.sessions)),
      text(`${point.rows / 1_000_000} million rows`),
      { data: figureOf(point), text: number.format(figureOf(point)) },
    ]),
  };
  const context = { theme: lightTheme, locale: 'en-US', width: 800, height: 360 };
  return renderChartSvg(widget, result, context);
}
