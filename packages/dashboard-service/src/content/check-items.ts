import {
  type DashboardFilter,
  type FilterRelations,
  isCascadingFilter,
  type JaqlItem,
  levelsOf,
} from '@vitrine/claims';
import {
  type CompileContext,
  compileQuery,
  duckDbDialect,
  JaqlError,
  type JaqlQuery,
  sampleParameters,
} from '@vitrine/jaql';
import type { ContentModel } from './content.ts';

/** What is wrong with an item; the pointer starts at the widget, or at the filter. */
export interface ItemFault {
  readonly pointer: string;
  readonly reason: string;
}

/** The fault that would make a widget's query fail, if any. */
export function queryFault(
  metadata: readonly JaqlItem[],
  model: ContentModel,
): ItemFault | undefined {
  return faultOf({ metadata }, { filters: [] }, model);
}

/** The fault that would make a query under this dashboard filter fail, if any. */
export function filterFault(filter: DashboardFilter, model: ContentModel): ItemFault | undefined {
  const fault = faultOf(queryOn(filter), { filters: [filter] }, model);
  const field = isCascadingFilter(filter) ? '/levels/0' : '/jaql';
  return (
    fault && {
      ...fault,
      pointer: fault.pointer.replace(/^\/metadata\/0\/jaql/, field).replace(/^\/filters\/0/, ''),
    }
  );
}

/** The fault that would make a query under these related dashboard filters fail, if any; the pointer starts at the relations. */
export function relationsFault(
  filters: readonly DashboardFilter[],
  filterRelations: FilterRelations,
  model: ContentModel,
): ItemFault | undefined {
  const [first] = filters;
  if (!first) return { pointer: '', reason: 'there are no filters to join' };
  const fault = faultOf(queryOn(first), { filters, filterRelations }, model);
  if (!fault?.pointer.startsWith('/relations')) return fault && { ...fault, pointer: '' };
  return { ...fault, pointer: fault.pointer.replace('/relations', '') };
}

/** A query of the filter's own field, so that its table is reached whatever the relations are. */
function queryOn(filter: DashboardFilter): JaqlQuery {
  const [{ jaql } = { jaql: {} }] = levelsOf(filter);
  const { table, column, dim, formula, context } = jaql;
  const field = dim === undefined ? { table, column } : { dim };
  return { metadata: [{ jaql: definedOf(formula === undefined ? field : { formula, context }) }] };
}

function definedOf(field: Readonly<Record<string, unknown>>) {
  return Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined));
}

function faultOf(
  query: JaqlQuery,
  inForce: Pick<CompileContext, 'filters' | 'filterRelations'>,
  model: ContentModel,
): ItemFault | undefined {
  const context: CompileContext = {
    model,
    ...inForce,
    dialect: duckDbDialect,
    rules: [],
    parameters: sampleParameters(model),
    now: new Date(0),
    timeZone: 'UTC',
    maxRows: 1_000_000,
  };
  try {
    compileQuery(query, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof JaqlError)) throw error;
    return { pointer: error.pointer, reason: `${error.message} (${error.code})${placeOf(error)}` };
  }
}

/** Where in a formula, and what may have been meant there. */
function placeOf({ position, hint }: JaqlError): string {
  const at = position === undefined ? '' : ` at character ${position + 1} of the formula`;
  return hint === undefined ? at : `${at}: did you mean "${hint}"?`;
}
