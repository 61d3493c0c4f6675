import type { AclRule } from '@vitrine/claims';
import { type Engine, EngineError } from '@vitrine/engines';
import {
  type CompiledQuery,
  type CompiledTotals,
  compileMembers,
  compileQuery,
  JaqlError,
  type Model,
} from '@vitrine/jaql';
import {
  type EngineName,
  engineNames,
  type OpenedEngine,
  openers,
  statementsOf,
} from '../harness/three-engines.ts';
import { allowedPlaces } from './allowed-rows.ts';
import type { Case } from './arbitrary-query.ts';
import { inOneOrder, type Rows } from './compare-rows.ts';
import { starModel } from './star-schema.ts';
import { copySql, star, starTables } from './star-tables.ts';

/** What a case came to: rows, or the code of its refusal. */
export type Outcome =
  | { readonly rows: Rows; readonly totals?: readonly Rows[] }
  | { readonly code: string };

/** Engines that have the physical copies; all of them have the whole. */
export const copiedOn = ['duckdb', 'postgres'] as const;
const now = new Date('2020-03-29T01:30:00Z');
const whole = starModel('full_');

export interface StarEngines {
  /**
   * Statements that DuckDB refused with an internal error. Its optimizer has one for a statement in some thousands (1.5.6,
   * between compressed materialization and column lifetimes); switching that off costs groups of texts half their speed.
   */
  readonly refusedByDuckDb: number;
  /** Runs a case under rules, on the whole. */
  secured(engine: EngineName, asked: Case, rules: readonly AclRule[]): Promise<Outcome>;
  /** Runs a case without rules, on the copy of what the rule set at this place allows. */
  onCopy(engine: (typeof copiedOn)[number], asked: Case, ruleSet: number): Promise<Outcome>;
  close(): Promise<void>;
}

/** The star on three engines, and on two of them a physical copy for each set of rules. */
export async function openStar(ruleSets: readonly (readonly AclRule[])[]): Promise<StarEngines> {
  const copies = ruleSets.flatMap((rules, index) =>
    copySql(allowedPlaces(star, rules), 'full_', `copy${index}_`),
  );
  const opened = new Map<EngineName, OpenedEngine>();
  for (const name of engineNames) {
    const tables = starTables('full_').flatMap((table) => statementsOf(name, table));
    const isCopied = copiedOn.some((one) => one === name);
    opened.set(name, await openers[name]([...tables, ...(isCopied ? copies : [])]));
  }
  let refusedByDuckDb = 0;
  const run = async (name: EngineName, asked: Case, prefix: string, rules: readonly AclRule[]) => {
    const { engine } = opened.get(name) ?? missing();
    try {
      return await outcomeOf(engine, asked, { rules, model: modelOf(prefix) });
    } catch (error) {
      if (name !== 'duckdb' || !(error instanceof EngineError)) throw error;
      refusedByDuckDb += 1;
      return { code: error.code };
    }
  };
  return {
    get refusedByDuckDb() {
      return refusedByDuckDb;
    },
    secured: (name, asked, rules) => run(name, asked, 'full_', rules),
    onCopy: (name, asked, ruleSet) => run(name, asked, `copy${ruleSet}_`, []),
    async close() {
      for (const { close } of opened.values()) await close();
    },
  };
}

/** Compiles a case for an engine and runs it. */
export async function outcomeOf(
  engine: Engine,
  { query, members, ...inForce }: Case,
  { rules, model = whole }: { readonly rules: readonly AclRule[]; readonly model?: Model },
): Promise<Outcome> {
  const scope = { model, dialect: engine.dialect, rules, now, timeZone: 'Europe/Vienna' };
  const context = { ...scope, ...inForce, maxRows: 20_000 };
  const rowsOf = async ({ text, params, limit }: CompiledQuery | CompiledTotals) =>
    (await engine.query({ text, params, maxRows: limit, timeoutMs: 20_000 })).rows;
  try {
    const compiled =
      members === undefined
        ? compileQuery(query ?? missing(), context)
        : compileMembers(members, context);
    const rows = await rowsOf(compiled);
    if (compiled.totals === undefined) {
      return { rows: query?.ungroup === true ? inOneOrder(rows) : rows };
    }
    const totals: Rows[] = [];
    for (const total of compiled.totals) totals.push(await rowsOf(total));
    return { rows, totals };
  } catch (error) {
    if (error instanceof JaqlError) return { code: error.code };
    throw error;
  }
}

const modelOf = (prefix: string) => (prefix === 'full_' ? whole : starModel(prefix));

function missing(): never {
  throw new TypeError('A case asks for something, of an engine that is open.');
}
