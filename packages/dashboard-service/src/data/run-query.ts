/**
 * The one way to rows. Widgets, raw queries, member lists, exports and the test of a token all come through `runQuery`:
 *
 *   session's rights → is the data source among those its dashboards reach? → its rules, innermost → compile → runner → engine
 *
 * Nothing else in this package holds an engine's `query`. Kept results are found by the compiled statement, which has the rights
 * inside (D-5).
 */
import {
  type Cell,
  type QueryResult,
  type ResultTotals,
  type ValueSpec,
  valueWriter,
} from '@vitrine/charts';
import type { DashboardFilter, FilterRelations } from '@vitrine/claims';
import { type Answer, type Engine, EngineError } from '@vitrine/engines';
import {
  type CompiledItem,
  type CompiledQuery,
  type CompiledTotals,
  JaqlError,
  type JaqlQuery,
  type MembersRequest,
} from '@vitrine/jaql';
import { Problem } from '@vitrine/token-service';
import type { Logger } from 'pino';
import type { Content, ContentModel } from '../content/content.ts';
import type { DataMetrics } from '../metrics/data-metrics.ts';
import type { Rights } from '../rights/rights.ts';
import type { DataSources } from './data-sources.ts';
import { versionOf } from './version-of.ts';

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
  /** In whose line the queries wait: a session. */
  readonly owner: string;
}

/** How long results of a source that changes under its engine are kept where its model does not say, milliseconds. */
const liveKeepMs = 60_000;

/** The part of the rights that decides about rows. */
export type QueryRights = Pick<Rights, 'rules' | 'timeZone' | 'locale'> &
  Partial<Pick<Rights, 'parameters'>>;

/** What to ask of a data source. */
export type DataRequest =
  | {
      readonly kind: 'query';
      readonly source: string;
      readonly query: JaqlQuery;
      /** Dashboard filters in force. */
      readonly filters: readonly DashboardFilter[];
      readonly filterRelations?: FilterRelations;
      /** Dims whose dashboard filters are not followed. */
      readonly ignore?: readonly string[];
    }
  | {
      readonly kind: 'members';
      readonly source: string;
      readonly request: MembersRequest;
      /** Dashboard filters in force, whose background parts narrow the list. Default none. */
      readonly filters?: readonly DashboardFilter[];
    };

type QueryContext = Omit<DataContext, 'rights'> & { readonly rights: QueryRights };

/**
 * Runs one request within the session's rights.
 *
 * @throws Problem `not_found` (no such data source for this session), `query_invalid`, `query_timeout`,
 * `query_cancelled`, `query_failed`, `source_unavailable`, `overloaded`, `parameter_missing`
 */
export async function runQuery(request: DataRequest, context: QueryContext): Promise<QueryResult> {
  const answered = await answerOf(request, context);
  return resultOf(answered, context.rights);
}

/** The same as JSON, which is written once while the rows are kept. Throws as `runQuery`. */
export async function runQueryText(request: DataRequest, context: QueryContext): Promise<string> {
  const answered = await answerOf(request, context);
  const { compiled, answer, totals } = answered;
  const write = () => JSON.stringify(resultOf(answered, context.rights));
  // What is written is kept with one answer; totals are others.
  if (totals.length > 0) return write();
  const view = JSON.stringify([context.rights.locale, compiled.items]);
  return answer.written(view, write);
}

async function answerOf(request: DataRequest, context: QueryContext) {
  const { content, rights, sources, metrics, owner, signal, timeoutMs, now, maxRows } = context;
  const model = content.models.get(request.source);
  const rules = rights.rules.get(request.source);
  if (!model || !rules) throw new Problem('not_found');
  const source = model.title;
  const stop = metrics?.querySeconds.startTimer({ source });
  try {
    const result = await sources.use(model, { signal, timeoutMs }, async (engine) => {
      const compiled = sources.compiled.compile(request, {
        ...{ model, rules, parameters: rights.parameters ?? {}, dialect: engine.dialect },
        ...{ now, maxRows, timeZone: rights.timeZone },
      });
      const kept = { source: versionOf(model), keepMs: keepMsOf(model, engine) };
      const run = ({ text, params, limit }: Pick<CompiledQuery, 'text' | 'params' | 'limit'>) =>
        sources.runner.run(engine, {
          ...{ text, params, maxRows: limit, timeoutMs, signal, owner },
          ...kept,
        });
      const result = run(compiled);
      const totals = (compiled.totals ?? []).map(run);
      // The engine is lent until the last of them has ended, also where one has failed.
      await Promise.allSettled([result, ...totals]);
      const answers = await Promise.all(totals);
      return { compiled, ...(await result), totals: answers.map(({ answer }) => answer) };
    });
    stop?.({ outcome: 'ok' });
    metrics?.queryAnswers.inc({ source, from: result.from });
    return result;
  } catch (error) {
    const problem = problemOf(error, context);
    stop?.({ outcome: problem instanceof Problem ? problem.code : 'server_error' });
    throw problem;
  }
}

