import type { Jaql } from '@vitrine/claims';
import { JaqlError } from '../jaql-error.ts';
import type { Filter } from './filter.ts';
import type { FilterSubject } from './parse-filter.ts';
import { at, type JsonRecord, readRecord } from './read-record.ts';

const mostMembers = 1_000_000;

/** Reads `{top: N, by}`, `{bottom: N, by}` on a dimension and `{top: N}`, `{bottom: N}` on a measure. */
export function parseRanking(
  record: JsonRecord,
  keys: readonly string[],
  subject: FilterSubject,
  pointer: string,
): Filter {
  const direction = 'top' in record ? 'top' : 'bottom';
  const expected = subject.isMeasure ? [direction] : [direction, 'by'];
  if (keys.length !== expected.length || !expected.every((key) => keys.includes(key))) {
    throw new JaqlError('filter_invalid', 'A ranking has a count, and on a field a measure.', {
      pointer,
    });
  }
  const count = record[direction];
  if (typeof count !== 'number' || !Number.isInteger(count) || count < 1 || count > mostMembers) {
    throw new JaqlError('filter_invalid', 'A whole number of members is expected.', {
      pointer: at(pointer, direction),
    });
  }
  if (subject.isMeasure) return { kind: 'ranking', direction, count, pointer };
  const place = at(pointer, 'by');
  const by = readRecord(record.by, place, 'filter_invalid');
  const isItem = by.jaql !== undefined;
  return {
    kind: 'ranking',
    direction,
    count,
    by: (isItem ? readRecord(by.jaql, at(place, 'jaql'), 'filter_invalid') : by) as Jaql,
    pointer: isItem ? at(place, 'jaql') : place,
  };
}
