import type { ValueFormat } from '../view-model.ts';
import { numberFormat } from './intl-cache.ts';

const maxDecimals = 6;

/** Writes a number by its format: plain, percent (0.12 is 12 %), currency, compact, with a unit behind it. */
export function formatNumber(
  value: number,
  format: ValueFormat | undefined,
  locale: string,
): string {
  if (value === Number.POSITIVE_INFINITY) return '∞';
  if (value === Number.NEGATIVE_INFINITY) return '−∞';
  // -0 would be written as "-0".
  const number = value === 0 ? 0 : value;
  const options = numberOptions(format);
  const text = isUnabbreviated(number, options, locale)
    ? numberFormat(locale, { ...options, maximumFractionDigits: 0 }).format(number)
    : numberFormat(locale, options).format(number);
  return format?.unit ? `${text}\u00a0${format.unit}` : text;
}

/** Some locales have no short form below a million: there decimals would tell more than the short form of larger numbers does. */
function isUnabbreviated(
  value: number,
  options: Intl.NumberFormatOptions,
  locale: string,
): boolean {
  if (options.notation !== 'compact' || Math.abs(value) < 1000) return false;
  const parts = numberFormat(locale, options).formatToParts(value);
  return !parts.some(({ type }) => type === 'compact');
}

function numberOptions(format: ValueFormat | undefined): Intl.NumberFormatOptions {
  const options: Intl.NumberFormatOptions = { ...fractionDigits(format) };
  if (format?.compact) {
    options.notation = 'compact';
    options.useGrouping = true;
  }
  if (format?.style === 'percent') options.style = 'percent';
  if (format?.style === 'currency' && isCurrency(format.currency)) {
    options.style = 'currency';
    options.currency = format.currency;
    options.currencyDisplay = 'narrowSymbol';
  }
  return options;
}

function fractionDigits(format: ValueFormat | undefined): Intl.NumberFormatOptions {
  if (format?.decimals !== undefined) {
    const digits = Math.min(maxDecimals, Math.max(0, Math.trunc(format.decimals) || 0));
    // Beside "1.2M" a fixed count of decimals would write "950.0": there it is the most, not the least.
    return format.compact
      ? { maximumFractionDigits: digits }
      : { minimumFractionDigits: digits, maximumFractionDigits: digits };
  }
  if (format?.compact) return { maximumFractionDigits: 1 };
  if (format?.style === 'currency') return {};
  return { maximumFractionDigits: format?.style === 'percent' ? 1 : 2 };
}

function isCurrency(code: string | undefined): code is string {
  return code !== undefined && /^[A-Za-z]{3}$/.test(code);
}
