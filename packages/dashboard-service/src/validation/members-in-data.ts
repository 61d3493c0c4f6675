/**
 * Rows for administrators alone: the members that a column really has, under no rule of anybody. Only the test of a token asks,
 * behind the admin token; no route of a session leads here.
 */
import type { EngineCell } from '@vitrine/engines';
import { runQuery } from '../data/run-query.ts';
import type { DataCheckContext } from './check-data.ts';
import type { RuleTarget } from './check-rules.ts';

/** Bounds of what one test of a token may ask of the data. */
export const memberLimits = {
  /** Members looked up in one column; one query each column. */
  perColumn: 1_000,
  columns: 50,
  /** Members of a text column read in search of one that differs by blanks. */
  compared: 10_000,
  /** For all queries of a test together, milliseconds. */
  deadlineMs: 5_000,
} as const;

/** Which of some members a column has. Members must be values of its type. Throws `Problem` as `runQuery` does. */
export async function membersAmong(
  members: readonly (string | number)[],
  target: Pick<RuleTarget, 'rule' | 'model' | 'column'>,
  asking: Asking,
): Promise<EngineCell[]> {
  const { table, column } = target.rule;
  const item = { jaql: { table, column, filter: { members } } };
  const query = { metadata: [item], count: Math.max(1, members.length) };
  return cellsOf({ kind: 'query', source: target.model.title, query, filters: [] }, asking);
}

/** The first members of a column, in its order. Throws `Problem` as `runQuery` does. */
export async function firstMembers(
  { rule: { table, column }, model }: Pick<RuleTarget, 'rule' | 'model'>,
  asking: Asking,
): Promise<EngineCell[]> {
  const request = { dim: `[${table}.${column}]`, count: memberLimits.compared };
  return cellsOf({ kind: 'members', source: model.title, request }, asking);
}

export interface Asking extends DataCheckContext {
  /** Ends all queries of the test. */
  readonly signal: AbortSignal;
}

async function cellsOf(
  request: Parameters<typeof runQuery>[0],
  { content, sources, log, signal }: Asking,
): Promise<EngineCell[]> {
  const { values } = await runQuery(request, {
    ...{ content, sources, log, signal },
    rights: { rules: new Map([[request.source, []]]), timeZone: 'UTC', locale: 'en-US' },
    now: new Date(0),
    maxRows: memberLimits.compared,
    timeoutMs: memberLimits.deadlineMs,
    ...{ requestId: 'token-test', owner: 'token-test' },
  });
  return values.flatMap((row) => row.slice(0, 1).map(({ data }) => data));
}
