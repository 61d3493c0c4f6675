export { type ClickHouseOptions, openClickHouse } from './clickhouse/open-clickhouse.ts';
export { type DuckDbOptions, openDuckDb } from './duckdb/open-duckdb.ts';
export type { Engine, EngineCell, EngineQuery, EngineRows } from './engine.ts';
export { EngineError, type EngineErrorCode, engineErrors } from './engine-error.ts';
export type { EngineFault, OnFault } from './engine-fault.ts';
export { openPostgres, type PostgresOptions } from './postgres/open-postgres.ts';
export { FairQueue, type QueueLimits, Ticket } from './serving/fair-queue.ts';
export { QueryRunner, type QueryRunnerOptions, type Served } from './serving/query-runner.ts';
export type { Answer } from './serving/result-cache.ts';
