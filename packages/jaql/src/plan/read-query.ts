import { at, readList, readRecord, refuseUnknownKeys } from '../filter/read-record.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Scope } from './query.ts';
import { checkDataSource } from './read-field.ts';
import { joinFilters, readDashboardFilters } from './read-filters.ts';
import {
  type Dimension,
  type Item,
  type MeasureItem,
  type Reading,
  readItem,
} from './read-item.ts';
import { type RowFilter, ranksMembers } from './row-filter.ts';

/** A query read: what it shows, and what it restricts. */
export interface ReadQuery {
  /** Items with a column in the answer, with their place in `metadata`. */
  readonly shown: readonly { readonly item: Item; readonly index: number }[];
  /** Those of them that group. */
  readonly dimensions: readonly Dimension[];
  /** Those that do not, and behind them measures that only restrict the result. */
  readonly measures: readonly MeasureItem[];
  /** Restrictions of rows, those with a ranking apart from the others. */
  readonly filters: readonly RowFilter[];
  readonly rankings: readonly RowFilter[];
  readonly limit: number;
  readonly offset: number;
  readonly isGrouped: boolean;
  readonly totals?: Totals;
}

/** Which totals a query asks for, and what they are to be called. */
export interface Totals {
  readonly hasSubtotals: boolean;
  readonly title?: string;
}

const queryKeys = new Set(
  'datasource metadata filterRelations count offset ungroup grandTotals queryGuid format'.split(
    ' ',
  ),
);
const defaultCount = 20_000;
const largestOffset = 2 ** 31;

/** Reads a query and the dashboard filters of its scope. Codes: all but `fan_out`, `no_path` and those of rules. */
export function readQuery(raw: unknown, scope: Scope, reading: Reading): ReadQuery {
  const query = readRecord(raw, '', 'query_invalid');
  refuseUnknownKeys(query, queryKeys, '', 'query_unsupported');
  checkDataSource(query.datasource, '/datasource', scope.model);
  if (query.ungroup !== undefined && typeof query.ungroup !== 'boolean') {
    throw new JaqlError('query_invalid', 'True or false is expected.', { pointer: '/ungroup' });
  }
  const items = readList(query.metadata, '/metadata', 'query_invalid').map((item, index) =>
    readItem(item, at('/metadata', index), reading),
  );
  const shown = items
    .map((item, index) => ({ item, index }))
    .filter(({ item }) => item.panel !== 'scope' && !item.isDisabled);
  if (shown.length === 0) {
    throw new JaqlError('query_invalid', 'The query shows nothing.', { pointer: '/metadata' });
  }
  const isGrouped = query.ungroup !== true;
  const dashboard = readDashboardFilters(scope, reading);
  const hidden = items.filter((item) => item.panel === 'scope' || item.isDisabled);
  const visible = shown.map(({ item }) => item);
  const measures = [...visible, ...hidden, ...dashboard].filter((item) => item.role === 'measure');
  if (!isGrouped && measures.length > 0) {
    throw new JaqlError('query_invalid', 'Raw rows have no measures.', { pointer: '/ungroup' });
  }
  const filters = [
    ...joinFilters(items, query.filterRelations, '/filterRelations'),
    ...joinFilters(dashboard, scope.filterRelations, '/relations'),
  ];
  return {
    shown,
    dimensions: visible.filter((item) => item.role === 'dimension'),
    measures,
    filters: filters.filter((filter) => !ranksMembers(filter)),
    rankings: filters.filter(ranksMembers),
    ...readPage(query.count, query.offset, scope.maxRows),
    isGrouped,
    ...readTotals(query.grandTotals, isGrouped),
  };
}

/** Code `query_invalid`. */
function readTotals(raw: unknown, isGrouped: boolean): { readonly totals?: Totals } {
  if (raw === undefined || raw === false) return {};
  const pointer = '/grandTotals';
  if (!isGrouped) {
    throw new JaqlError('query_invalid', 'Raw rows have no totals.', { pointer });
  }
  if (raw === true) return { totals: { hasSubtotals: true } };
  const record = readRecord(raw, pointer, 'query_invalid');
  refuseUnknownKeys(record, new Set(['title', 'subtotals']), pointer, 'query_unsupported');
  const { title, subtotals = true } = record;
  if (title !== undefined && typeof title !== 'string') {
    throw new JaqlError('query_invalid', 'A title is a text.', { pointer: at(pointer, 'title') });
  }
  if (typeof subtotals !== 'boolean') {
    throw new JaqlError('query_invalid', 'True or false is expected.', {
      pointer: at(pointer, 'subtotals'),
    });
  }
  return { totals: { hasSubtotals: subtotals, ...(title === undefined ? {} : { title }) } };
}

/** Reads `count` and `offset`. Codes `query_invalid`, `count_too_large`. */
export function readPage(
  count: unknown,
  offset: unknown,
  maxRows: number,
): { limit: number; offset: number } {
  const limit = readWhole(count, Math.min(defaultCount, maxRows), 1, '/count');
  if (limit > maxRows) {
    throw new JaqlError('count_too_large', 'More rows are asked for than are allowed.', {
      pointer: '/count',
    });
  }
  return { limit, offset: readWhole(offset, 0, 0, '/offset') };
}

function readWhole(raw: unknown, otherwise: number, least: number, pointer: string): number {
  if (raw === undefined) return otherwise;
  if (typeof raw === 'number' && Number.isInteger(raw) && raw >= least && raw <= largestOffset) {
    return raw;
  }
  throw new JaqlError('query_invalid', 'A whole number is expected here.', { pointer });
}
