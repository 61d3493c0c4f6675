/**
 * The one way to rows. Widgets, raw queries, member lists, exports and the test of a token all come through `runQuery`:
 *
 *   session's rights → is the data source among those its dashboards reach? → its rules, innermost → compile → engine
 *
 * Nothing else in this package holds an engine's `query`.
 */
import { type Cell, formatValue, type QueryResult } from '@vitrine/charts';
import type { JaqlItem } from '@vitrine/claims';
import { EngineError } from '@vitrine/engines';
import {
  type CompiledItem,
  type CompiledQuery,
  compileMembers,
  compileQuery,
  JaqlError,
  type JaqlQuery,
  type MembersRequest,
} from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { Logger } from 'pino';
import type { Content } from '../content/content.ts';
import type { DataMetrics } from '../metrics/data-metrics.ts';
import type { Rights } from '../rights/rights.ts';
import type { DataSources } from './data-sources.ts';

/** For whom, when and within which limits a query runs. */
export interface DataContext {
  readonly content: Content;
  readonly rights: Rights;
  readonly sources: DataSources;
  /** None: the query is no reader's and is not counted. */
  readonly metrics?: DataMetrics;
  readonly log: Logger;
  readonly signal: AbortSignal;
  /** One moment for all queries of a refresh: relative dates count from it. */
  readonly now: Date;
  readonly maxRows: number;
  readonly timeoutMs: number;
  readonly requestId: string;
}

/** The part of the rights that decides about rows. */
export type QueryRights = Pick<Rights, 'rules' | 'timeZone' | 'locale'>;

/** What to ask of a data source. */
export type DataRequest =
  | {
      readonly kind: 'query';
      readonly source: string;
      readonly query: JaqlQuery;
      /** Dashboard filters in force. */
      readonly filters: readonly JaqlItem[];
      /** Dims whose dashboard filters are not followed. */
      readonly ignore?: readonly string[];
    }
  | { readonly kind: 'members'; readonly source: string; readonly request: MembersRequest };

/**
 * Runs one request within the session's rights.
 *
 * @throws Problem `not_found` (no such data source for this session), `query_invalid`, `query_timeout`,
 * `query_cancelled`, `query_failed`, `source_unavailable`
 */
export async function runQuery(
  request: DataRequest,
  context: Omit<DataContext, 'rights'> & { readonly rights: QueryRights },
): Promise<QueryResult> {
  const { content, rights, sources, signal, now, maxRows, timeoutMs } = context;
  const model = content.models.get(request.source);
  const rules = rights.rules.get(request.source);
  if (!model || !rules) throw new Problem('not_found');
  const stop = context.metrics?.querySeconds.startTimer({ source: model.title });
  try {
    const result = await sources.use(model, async (engine) => {
      const { dialect } = engine;
      const { timeZone } = rights;
      const scope = { model, dialect, rules, now, timeZone, maxRows };
      const compiled =
        request.kind === 'members'
          ? compileMembers(request.request, { ...scope, filters: [] })
          : compileQuery(request.query, {
              ...scope,
              filters: request.filters,
              ...(request.ignore ? { ignore: request.ignore } : {}),
            });
      const { text, params, limit } = compiled;
      const answer = await engine.query({ text, params, maxRows: limit, timeoutMs, signal });
      return resultOf(compiled, answer, rights);
    });
    stop?.({ outcome: 'ok' });
    return result;
  } catch (error) {
    const problem = problemOf(error, context);
    stop?.({ outcome: problem instanceof Problem ? problem.code : 'server_error' });
    throw problem;
  }
}

function resultOf(
  { items }: CompiledQuery,
  {
    rows,
    truncated,
  }: { readonly rows: readonly (readonly Cell['data'][])[]; readonly truncated: boolean },
  { locale }: QueryRights,
): QueryResult {
  return {
    headers: items.map(({ jaql }) => jaql.title),
    metadata: items.map(({ jaql, format, panel }) => ({
      jaql,
      ...(format ? { format } : {}),
      ...(panel === undefined ? {} : { panel }),
    })),
    values: rows.map((row) =>
      items.map((item, column) => {
        const data = row[column] ?? null;
        return { data, text: formatValue(data, specOf(item), locale), ...selected(item, row) };
      }),
    ),
    truncated,
  };
}

function specOf({ jaql, format }: CompiledItem) {
  const { datatype, level } = jaql;
  return { datatype, ...(level ? { level } : {}), ...(format ? { format } : {}) };
}

function selected(item: CompiledItem, row: readonly Cell['data'][]): { selected?: boolean } {
  return item.selected === undefined ? {} : { selected: row[item.selected] === true };
}

/** A refusal that names no table, column, SQL or value (D-7); the log has the cause under the request's id. */
function problemOf(
  error: unknown,
  { log, requestId }: Pick<DataContext, 'log' | 'requestId'>,
): unknown {
  if (error instanceof JaqlError) {
    const { pointer, message } = error;
    return new Problem('query_invalid', {
      detail: message,
      cause: error,
      errors: [{ pointer, message }],
    });
  }
  if (error instanceof EngineError) {
    if (error.code !== 'query_cancelled') {
      log.warn({ event: 'query.failed', code: error.code, requestId }, 'query failed');
    }
    return new Problem(error.code, { cause: error });
  }
  return error;
}
