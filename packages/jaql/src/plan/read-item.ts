import {
  type Aggregation,
  aggregations,
  type Datatype,
  type DateLevel,
  dateLevels,
  type ValueFormat,
} from '@vitrine/claims';
import { type Filter, hasRanking } from '../filter/filter.ts';
import { type ParsedFilter, parseFilter } from '../filter/parse-filter.ts';
import type { Period } from '../filter/period.ts';
import { at, type JsonRecord, readRecord, refuseUnknownKeys } from '../filter/read-record.ts';
import type { Value } from '../filter/value.ts';
import { JaqlError } from '../jaql-error.ts';
import { dimOf, type Field } from '../model/field.ts';
import type { ModelIndex } from '../model/model-index.ts';
import { checkDataSource, readField } from './read-field.ts';

/** An item of a query, understood. */
export interface Item {
  readonly pointer: string;
  readonly field: Field;
  readonly period?: Period;
  readonly aggregation?: Aggregation;
  /** Of the column, or of the measure's result. */
  readonly datatype: Datatype;
  readonly title: string;
  readonly sort?: 'asc' | 'desc';
  readonly filter?: ParsedFilter;
  readonly selected?: Filter;
  readonly format?: ValueFormat;
  readonly panel?: string;
  readonly isDisabled: boolean;
  /** What filter relations name its filter by: its own `instanceid`, and that of the cascading filter around it. */
  readonly instanceIds: readonly string[];
  readonly jaql: JsonRecord;
}

/** What reading items needs: the model, and the moment that relative dates count from. */
export interface Reading {
  readonly index: ModelIndex;
  readonly now: () => Value;
}

const itemKeys = new Set('jaql format disabled locked panel isCascading instanceid'.split(' '));
const jaqlKeys = new Set(
  'table column dim datatype title agg level firstday sort filter in datasource'.split(' '),
);
const countsAnything: readonly Aggregation[] = ['count', 'countduplicates', 'min', 'max'];

/** Reads an item `{jaql, …}`. Codes `item_invalid`, `item_unsupported`, `field_unknown`, those of filters. */
export function readItem(raw: unknown, pointer: string, reading: Reading): Item {
  const record = readRecord(raw, pointer, 'item_invalid');
  refuseUnknownKeys(record, itemKeys, pointer, 'item_unsupported');
  if (record.isCascading !== undefined && record.isCascading !== false) {
    throw new JaqlError('item_unsupported', 'A cascading filter is no item.', { pointer });
  }
  if (record.panel !== undefined && typeof record.panel !== 'string') {
    throw new JaqlError('item_invalid', 'A panel is a text.', { pointer: at(pointer, 'panel') });
  }
  const { panel } = record;
  return {
    ...readJaql(record.jaql, at(pointer, 'jaql'), reading),
    ...(typeof panel === 'string' ? { panel } : {}),
    ...(record.format === undefined ? {} : { format: record.format as ValueFormat }),
    isDisabled: record.disabled === true,
    instanceIds: readInstanceId(record, pointer),
  };
}

/** The `instanceid` of a filter, as a list of at most one. Code `item_invalid`. */
export function readInstanceId({ instanceid }: JsonRecord, pointer: string): readonly string[] {
  if (instanceid === undefined) return [];
  if (typeof instanceid === 'string') return [instanceid];
  throw new JaqlError('item_invalid', 'An instance is named by a text.', {
    pointer: at(pointer, 'instanceid'),
  });
}

/** Reads what stands in an item's `jaql`, or by itself as the `by` of a ranking. */
export function readJaql(raw: unknown, pointer: string, reading: Reading): Item {
  const jaql = readRecord(raw, pointer, 'item_invalid');
  refuseUnknownKeys(jaql, jaqlKeys, pointer, 'item_unsupported');
  checkDataSource(jaql.datasource, at(pointer, 'datasource'), reading.index.model);
  const field = readField(jaql, pointer, reading.index);
  const aggregation = readWord(jaql, 'agg', aggregations, pointer);
  const period = readPeriod(jaql, field, pointer);
  const datatype = readDatatype(jaql, field, aggregation, period, pointer);
  const sort = readWord(jaql, 'sort', ['asc', 'desc'] as const, pointer);
  const title = jaql.title ?? defaultTitle(field, aggregation);
  if (typeof title !== 'string') {
    throw new JaqlError('item_invalid', 'A title is a text.', { pointer: at(pointer, 'title') });
  }
  const subject = {
    datatype,
    isMeasure: aggregation !== undefined,
    now: reading.now,
    ...(period === undefined || aggregation !== undefined ? {} : { period }),
  };
  const item: Item = {
    ...{ pointer, field, datatype, title, jaql },
    isDisabled: false,
    instanceIds: [],
  };
  return {
    ...item,
    ...(period === undefined ? {} : { period }),
    ...(aggregation === undefined ? {} : { aggregation }),
    ...(sort === undefined ? {} : { sort }),
    ...(jaql.filter === undefined
      ? {}
      : { filter: parseFilter(jaql.filter, subject, at(pointer, 'filter')) }),
    ...(jaql.in === undefined ? {} : { selected: readSelected(item, aggregation, reading) }),
  };
}

