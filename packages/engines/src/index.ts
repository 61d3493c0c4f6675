export { type DuckDbOptions, openDuckDb } from './duckdb/open-duckdb.ts';
export type { Engine, EngineCell, EngineQuery, EngineRows } from './engine.ts';
export { EngineError, type EngineErrorCode, engineErrors } from './engine-error.ts';
export type { QueueLimits } from './serving/fair-queue.ts';
export { QueryRunner, type QueryRunnerOptions, type Served } from './serving/query-runner.ts';
export type { Answer } from './serving/result-cache.ts';
