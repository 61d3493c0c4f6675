import { JaqlError } from '../jaql-error.ts';
import { everything, type Filter, type PeriodEdge } from './filter.ts';
import type { FilterSubject } from './parse-filter.ts';
import { mostYears, type Period, yearsIn } from './period.ts';
import { at, type JsonRecord, readRecord, refuseUnknownKeys } from './read-record.ts';
import { momentValue, type Value } from './value.ts';

const rangeKeys = new Set(['from', 'to']);
const relativeKeys = new Set(['last', 'next', 'anchor']);
export const dateKinds: readonly string[] = [...rangeKeys, ...relativeKeys];

const byDays: Period = { level: 'days', firstDay: 'mon' };
const mostPeriods = 10_000;

/** True where the keys are those of a date range or of a relative date. */
export function isDateFilter(keys: readonly string[]): boolean {
  return keys.every((key) => rangeKeys.has(key)) || keys.every((key) => relativeKeys.has(key));
}

/**
 * Reads `{from, to}`, both ends inside, and `{last}`, `{next}`. With P(k) the period of the level that holds the
 * anchor, moved by k: `last` is P(−offset−count+1)…P(−offset), `next` is P(offset)…P(offset+count−1).
 */
export function parseDateFilter(
  record: JsonRecord,
  subject: FilterSubject,
  pointer: string,
): Filter {
  const period = subject.period ?? byDays;
  if ('from' in record || 'to' in record) return parseRange(record, period, pointer);
  const isLast = 'last' in record;
  if (isLast === 'next' in record) {
    throw new JaqlError('filter_invalid', 'Either last or next is expected.', { pointer });
  }
  const place = at(pointer, isLast ? 'last' : 'next');
  const relative = readRecord(isLast ? record.last : record.next, place, 'filter_invalid');
  refuseUnknownKeys(relative, new Set(['count', 'offset', 'anchor']), place, 'filter_unsupported');
  const count = readPeriods(relative.count, at(place, 'count'));
  if (count < 1) {
    throw new JaqlError('filter_invalid', 'At least one period is expected.', { pointer: place });
  }
  const offset = readPeriods(relative.offset ?? 0, at(place, 'offset'));
  const anchor = readAnchor(relative.anchor ?? record.anchor, subject, pointer);
  const first = isLast ? 1 - offset - count : offset;
  if (Math.max(yearsIn(period, first), yearsIn(period, first + count)) > mostYears) {
    throw new JaqlError('filter_invalid', 'Periods that are less far away are expected.', {
      pointer: place,
    });
  }
  return {
    kind: 'between',
    from: { at: anchor, period, shift: first },
    before: { at: anchor, period, shift: first + count },
  };
}

function parseRange(record: JsonRecord, period: Period, pointer: string): Filter {
  const from = readEdge(record.from, period, 0, at(pointer, 'from'));
  const before = readEdge(record.to, period, 1, at(pointer, 'to'));
  if (from === undefined && before === undefined) return everything;
  return {
    kind: 'between',
    ...(from === undefined ? {} : { from }),
    ...(before === undefined ? {} : { before }),
  };
}

function readEdge(
  raw: unknown,
  period: Period,
  shift: number,
  pointer: string,
): PeriodEdge | undefined {
  return raw === undefined || raw === null
    ? undefined
    : { at: readMoment(raw, pointer), period, shift };
}

function readAnchor(raw: unknown, subject: FilterSubject, pointer: string): Value {
  return raw === undefined || raw === null ? subject.now() : readMoment(raw, pointer);
}

function readMoment(raw: unknown, pointer: string): Value {
  const moment = momentValue(raw);
  if (moment !== undefined) return moment;
  throw new JaqlError('filter_invalid', 'A date is expected: YYYY-MM-DD or ISO 8601.', { pointer });
}

function readPeriods(raw: unknown, pointer: string): number {
  if (typeof raw === 'number' && Number.isInteger(raw) && Math.abs(raw) <= mostPeriods) return raw;
  throw new JaqlError('filter_invalid', 'A whole number of periods is expected.', { pointer });
}
