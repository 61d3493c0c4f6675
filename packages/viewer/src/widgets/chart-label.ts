import type { QueryResult, TooltipModel, Widget } from '@vitrine/charts';
import type { Translate } from '../i18n/translate.ts';

/** What a chart is called by a screen reader: its kind, its title, and what it is made of. */
export function chartLabel(widget: Widget, result: QueryResult, t: Translate): string {
  const kinds = {
    line: 'chart.line',
    area: 'chart.area',
    column: 'chart.column',
    bar: 'chart.bar',
    pie: 'chart.pie',
  } as const;
  const kind = kinds[widget.type as keyof typeof kinds] ?? 'chart.column';
  const title = [widget.title, widget.subtitle].filter(Boolean).join(', ');
  const values = t('chart.values', { count: result.values.length });
  const summary = [result.headers.join(', '), values].filter(Boolean).join('. ');
  return t('chart.label', { type: t(kind), title, summary });
}

/** A tooltip in one sentence. */
export function speak({ title, rows }: TooltipModel): string {
  const said = rows.map(({ label, text, share }) =>
    [label && `${label}:`, text, share && `(${share})`].filter(Boolean).join(' '),
  );
  return [title, said.join(', ')].filter(Boolean).join('. ');
}
