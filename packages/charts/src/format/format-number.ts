import type { ValueFormat } from '../view-model.ts';
import { numberFormat } from './intl-cache.ts';

const maxDecimals = 6;

/** Writes a number by its format: plain, percent (0.12 is 12 %), currency, compact, with a unit behind it. */
export function formatNumber(
  value: number,
  format: ValueFormat | undefined,
  locale: string,
): string {
  return numberWriter(format, locale)(value);
}

/** The same for many numbers. */
export function numberWriter(
  format: ValueFormat | undefined,
  locale: string,
): (value: number | bigint) => string {
  const options = numberOptions(format);
  const usual = numberFormat(locale, options);
  const isCompact = options.notation === 'compact';
  const whole = isCompact && numberFormat(locale, { ...options, maximumFractionDigits: 0 });
  const unit = format?.unit ? `\u00a0${format.unit}` : '';
  return (value) => {
    if (value === Number.POSITIVE_INFINITY) return '∞';
    if (value === Number.NEGATIVE_INFINITY) return '−∞';
    // -0 would be written as "-0".
    const number = value === 0 ? 0 : value;
    const used = whole && isUnabbreviated(number, usual) ? whole : usual;
    return used.format(number) + unit;
  };
}

/** Some locales have no short form below a million: there decimals would tell more than the short form of larger numbers does. */
function isUnabbreviated(value: number | bigint, compact: Intl.NumberFormat): boolean {
  return (
    (value >= 1000 || value <= -1000) &&
    !compact.formatToParts(value).some(({ type }) => type === 'compact')
  );
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
