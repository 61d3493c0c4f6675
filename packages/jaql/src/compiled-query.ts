import type { CompiledItem, Scope } from './plan/query.ts';
import type { Dialect, SqlParam } from './sql/dialect.ts';

/** A scope and the engine's way of writing SQL. */
export interface CompileContext extends Scope {
  readonly dialect: Dialect;
}

/** One statement, as plain data. It asks for one row more than `limit`, so that a reader who stops at `limit` knows of a cut. */
export interface CompiledQuery {
  readonly text: string;
  readonly params: readonly SqlParam[];
  readonly items: readonly CompiledItem[];
  readonly limit: number;
}