/** The `jaql` of an item with what it left open filled in. */
export function completeJaql({ jaql, field, datatype, title }: Item) {
  return { ...jaql, dim: dimOf(field), title, datatype };
}

function readSelected(item: Item, aggregation: Aggregation | undefined, reading: Reading): Filter {
  const place = at(item.pointer, 'in');
  const selection = readRecord(item.jaql.in, place, 'item_invalid');
  refuseUnknownKeys(selection, new Set(['selected']), place, 'item_unsupported');
  const holder = readRecord(selection.selected, at(place, 'selected'), 'item_invalid');
  refuseUnknownKeys(holder, new Set(['jaql']), at(place, 'selected'), 'item_unsupported');
  if (typeof holder.jaql === 'object' && holder.jaql !== null && 'in' in holder.jaql) {
    throw new JaqlError('item_unsupported', 'A highlight has none of its own.', { pointer: place });
  }
  const selected = readJaql(holder.jaql, `${place}/selected/jaql`, reading);
  const isSame = selected.field === item.field && selected.aggregation === undefined;
  if (aggregation !== undefined || !isSame || selected.filter === undefined) {
    throw new JaqlError('item_invalid', 'A highlight is a filter of its own dimension.', {
      pointer: place,
    });
  }
  if (hasRanking(selected.filter.own) || selected.filter.background.kind !== 'all') {
    throw new JaqlError('item_unsupported', 'This highlight is not offered.', { pointer: place });
  }
  return selected.filter.own;
}

function readPeriod(jaql: JsonRecord, field: Field, pointer: string): Period | undefined {
  const level: DateLevel | undefined = readWord(jaql, 'level', dateLevels, pointer);
  const firstDay = readWord(jaql, 'firstday', ['mon', 'sun'] as const, pointer) ?? 'mon';
  if (level === undefined) return undefined;
  if (field.column.type === 'datetime') return { level, firstDay };
  throw new JaqlError('item_invalid', 'Only dates have levels.', { pointer: at(pointer, 'level') });
}

function readDatatype(
  jaql: JsonRecord,
  { column }: Field,
  aggregation: Aggregation | undefined,
  period: Period | undefined,
  pointer: string,
): Datatype {
  const stated = readWord(jaql, 'datatype', ['text', 'numeric', 'datetime'] as const, pointer);
  if (aggregation === undefined) {
    if (stated === undefined || stated === column.type) return column.type;
    throw new JaqlError('item_invalid', 'The column has another type.', {
      pointer: at(pointer, 'datatype'),
    });
  }
  const isNumeric = column.type === 'numeric' && period === undefined;
  if (!isNumeric && !countsAnything.includes(aggregation)) {
    throw new JaqlError('item_invalid', 'Only numbers can be aggregated like this.', {
      pointer: at(pointer, 'agg'),
    });
  }
  return aggregation === 'min' || aggregation === 'max' ? column.type : 'numeric';
}

function readWord<Word extends string>(
  jaql: JsonRecord,
  key: string,
  words: readonly Word[],
  pointer: string,
): Word | undefined {
  const value = jaql[key];
  if (value === undefined) return undefined;
  const word = words.find((one) => one === value);
  if (word !== undefined) return word;
  throw new JaqlError('item_invalid', 'The value is not one of those allowed.', {
    pointer: at(pointer, key),
  });
}

function defaultTitle({ column }: Field, aggregation: Aggregation | undefined): string {
  return aggregation === undefined ? column.name : `${aggregation} ${column.name}`;
}
