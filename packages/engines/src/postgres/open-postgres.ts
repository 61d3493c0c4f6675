import type { Engine } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import type { OnFault } from '../engine-fault.ts';
import type { PostgresEngine } from './postgres-engine.ts';

/** A database, and how much of it we use. */
export interface PostgresOptions {
  /** `postgres://role:password@host:5432/database?sslmode=verify-full`. */
  readonly connectionString: string;
  /** Connections, each of which answers one query at a time; more queries wait. Default 8; one more ends those that are cancelled. */
  readonly connections?: number;
  /** Default none. */
  readonly onFault?: OnFault | undefined;
}

const connectTimeoutMs = 10_000;
const idleTimeoutMs = 60_000;

/** Connects to PostgreSQL 15 or later with a role that may only read. Code `source_unavailable`. */
export async function openPostgres({
  connectionString,
  connections = 8,
  onFault,
}: PostgresOptions): Promise<Engine> {
  const engine = await newEngine(connectionString, connections, onFault);
  try {
    await engine.check();
    return engine;
  } catch (error) {
    await engine.close();
    throw error;
  }
}

/** The driver is loaded by those who use it. */
async function newEngine(
  connectionString: string,
  max: number,
  onFault: OnFault | undefined,
): Promise<PostgresEngine> {
  const { PostgresEngine } = await import('./postgres-engine.ts');
  try {
    const config = {
      connectionString,
      max,
      connectionTimeoutMillis: connectTimeoutMs,
      idleTimeoutMillis: idleTimeoutMs,
      application_name: 'vitrine',
      keepAlive: true,
    };
    return new PostgresEngine(config, onFault);
  } catch {
    // What the driver says quotes the address, with its password.
    throw new EngineError('source_unavailable', 'The address of the database is not one.');
  }
}
