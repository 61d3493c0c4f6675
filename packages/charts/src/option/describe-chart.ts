import type { ChartData } from '../data/chart-data.ts';
import { plainText } from '../text/plain-text.ts';
import type { Widget } from '../view-model.ts';

const maxNamed = 10;

/** What a drawing shows, for screen readers, made of the data's own words so that it needs no translation. */
export function describeChart(widget: Widget, data: ChartData): string {
  const title = [widget.title, widget.subtitle].filter(Boolean).join(', ');
  const names = data.series
    .slice(0, maxNamed)
    .map((series) => series.text)
    .filter(Boolean);
  const first = data.points[0]?.text;
  const last = data.points.at(-1)?.text;
  const span = first === undefined ? '' : first === last ? first : `${first} – ${last ?? ''}`;
  const more = data.series.length > maxNamed ? ', …' : '';
  return plainText([title, names.join(', ') + more, span].filter(Boolean).join('. '));
}
