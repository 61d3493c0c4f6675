import {
  type Aggregation,
  aggregations,
  type Datatype,
  type DateLevel,
  dateLevels,
  type ValueFormat,
} from '@vitrine/claims';
import { allOf } from '../filter/filter.ts';
import { type FilterSubject, type ParsedFilter, parseFilter } from '../filter/parse-filter.ts';
import type { Period } from '../filter/period.ts';
import { at, type JsonRecord, readRecord, refuseUnknownKeys } from '../filter/read-record.ts';
import type { Value } from '../filter/value.ts';
import { aggregateTerm, fieldTerm } from '../formula/make-term.ts';
import type { Grouping, Term } from '../formula/term.ts';
import { hintOf } from '../hint-of.ts';
import { JaqlError } from '../jaql-error.ts';
import { dimOf, type Field } from '../model/field.ts';
import type { ModelIndex } from '../model/model-index.ts';
import type { CompiledItem } from './query.ts';
import { contextItemOf, readFormulaOf } from './read-context.ts';
import { checkDataSource, readField } from './read-field.ts';
import type { FieldFilter } from './row-filter.ts';

interface ReadItem {
  readonly pointer: string;
  /** Of the column, or of the measure's result. */
  readonly datatype: Datatype;
  readonly title: string;
  readonly sort?: 'asc' | 'desc';
  readonly filter?: ParsedFilter;
  readonly format?: ValueFormat;
  readonly panel?: string;
  readonly isDisabled: boolean;
  /** What filter relations name its filter by: its own `instanceid`, and that of the cascading filter around it. */
  readonly instanceIds: readonly string[];
  readonly jaql: JsonRecord;
}

/** An item that groups. */
export interface Dimension extends ReadItem {
  readonly role: 'dimension';
  readonly field: Field;
  readonly period?: Period;
  /** Which of its members are highlighted. */
  readonly selected?: FieldFilter;
}

/** An item with `agg` or `formula`. */
export interface MeasureItem extends ReadItem {
  readonly role: 'measure';
  readonly term: Term;
  /** What `agg` aggregates. */
  readonly field?: Field;
}

type ItemBase = Pick<ReadItem, 'pointer' | 'jaql' | 'isDisabled' | 'instanceIds' | 'sort'>;

/** An item of a query, understood. */
export type Item = Dimension | MeasureItem;

/** What reading items needs: the model, and the moment that relative dates count from. */
export interface Reading {
  readonly index: ModelIndex;
  readonly now: () => Value;
  /** Formulas inside each other, so far. */
  readonly nesting?: number;
}

const itemKeys = new Set('jaql format disabled locked panel isCascading instanceid'.split(' '));
const jaqlKeys = new Set(
  'table column dim datatype title agg level firstday sort filter in datasource'.split(' '),
);
const formulaKeys = new Set('formula context datatype title sort filter datasource'.split(' '));
const datatypes = ['text', 'numeric', 'datetime'] as const;
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
  const isFormula = jaql.formula !== undefined || jaql.context !== undefined;
  refuseUnknownKeys(jaql, isFormula ? formulaKeys : jaqlKeys, pointer, 'item_unsupported');
  checkDataSource(jaql.datasource, at(pointer, 'datasource'), reading.index.model);
  const { title } = jaql;
  if (title !== undefined && typeof title !== 'string') {
    throw new JaqlError('item_invalid', 'A title is a text.', { pointer: at(pointer, 'title') });
  }
  const sort = readWord(jaql, 'sort', ['asc', 'desc'] as const, pointer);
  const base: ItemBase = {
    pointer,
    jaql,
    isDisabled: false,
    instanceIds: [],
    ...(sort === undefined ? {} : { sort }),
  };
  if (isFormula) return readFormulaItem(base, title, reading);
  const field = readField(jaql, pointer, reading.index);
  const period = readPeriod(jaql, field, pointer);
  const aggregation = readWord(jaql, 'agg', aggregations, pointer);
  const grouping = period === undefined ? { field } : { field, period };
  if (aggregation === undefined) {
    const datatype = stateType(jaql, field.column.type, pointer);
    const item = { ...base, role: 'dimension', title: title ?? field.column.name } as const;
    return {
      ...item,
      ...grouping,
      datatype,
      ...readFilter(jaql, { datatype, isMeasure: false, ...grouping }, pointer, reading),
      ...(jaql.in === undefined
        ? {}
        : { selected: readSelected(field, jaql.in, pointer, reading) }),
    };
  }
  refuseAggregation(aggregation, grouping, pointer);
  refuseHighlight(jaql, pointer);
  const term = aggregateTerm({ aggregation }, fieldTerm(grouping), { pointer });
  // What a client states is taken for what the column is, since both spellings are in use.
  readWord(jaql, 'datatype', datatypes, pointer);
  return measureItem(
    { ...base, field },
    term,
    title ?? `${aggregation} ${field.column.name}`,
    reading,
  );
}

