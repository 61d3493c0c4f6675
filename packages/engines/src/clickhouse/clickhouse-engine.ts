/**
 * One query, one HTTP request. The settings that its meaning and its limits need go with each, `readonly` too where the
 * user's own profile does not set it: no statement of ours can write, whatever the user may.
 */
import { randomUUID } from 'node:crypto';
import {
  type ClickHouseClient,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import { clickHouseDialect } from '@vitrine/jaql';
import type { Engine, EngineQuery, EngineRows } from '../engine.ts';
import { EngineError } from '../engine-error.ts';
import { type OnFault, report } from '../engine-fault.ts';
import { Turns } from '../turns.ts';
import { withinLimits } from '../within-limits.ts';
import { cellReader } from './cell-reader.ts';
import { engineErrorOf } from './clickhouse-errors.ts';
import { queryParams } from './query-params.ts';

/** What the dialect and the reading of cells take for granted. */
const meaning: ClickHouseSettings = {
  join_use_nulls: 1,
  transform_null_in: 0,
  enable_positional_arguments: 1,
  session_timezone: 'UTC',
  date_time_output_format: 'iso',
  output_format_json_quote_64bit_integers: 1,
  output_format_json_quote_decimals: 1,
  output_format_json_quote_denormals: 0,
  // Semi-joins with distributed tables are sent to every shard instead of refused.
  distributed_product_mode: 'global',
};

/** How far a request may go beyond the time-out that the server has been told of, milliseconds. */
const answerGraceMs = 60_000;
/** A query's own time-out is shorter. */
const longestRequestMs = 3_600_000;

const noSettings = 'It takes no settings with a query.';
const tooOld = 'Its version is older than 26.7.';

interface Answer {
  readonly meta: readonly { readonly type: string }[];
  readonly data: readonly (readonly (string | number | boolean | null)[])[];
}

/** Address and limits of a ClickHouse server. */
export interface ClickHouseConfig {
  readonly url: string;
  readonly connections: number;
  readonly maxMemoryBytes: number;
  readonly onFault?: OnFault | undefined;
}

/** A ClickHouse database. */
export class ClickHouseEngine implements Engine {
  readonly dialect = clickHouseDialect;
  readonly #client: ClickHouseClient;
  readonly #turns: Turns;
  readonly #maxMemoryBytes: number;
  readonly #onFault: OnFault | undefined;
  /** The profile of the user says `readonly` itself, and then it cannot be said again; so until that is known. */
  #isReadOnly = true;
  readonly #closing = new AbortController();

  constructor({ url, connections, maxMemoryBytes, onFault }: ClickHouseConfig) {
    this.#client = createClient({
      url,
      application: 'vitrine',
      max_open_connections: connections,
      request_timeout: longestRequestMs + answerGraceMs,
      // Long lists of members are too long for an address.
      use_multipart_params_auto: true,
      // What the client logs quotes statements and values.
      log: { level: ClickHouseLogLevel.OFF },
    });
    this.#turns = new Turns(connections);
    this.#maxMemoryBytes = maxMemoryBytes;
    this.#onFault = onFault;
  }

  /** Refuses a server that gives other answers than the dialect counts on. Code `source_unavailable`. */
  async check(timeoutMs: number): Promise<void> {
    const ask = async (text: string, fault: string) => {
      const asked = this.query({ text, params: [], maxRows: 1, timeoutMs });
      const { rows } = await asked.catch((error: EngineError) => {
        throw error.code === 'query_failed' ? refused(fault) : error;
      });
      return rows[0] ?? [];
    };
    const [readOnly] = await ask("SELECT getSetting('readonly')", noSettings);
    this.#isReadOnly = readOnly !== 0;
    const facts = await ask(
      `SELECT getSetting('join_use_nulls'),
        toDateTime64(date_trunc('Year', toDateTime64('0005-06-07 00:00:00', 6, 'UTC')), 6, 'UTC'),
        lowerUTF8('Ä')`,
      tooOld,
    );
    if (JSON.stringify(facts) !== JSON.stringify([true, '0005-01-01T00:00:00', 'ä'])) {
      throw refused(tooOld);
    }
  }

  query(query: EngineQuery): Promise<EngineRows> {
    return withinLimits(query, (limit) => {
      const signal = AbortSignal.any([limit, this.#closing.signal]);
      return this.#turns.take(() => this.#run(query, signal), signal);
    });
  }

  async close(): Promise<void> {
    if (this.#closing.signal.aborted) return;
    this.#closing.abort(new EngineError('source_unavailable', 'The engine is closed.'));
    await this.#client.close();
  }

  async #run({ text, params, maxRows, timeoutMs }: EngineQuery, signal: AbortSignal) {
    signal.throwIfAborted();
    const id = randomUUID();
    const onAbort = () => void this.#kill(id);
    signal.addEventListener('abort', onAbort, { once: true });
    try {
      const result = await this.#client.query({
        query: text,
        query_params: queryParams(params),
        query_id: id,
        abort_signal: signal,
        format: 'JSONCompact',
        clickhouse_settings: { ...meaning, ...this.#limits(maxRows, timeoutMs) },
      });
      return rowsOf((await result.json()) as Answer, maxRows);
    } catch (error) {
      throw signal.aborted ? signal.reason : engineErrorOf(error);
    } finally {
      signal.removeEventListener('abort', onAbort);
    }
  }

  #limits(maxRows: number, timeoutMs: number): ClickHouseSettings {
    return {
      ...(this.#isReadOnly ? {} : { readonly: '1' }),
      max_execution_time: Math.max(1, Math.ceil(timeoutMs / 1_000)),
      timeout_overflow_mode: 'throw',
      max_result_rows: String(maxRows + 1),
      result_overflow_mode: 'break',
      max_memory_usage: String(this.#maxMemoryBytes),
      cancel_http_readonly_queries_on_client_close: 1,
    };
  }

  /** Beside the closing of its connection; where it fails, that and `max_execution_time` end the query. */
  async #kill(id: string): Promise<void> {
    const query = 'KILL QUERY WHERE query_id = {id:String} ASYNC';
    await this.#client
      .command({ query, query_params: { id } })
      .catch((error: unknown) => report(this.#onFault, 'query_not_ended', error));
  }
}

function rowsOf({ meta, data }: Answer, maxRows: number): EngineRows {
  const readers = meta.map(({ type }) => cellReader(type));
  const rows = data
    .slice(0, maxRows)
    .map((row) => row.map((value, column) => readers[column]?.(value) ?? null));
  return { rows, truncated: data.length > maxRows };
}

function refused(reason: string): EngineError {
  return new EngineError('source_unavailable', `The server cannot be used. ${reason}`);
}
