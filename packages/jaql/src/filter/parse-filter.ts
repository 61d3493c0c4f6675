import type { Datatype } from '@vitrine/claims';
import { hintOf } from '../hint-of.ts';
import { JaqlError } from '../jaql-error.ts';
import { allOf, anyOf, complement, everything, type Filter, nothing } from './filter.ts';
import { dateKinds, isDateFilter, parseDateFilter } from './parse-date-filter.ts';
import { parseMembers } from './parse-members.ts';
import { isNumberFilter, numberKinds, parseNumberFilter } from './parse-number-filter.ts';
import { parseRanking } from './parse-ranking.ts';
import { isTextFilter, parseTextFilter, textKinds } from './parse-text-filter.ts';
import type { Period } from './period.ts';
import { at, type JsonRecord, readList, readRecord } from './read-record.ts';
import type { Value } from './value.ts';

/** What a filter restricts, and what its words depend on. */
export interface FilterSubject {
  readonly datatype: Datatype;
  readonly period?: Period;
  readonly isMeasure: boolean;
  /** The moment that relative dates count from, in the session's time zone. */
  readonly now: () => Value;
}

/** A filter as its two halves: the background half stays where the own half is switched off, ignored or replaced. */
export interface ParsedFilter {
  readonly own: Filter;
  readonly background: Filter;
}

/** Keys that say how a filter is edited and not what it keeps. */
const editing = new Set(['multiSelection', 'explicit', 'turnedOff']);
const deepest = 32;

/**
 * Reads a JAQL filter. What it does not know it refuses: codes `filter_invalid`, `filter_unsupported`.
 */
export function parseFilter(raw: unknown, subject: FilterSubject, pointer: string): ParsedFilter {
  const record = readRecord(raw, pointer, 'filter_invalid');
  const own = parseKind(record, subject, pointer, 0);
  if (record.filter === undefined) return { own, background: everything };
  const inner = splitNested(record.filter, subject, at(pointer, 'filter'), 1);
  return { own: allOf([own, inner.own]), background: inner.background };
}

/** A switched-off list belongs to the filter around it; anything else in `filter` is background. */
function splitNested(
  raw: unknown,
  subject: FilterSubject,
  pointer: string,
  depth: number,
): ParsedFilter {
  const record = readRecord(raw, pointer, 'filter_invalid');
  if (record.turnedOff === true) {
    return { own: parseWhole(record, subject, pointer, depth), background: everything };
  }
  if (Object.keys(record).length !== 1 || !Array.isArray(record.and)) {
    return { own: everything, background: parseWhole(record, subject, pointer, depth) };
  }
  const parts = record.and.map((part, index) =>
    splitNested(part, subject, at(at(pointer, 'and'), index), deeper(depth, pointer)),
  );
  return {
    own: allOf(parts.map((part) => part.own)),
    background: allOf(parts.map((part) => part.background)),
  };
}

function parseWhole(raw: unknown, subject: FilterSubject, pointer: string, depth: number): Filter {
  const record = readRecord(raw, pointer, 'filter_invalid');
  const own = parseKind(record, subject, pointer, depth);
  if (record.filter === undefined) return own;
  const inner = parseWhole(record.filter, subject, at(pointer, 'filter'), deeper(depth, pointer));
  return allOf([own, inner]);
}

function parseKind(
  record: JsonRecord,
  subject: FilterSubject,
  pointer: string,
  depth: number,
): Filter {
  const keys = Object.keys(record).filter((key) => !editing.has(key) && key !== 'filter');
  const [key, ...others] = keys;
  if (key === undefined) return everything;
  if (isDateFilter(keys) && subject.datatype === 'datetime') {
    return parseDateFilter(record, subject, pointer);
  }
  if (isNumberFilter(keys) && subject.datatype === 'numeric') {
    return parseNumberFilter(record, keys, pointer);
  }
  if (key === 'top' || key === 'bottom' || key === 'by') {
    return parseRanking(record, keys, subject, pointer);
  }
  if (others.length > 0) {
    throw new JaqlError('filter_unsupported', 'A filter has one kind.', { pointer });
  }
  const place = at(pointer, key);
  const value = record[key];
  if (key === 'all' && value === true) return everything;
  if (key === 'members') return parseMembers(value, subject, place);
  if (key === 'exclude') return parseExclude(value, subject, place, deeper(depth, place));
  if (key === 'and' || key === 'or') {
    const parts = readList(value, place, 'filter_invalid').map((part, index) =>
      parseWhole(part, subject, at(place, index), deeper(depth, place)),
    );
    if (parts.length === 0) {
      throw new JaqlError('filter_invalid', 'A list of filters has no entry.', { pointer: place });
    }
    return key === 'and' ? allOf(parts) : anyOf(parts);
  }
  if (isTextFilter(key) && subject.datatype === 'text' && !subject.isMeasure) {
    return parseTextFilter(key, value, place);
  }
  throw new JaqlError('filter_unsupported', 'This filter is not offered for this kind of field.', {
    pointer: place,
    ...hintOf(key, kindsFor(subject)),
  });
}

/** The kinds of filters that there are for a field. */
function kindsFor({ datatype, isMeasure }: FilterSubject): readonly string[] {
  const ofType = { text: isMeasure ? [] : textKinds, numeric: numberKinds, datetime: dateKinds };
  const rankings = ['top', 'bottom'];
  return ['all', 'members', 'exclude', 'and', 'or', ...rankings, ...ofType[datatype]];
}

/** No members keep everything, but there is nothing to leave out among none. */
function parseExclude(
  raw: unknown,
  subject: FilterSubject,
  pointer: string,
  depth: number,
): Filter {
  const { members } = readRecord(raw, pointer, 'filter_invalid');
  const excluded = parseWhole(raw, subject, pointer, depth);
  const isEmpty = Array.isArray(members) && members.length === 0;
  return isEmpty && excluded.kind === 'all' ? complement(nothing) : complement(excluded);
}

function deeper(depth: number, pointer: string): number {
  if (depth >= deepest) {
    throw new JaqlError('filter_invalid', 'Filters are nested too deeply.', { pointer });
  }
  return depth + 1;
}
