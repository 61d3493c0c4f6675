import { at, readRecord, refuseUnknownKeys } from '../filter/read-record.ts';
import { textValue } from '../filter/value.ts';
import { JaqlError } from '../jaql-error.ts';
import { type Condition, type Expression, outputName } from './plan.ts';
import { type PlannedQuery, planningOf, readingOf } from './plan-query.ts';
import { planSelect } from './plan-select.ts';
import type { Scope } from './query.ts';
import { isPresent } from './rank-members.ts';
import { readAbove, readBackgrounds } from './read-filters.ts';
import { completeJaql, readJaql } from './read-item.ts';
import { readPage } from './read-query.ts';

const requestKeys = new Set(['dim', 'level', 'firstday', 'term', 'filters', 'count', 'offset']);
const longestTerm = 1_000;

/**
 * Plans the members that a filter offers: distinct, ascending, under data security and the background parts of the dashboard
 * filters, whose own parts do not narrow a list, and under the whole of the filters that the request names. Throws `JaqlError`.
 */
export function planMembers(raw: unknown, scope: Scope): PlannedQuery {
  const request = readRecord(raw, '', 'query_invalid');
  refuseUnknownKeys(request, requestKeys, '', 'query_unsupported');
  const { dim, level, firstday } = request;
  const reading = readingOf(scope);
  const jaql = {
    dim,
    ...(level === undefined ? {} : { level }),
    ...(firstday === undefined ? {} : { firstday }),
  };
  const item = readJaql(jaql, '', reading);
  const planning = planningOf(scope, reading);
  if (item.role !== 'dimension') throw new TypeError('Members are of a field.');
  const { field, period } = item;
  const filters = [...readBackgrounds(scope, reading), ...readAbove(request.filters, reading)];
  const keys = [period === undefined ? { field } : { field, period }];
  const groups = { root: field.table.name, keys, filters, leaves: [], isGrouped: true };
  const { select } = planSelect(groups, planning);
  const key = outputName('key', 0, field.column.type);
  return {
    plan: {
      rows: select,
      before: [],
      rankings: [],
      after: [isPresent(key), ...termConditions(request.term, key)],
      output: [key],
      order: [{ of: key, direction: 'asc' }],
      ...readPage(request.count, request.offset, scope.maxRows),
    },
    items: [{ index: 0, role: 'dimension', jaql: completeJaql(item) }],
    totals: [],
  };
}

function termConditions(term: unknown, of: Expression): Condition[] {
  if (term === undefined || term === '') return [];
  const value = textValue(term);
  if (value === undefined || (typeof term === 'string' && term.length > longestTerm)) {
    throw new JaqlError('query_invalid', 'A short text is expected here.', {
      pointer: at('', 'term'),
    });
  }
  return [
    { kind: 'test', of: { kind: 'text', of }, filter: { kind: 'text', test: 'contains', value } },
  ];
}
