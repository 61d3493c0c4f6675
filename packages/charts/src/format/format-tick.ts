import type { ValueFormat } from '../view-model.ts';
import { numberFormat } from './intl-cache.ts';

/**
 * Writes a tick of a value axis: compact from 10,000 on, with just the decimals that ticks over this range need,
 * whatever decimals the values themselves are written with.
 */
export function formatTick(
  value: number,
  format: ValueFormat | undefined,
  range: number,
  locale: string,
): string {
  const isPercent = format?.style === 'percent';
  const step = Math.max(Math.abs(range) / 5, Number.MIN_VALUE) * (isPercent ? 100 : 1);
  const digits = Math.min(6, Math.max(0, Math.ceil(-Math.log10(step))));
  const options: Intl.NumberFormatOptions = { maximumFractionDigits: digits };
  if (Math.abs(range) >= 10_000) {
    options.notation = 'compact';
    // Else some locales write 5000 beside 10.000.
    options.useGrouping = true;
    options.maximumFractionDigits = 1;
  }
  if (isPercent) options.style = 'percent';
  if (format?.style === 'currency' && /^[A-Za-z]{3}$/.test(format.currency ?? '')) {
    options.style = 'currency';
    options.currency = format.currency;
    options.currencyDisplay = 'narrowSymbol';
    options.minimumFractionDigits = 0;
  }
  return numberFormat(locale, options).format(value === 0 ? 0 : value);
}