function keepMsOf({ cacheSeconds }: ContentModel, { isSnapshot }: Engine): number {
  if (cacheSeconds !== undefined) return cacheSeconds * 1000;
  return isSnapshot ? Number.POSITIVE_INFINITY : liveKeepMs;
}

/** A compiled query with its rows, and those of its totals in their order. */
interface Answered {
  readonly compiled: CompiledQuery;
  readonly answer: Answer;
  readonly totals: readonly Answer[];
}

function resultOf({ compiled, answer, totals }: Answered, { locale }: QueryRights): QueryResult {
  const { items } = compiled;
  const { rows, truncated } = answer;
  const writers = items.map((item) => valueWriter(specOf(item), locale));
  return {
    headers: items.map(({ jaql }) => jaql.title),
    metadata: items.map(({ jaql, format, panel }) => ({
      jaql,
      ...(format ? { format } : {}),
      ...(panel === undefined ? {} : { panel }),
    })),
    values: rows.map((row) =>
      writers.map((write, column) => {
        const data = row[column] ?? null;
        const cell = { data, text: write(data) };
        const { selected } = items[column] ?? {};
        return selected === undefined ? cell : { ...cell, selected: row[selected] === true };
      }),
    ),
    truncated,
    ...(compiled.totals === undefined
      ? {}
      : {
          totals: compiled.totals.map((total, index) =>
            totalsOf(total, items, totals[index], writers),
          ),
        }),
  };
}

/** The first of the dimensions that a total is over carries its title. */
function totalsOf(
  { by, across, title, cells }: CompiledTotals,
  items: readonly CompiledItem[],
  answer: Answer | undefined,
  writers: readonly ((value: Cell['data']) => string)[],
): ResultTotals {
  const titled = items.find(
    (item, column) => item.role === 'dimension' && cells[column] === undefined,
  );
  const values = (answer?.rows ?? []).map((row) =>
    items.map((item, column): Cell => {
      const cell = cells[column];
      const data = cell === undefined ? null : (row[cell] ?? null);
      if (cell !== undefined) return { data, text: writers[column]?.(data) ?? '' };
      return { data, text: item === titled ? (title ?? '') : '' };
    }),
  );
  const place = across === undefined ? { by } : { by, across };
  return { ...place, values, truncated: answer?.truncated ?? false };
}

function specOf({ jaql, format }: CompiledItem): ValueSpec {
  const { datatype, level } = jaql;
  return { datatype, ...(level ? { level } : {}), ...(format ? { format } : {}) };
}

/** Words of the language may be named; what columns there are is for `fields/search` to say, to who may see them (D-7). */
function hintFor({ code, hint }: JaqlError): string | undefined {
  // It would name what the query's own context has.
  if (code === 'formula_reference') return undefined;
  if (code === 'field_unknown') return 'POST …/fields/search lists the columns that there are.';
  return hint === undefined ? undefined : `Did you mean ${hint}?`;
}

/** A refusal that names no table, column, SQL or value (D-7); the log has the cause under the request's id. */
function problemOf(
  error: unknown,
  { log, requestId }: Pick<DataContext, 'log' | 'requestId'>,
): unknown {
  if (error instanceof JaqlError && error.code === 'parameter_missing') {
    return new Problem('parameter_missing', { cause: error });
  }
  if (error instanceof JaqlError) {
    const { pointer, message, position } = error;
    const hint = hintFor(error);
    const place = position === undefined ? '' : ` (character ${position + 1} of the formula)`;
    return new Problem('query_invalid', {
      detail: message,
      cause: error,
      errors: [{ pointer, message: `${message}${place}`, ...(hint === undefined ? {} : { hint }) }],
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
