import type { Engine } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import type { OnFault } from '../engine-fault.ts';
import type { ClickHouseConfig, ClickHouseEngine } from './clickhouse-engine.ts';

/** A database, and how much of it we use. */
export interface ClickHouseOptions {
  /** `https://user:password@host:8443/database`. */
  readonly url: string;
  /** Queries at once; more wait. Default 8. */
  readonly connections?: number;
  /** Memory of one query on the server, bytes; a query that needs more fails. Default 4 GiB. */
  readonly maxMemoryBytes?: number;
  /** Default none. */
  readonly onFault?: OnFault | undefined;
}

const checkTimeoutMs = 10_000;

/** Connects to ClickHouse over HTTP. Code `source_unavailable`. */
export async function openClickHouse({
  url,
  connections = 8,
  maxMemoryBytes = 4 * 2 ** 30,
  onFault,
}: ClickHouseOptions): Promise<Engine> {
  const engine = await newEngine({ url, connections, maxMemoryBytes, onFault });
  try {
    await engine.check(checkTimeoutMs);
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The driver is loaded by those who use it. */
async function newEngine(config: ClickHouseConfig): Promise<ClickHouseEngine> {
  const { ClickHouseEngine } = await import('./clickhouse-engine.ts');
  try {
    return new ClickHouseEngine(config);
  } catch {
    // What the client says quotes the address, with its password.
    throw new EngineError('source_unavailable', 'The address of the database is not one.');
  }
}
