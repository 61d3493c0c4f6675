import type { CellValue, Datatype, DateLevel, ValueFormat } from '../view-model.ts';
import { formatDate } from './format-date.ts';
import { numberWriter } from './format-number.ts';
import { parseWallClock } from './parse-wall-clock.ts';
import { placeholder } from './placeholder.ts';

/** What a column says about its values. */
export interface ValueSpec {
  readonly datatype: Datatype;
  /** Dates: how much of them is written. Default: the date, and the time unless midnight. */
  readonly level?: DateLevel | undefined;
  /** Numbers: how they are written. Default: a plain number with at most two decimals. */
  readonly format?: ValueFormat | undefined;
}

/** Whole numbers that a double would round come as texts. */
const wholeText = /^-?\d+$/;

/**
 * Writes a value for people in a locale. Dates are wall-clock texts and never shifted into another zone; a value
 * that is missing, or NaN, is `placeholder`; one that does not fit its datatype is written as it stands.
 */
export function formatValue(value: CellValue, spec: ValueSpec, locale: string): string {
  return valueWriter(spec, locale)(value);
}

/** The same for many values of a column. */
export function valueWriter(spec: ValueSpec, locale: string): (value: CellValue) => string {
  let writeNumber: ((value: number | bigint) => string) | undefined;
  return (value) => {
    if (value === null || value === '' || Number.isNaN(value)) return placeholder;
    if (spec.datatype === 'datetime') {
      const ms = parseWallClock(value);
      if (ms !== undefined) return formatDate(ms, spec.level, locale);
    }
    if (spec.datatype === 'numeric') {
      const number = typeof value === 'string' && wholeText.test(value) ? BigInt(value) : value;
      if (typeof number === 'number' || typeof number === 'bigint') {
        writeNumber ??= numberWriter(spec.format, locale);
        return writeNumber(number);
      }
    }
    return String(value);
  };
}
