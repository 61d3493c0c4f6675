import type { Datatype } from '@vitrine/claims';
import { JaqlError } from '../jaql-error.ts';
import { everything, type Filter } from './filter.ts';
import type { FilterSubject } from './parse-filter.ts';
import { at, readList } from './read-record.ts';
import { momentValue, numberValue, textValue, type Value } from './value.ts';

/** A member as a value of its column's type, or undefined where it is none. */
export function memberValue(raw: unknown, datatype: Datatype): Value | undefined {
  if (datatype === 'text') return textValue(raw);
  return datatype === 'numeric' ? numberValue(raw) : momentValue(raw);
}

/** Reads `members`: none keeps everything, `null` keeps rows without a value. */
export function parseMembers(
  raw: unknown,
  { datatype, period }: FilterSubject,
  pointer: string,
): Filter {
  const members = readList(raw, pointer, 'filter_invalid');
  if (members.length === 0) return everything;
  const values: Value[] = [];
  for (const [index, member] of members.entries()) {
    if (member === null) continue;
    const value = memberValue(member, datatype);
    if (value === undefined) {
      throw new JaqlError('filter_invalid', 'The member is no value of the field.', {
        pointer: at(pointer, index),
      });
    }
    values.push(value);
  }
  const withNull = members.includes(null);
  const [only] = values;
  if (only !== undefined && values.length === 1 && period !== undefined && !withNull) {
    // One period is a range, by which engines can leave rows unread.
    const edge = (shift: number) => ({ at: only, period, shift });
    return { kind: 'between', from: edge(0), before: edge(1) };
  }
  return { kind: 'members', values, withNull, ...(period === undefined ? {} : { period }) };
}
