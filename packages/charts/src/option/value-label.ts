import type { ChartData } from '../data/chart-data.ts';
import { formatNumber } from '../format/format-number.ts';
import { plainText } from '../text/plain-text.ts';
import type { Widget } from '../view-model.ts';
import { isPercentStacked, shareOfPoint } from './stacking.ts';

/** Text at a mark: short, the share where the stack shows shares, nothing where there is no value. */
export function valueLabel(
  widget: Widget,
  data: ChartData,
  seriesIndex: number,
  dataIndex: number,
  locale: string,
): string {
  const series = data.series[seriesIndex];
  const value = series?.values[dataIndex];
  if (series === undefined || value == null) return '';
  if (isPercentStacked(widget)) {
    const share = shareOfPoint(data, seriesIndex, dataIndex);
    return share === null ? '' : formatNumber(share, { style: 'percent', decimals: 0 }, locale);
  }
  const text = plainText(series.cells[dataIndex]?.text ?? '');
  if (text !== '' && text.length <= 7) return text;
  const format = series.item.format;
  const isLong = Math.abs(value) >= 10_000;
  const short = isLong ? { ...format, compact: true, decimals: 1 } : format;
  return plainText(formatNumber(value, short, locale));
}
