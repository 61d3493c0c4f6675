export { type DuckDbOptions, openDuckDb } from './duckdb/open-duckdb.ts';
export type { Engine, EngineCell, EngineQuery, EngineRows } from './engine.ts';
export { EngineError, type EngineErrorCode, engineErrors } from './engine-error.ts';