function readFormulaItem(base: ItemBase, title: string | undefined, reading: Reading): MeasureItem {
  const { jaql, pointer } = base;
  const term = readFormulaOf(jaql, pointer, reading, (raw, place, nested) =>
    contextItemOf(readJaql(raw, place, nested)),
  );
  const item = measureItem(base, term, title ?? 'formula', reading);
  stateType(jaql, item.datatype, pointer);
  return item;
}

function measureItem(
  base: ItemBase & Pick<MeasureItem, 'field'>,
  term: Term,
  title: string,
  reading: Reading,
): MeasureItem {
  const datatype = term.type === 'boolean' || term.type === 'null' ? 'numeric' : term.type;
  return {
    ...base,
    role: 'measure',
    term,
    title,
    datatype,
    ...readFilter(base.jaql, { datatype, isMeasure: true }, base.pointer, reading),
  };
}

function readFilter(
  { filter }: JsonRecord,
  subject: Omit<FilterSubject, 'now'>,
  pointer: string,
  { now }: Reading,
): { readonly filter?: ParsedFilter } {
  if (filter === undefined) return {};
  return { filter: parseFilter(filter, { ...subject, now }, at(pointer, 'filter')) };
}

/** The `jaql` of an item with what it left open filled in. */
export function completeJaql(item: Item): CompiledItem['jaql'] {
  const { jaql, datatype, title, field } = item;
  return { ...jaql, ...(field === undefined ? {} : { dim: dimOf(field) }), title, datatype };
}

function readSelected(field: Field, raw: unknown, pointer: string, reading: Reading): FieldFilter {
  const place = at(pointer, 'in');
  const selection = readRecord(raw, place, 'item_invalid');
  refuseUnknownKeys(selection, new Set(['selected']), place, 'item_unsupported');
  const holder = readRecord(selection.selected, at(place, 'selected'), 'item_invalid');
  refuseUnknownKeys(holder, new Set(['jaql']), at(place, 'selected'), 'item_unsupported');
  if (typeof holder.jaql === 'object' && holder.jaql !== null && 'in' in holder.jaql) {
    throw new JaqlError('item_unsupported', 'A highlight has none of its own.', { pointer: place });
  }
  const selected = readJaql(holder.jaql, `${place}/selected/jaql`, reading);
  if (selected.role !== 'dimension' || selected.field !== field || selected.filter === undefined) {
    throw new JaqlError('item_invalid', 'A highlight is a filter of its own dimension.', {
      pointer: place,
    });
  }
  const { filter, period } = selected;
  const restricted = { field, filter: allOf([filter.background, filter.own]), pointer: place };
  return period === undefined ? restricted : { ...restricted, period };
}

function refuseHighlight({ in: highlight }: JsonRecord, pointer: string): void {
  if (highlight === undefined) return;
  throw new JaqlError('item_invalid', 'A highlight is a filter of its own dimension.', {
    pointer: at(pointer, 'in'),
  });
}

function readPeriod(jaql: JsonRecord, field: Field, pointer: string): Period | undefined {
  const level: DateLevel | undefined = readWord(jaql, 'level', dateLevels, pointer);
  const firstDay = readWord(jaql, 'firstday', ['mon', 'sun'] as const, pointer) ?? 'mon';
  if (level === undefined) return undefined;
  if (field.column.type === 'datetime') return { level, firstDay };
  throw new JaqlError('item_invalid', 'Only dates have levels.', { pointer: at(pointer, 'level') });
}

/** The type of a column or formula; where the item states one, it must be this. */
function stateType(jaql: JsonRecord, type: Datatype, pointer: string): Datatype {
  const stated = readWord(jaql, 'datatype', datatypes, pointer);
  if (stated === undefined || stated === type) return type;
  throw new JaqlError('item_invalid', 'The column has another type.', {
    pointer: at(pointer, 'datatype'),
  });
}

function refuseAggregation(
  aggregation: Aggregation,
  { field, period }: Grouping,
  pointer: string,
): void {
  const isNumeric = field.column.type === 'numeric' && period === undefined;
  if (isNumeric || countsAnything.includes(aggregation)) return;
  throw new JaqlError('item_invalid', 'Only numbers can be aggregated like this.', {
    pointer: at(pointer, 'agg'),
  });
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
    ...hintOf(value, words),
  });
}
