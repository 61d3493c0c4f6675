import type { JaqlItem } from '@vitrine/claims';
import {
  type CompileContext,
  compileQuery,
  duckDbDialect,
  JaqlError,
  type JaqlQuery,
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
  return faultOf({ metadata }, [], model);
}

/** The fault that would make a query under this dashboard filter fail, if any. */
export function filterFault(filter: JaqlItem, model: ContentModel): ItemFault | undefined {
  const { table, column, dim } = filter.jaql;
  // A query of the filter's own field, so that its table is reached whatever the relations are.
  const field = dim === undefined ? { table, column } : { dim };
  const fault = faultOf({ metadata: [{ jaql: definedOf(field) }] }, [filter], model);
  return (
    fault && { ...fault, pointer: fault.pointer.replace(/^\/(?:filters|metadata)\/0(?=\/|$)/, '') }
  );
}

function definedOf(field: {
  table?: string | undefined;
  column?: string | undefined;
  dim?: string;
}) {
  return Object.fromEntries(Object.entries(field).filter(([, value]) => value !== undefined));
}

function faultOf(
  query: JaqlQuery,
  filters: readonly JaqlItem[],
  model: ContentModel,
): ItemFault | undefined {
  const context: CompileContext = {
    model,
    filters,
    dialect: duckDbDialect,
    rules: [],
    now: new Date(0),
    timeZone: 'UTC',
    maxRows: 1_000_000,
  };
  try {
    compileQuery(query, context);
    return undefined;
  } catch (error) {
    if (!(error instanceof JaqlError)) throw error;
    return { pointer: error.pointer, reason: `${error.message} (${error.code})` };
  }
}
