/**
 * One query, one READ ONLY transaction, one connection of a small pool:
 *
 *   turn → connection → BEGIN READ ONLY, settings → rows → ROLLBACK → DISCARD ALL → back to the pool
 *                                    └ abort, time-out, row cap: closed, and terminated from another connection
 *
 * The rollback takes back every setting of the transaction, the discard whatever else a session can keep. A query is not
 * cancelled but its connection ended: a cancellation that comes before the query begins, or after it, would be without effect,
 * or meet another one.
 */
import { postgresDialect } from '@vitrine/jaql';
import { Pool, type PoolClient, type PoolConfig } from 'pg';
import type { Engine, EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { type OnFault, report } from '../engine-fault.ts';
import { Turns } from '../turns.ts';
import { withinLimits } from '../within-limits.ts';
import { checkServer } from './check-server.ts';
import { engineErrorOf } from './postgres-errors.ts';
import { readRows } from './read-rows.ts';

const begin = (timeoutMs: number) => `
  BEGIN TRANSACTION READ ONLY;
  SET LOCAL statement_timeout = ${Math.max(1, Math.ceil(timeoutMs))};
  SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO'; SET LOCAL extra_float_digits = 1;
  SELECT pg_backend_pid() AS pid`;

/** A PostgreSQL database. */
export class PostgresEngine implements Engine {
  readonly dialect = postgresDialect;
  readonly #pool: Pool;
  /** Ends what runs in the pool, which may be full. */
  readonly #ends: Pool;
  readonly #turns: Turns;
  readonly #running = new Set<Promise<void>>();
  readonly #closing = new AbortController();
  readonly #onFault: OnFault | undefined;

  constructor(config: PoolConfig & { readonly max: number }, onFault?: OnFault) {
    this.#onFault = onFault;
    this.#pool = new Pool(config);
    this.#ends = new Pool({ ...config, max: 1 });
    this.#turns = new Turns(config.max);
    for (const pool of [this.#pool, this.#ends]) {
      // What breaks under a query fails the query; what breaks at rest is replaced for the next one.
      pool.on('error', () => {});
      pool.on('connect', (client) => client.on('error', () => {}));
    }
  }

  /** Refuses a server that is too old and a role that may do more than read. Code `source_unavailable`. */
  async check(): Promise<void> {
    const client = await this.#connect();
    try {
      await checkServer(client);
    } catch (error) {
      throw engineErrorOf(error);
    } finally {
      client.release();
    }
  }

  query(query: EngineQuery): Promise<EngineRows> {
    return withinLimits(query, (signal) => {
      const answer = Promise.withResolvers<EngineRows>();
      const ended = AbortSignal.any([signal, this.#closing.signal]);
      const running = this.#turns
        .take(() => this.#run(query, ended, answer), ended)
        .catch(answer.reject)
        .finally(() => this.#running.delete(running));
      this.#running.add(running);
      return answer.promise;
    });
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new EngineError('source_unavailable', 'The engine is closed.'));
    await Promise.all(this.#running);
    await Promise.all([this.#pool.end(), this.#ends.end()]);
  }

  /** Answers as soon as there are rows; done when the connection is back or gone. */
  async #run(
    query: EngineQuery,
    signal: AbortSignal,
    answer: PromiseWithResolvers<EngineRows>,
  ): Promise<void> {
    const client = await this.#connect();
    const stopped = Promise.withResolvers<never>();
    const stop = () => stopped.reject(signal.reason);
    signal.addEventListener('abort', stop, { once: true });
    stopped.promise.catch(() => {});
    let pid: number | undefined;
    try {
      signal.throwIfAborted();
      pid = await Promise.race([stopped.promise, beginIn(client, query.timeoutMs)]);
      const rows = await Promise.race([stopped.promise, readRows(client, query)]);
      answer.resolve(rows);
      if (rows.truncated) await this.#end(client, pid);
      else await giveBack(client);
    } catch (error) {
      answer.reject(engineErrorOf(error));
      if (signal.aborted) await this.#end(client, pid);
      else await giveBack(client);
    } finally {
      signal.removeEventListener('abort', stop);
    }
  }

  async #connect(): Promise<PoolClient> {
    try {
      return await this.#pool.connect();
    } catch (error) {
      throw engineErrorOf(error);
    }
  }

  /** Ends a connection, and what runs on it. Where the server cannot be reached, `statement_timeout` ends the query. */
  async #end(client: PoolClient, pid: number | undefined): Promise<void> {
    // First of all, so that no further rows come in.
    client.release(true);
    if (pid === undefined) return;
    await this.#ends
      .query('SELECT pg_terminate_backend($1)', [pid])
      .catch((error: unknown) => report(this.#onFault, 'query_not_ended', error));
  }
}

async function beginIn(client: PoolClient, timeoutMs: number): Promise<number> {
  const results: unknown = await client.query(begin(timeoutMs));
  const last = (results as { rows: { pid: number }[] }[]).at(-1)?.rows[0];
  if (last === undefined) throw new EngineError('query_failed', 'The database gave no answer.');
  return last.pid;
}

/** Leaves nothing of one query on the connection; closes it where that fails. */
async function giveBack(client: PoolClient): Promise<void> {
  try {
    await client.query('ROLLBACK');
    await client.query('DISCARD ALL');
    client.release();
  } catch {
    client.release(true);
  }
}
