import { type Engine, EngineError, FairQueue, QueryRunner, Ticket } from '@vitrine/engines';
import { compileQuery, sampleParameters } from '@vitrine/jaql';
import type { Logger } from 'pino';
import type { Content, ContentModel } from '../content/content.ts';
import { CompiledQueries } from './compiled-queries.ts';
import { openSource } from './open-source.ts';
import { versionOf } from './version-of.ts';

export interface DataSourcesOptions {
  /** Where imported data is kept. */
  readonly cacheDir: string;
  readonly log: Logger;
  /** Addresses of databases, by the variables that models name. Default none. */
  readonly sourceUrls?: Readonly<Record<string, string | undefined>>;
  /** Memory of one engine, in DuckDB's notation. Default the engine's own. */
  readonly memoryLimit?: string;
  /** Threads of one engine. Default the engine's own. */
  readonly threads?: number;
  /** Default one with its own defaults. */
  readonly runner?: QueryRunner;
}

/** One that is open, opening, or failed to. */
interface KnownSource {
  readonly opening: Promise<OpenSource>;
  open?: OpenSource;
  /** By the monotonic clock. */
  failedAt?: number;
  /** It has answered. */
  serves?: true;
}

/** How long a query may wait for a source that opens. */
export interface Patience {
  readonly signal: AbortSignal;
  readonly timeoutMs: number;
}

interface OpenSource {
  readonly engine: Engine;
  users: number;
  isRetired: boolean;
}

const probeTimeoutMs = 30_000;
/** Sources opened at once: each import uses all processors as it is. */
const openedAtOnce = 4;
/** Not every query may start an import that has just failed, milliseconds. */
const retryMs = 2000;

/** The engines behind the models, one for each distinct source, opened before a model goes into service. */
export class DataSources {
  /** Runs what readers ask of the engines. */
  readonly runner: QueryRunner;
  /** Statements that they are asked with. */
  readonly compiled = new CompiledQueries();
  readonly #options: DataSourcesOptions;
  readonly #known = new Map<string, KnownSource>();
  readonly #line = new FairQueue({
    ...{ running: openedAtOnce, runningPerOwner: openedAtOnce },
    ...{ waiting: Number.POSITIVE_INFINITY, waitingPerOwner: Number.POSITIVE_INFINITY },
  });

  constructor(options: DataSourcesOptions) {
    this.#options = options;
    this.runner = options.runner ?? new QueryRunner();
  }

  /** Opens a model's source, if it is not, and reads one row of each table. Throws where either fails. */
  async open(model: ContentModel): Promise<void> {
    const known = this.#sourceOf(model);
    const source = await known.opening;
    for (const table of model.tables) {
      const metadata = table.columns.map(({ name }) => ({
        jaql: { table: table.name, column: name },
      }));
      const { text, params } = compileQuery(
        { metadata, ungroup: true, count: 1 },
        {
          model,
          dialect: source.engine.dialect,
          rules: [],
          parameters: sampleParameters(model),
          filters: [],
          now: new Date(0),
          timeZone: 'UTC',
          maxRows: 1,
        },
      );
      await source.engine.query({ text, params, maxRows: 1, timeoutMs: probeTimeoutMs });
    }
    known.serves = true;
  }

  /** True where the model's data has been read since its engine is open. */
  serves({ sourceKey }: ContentModel): boolean {
    return this.#known.get(sourceKey)?.serves === true;
  }

  /**
   * Lends the model's engine. It is not closed before the work is done.
   *
   * @throws EngineError `source_unavailable` where it cannot be opened, or not in time; `query_cancelled`
   */
  async use<Result>(
    model: ContentModel,
    patience: Patience,
    work: (engine: Engine) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#sourceOf(model);
    const source = known.open ?? (await inTime(known.opening, patience));
    source.users += 1;
    try {
      const result = await work(source.engine);
      known.serves = true;
      return result;
    } finally {
      source.users -= 1;
      if (source.isRetired && source.users === 0) await source.engine.close();
    }
  }

  /** Closes the sources that a content no longer names, each after its last query, and forgets their results. */
  retain({ models }: Content): void {
    this.runner.retain(new Set([...models.values()].map(versionOf)));
    const keys = new Set([...models.values()].map(({ sourceKey }) => sourceKey));
    for (const [key, { opening, failedAt }] of this.#known) {
      if (keys.has(key)) continue;
      this.#known.delete(key);
      if (failedAt === undefined) this.#retire(opening);
    }
  }

  async close(): Promise<void> {
    const all = [...this.#known.values()];
    this.#known.clear();
    await Promise.allSettled(all.map(async ({ opening }) => (await opening).engine.close()));
  }

  #sourceOf(model: ContentModel): KnownSource {
    const known = this.#known.get(model.sourceKey);
    const isDue = known?.failedAt !== undefined && performance.now() - known.failedAt >= retryMs;
    if (known && !isDue) return known;
    const source: KnownSource = { opening: this.#startInTurn(model) };
    this.#known.set(model.sourceKey, source);
    source.opening.then(
      (open) => {
        source.open = open;
      },
      () => {
        source.failedAt = performance.now();
      },
    );
    return source;
  }

  #startInTurn(model: ContentModel): Promise<OpenSource> {
    const { promise, resolve, reject } = Promise.withResolvers<OpenSource>();
    this.#line.add(new Ticket(() => this.#start(model).then(resolve, reject)), model.sourceKey);
    return promise;
  }

  async #start(model: ContentModel): Promise<OpenSource> {
    const { log } = this.#options;
    const startedAt = performance.now();
    const engine = await openSource(model, this.#options);
    const durationMs = Math.round(performance.now() - startedAt);
    log.info({ event: 'source.opened', dataSource: model.title, durationMs }, 'data source opened');
    return { engine, users: 0, isRetired: false };
  }

  #retire(opening: Promise<OpenSource>): void {
    opening
      .then((source) => {
        source.isRetired = true;
        return source.users === 0 ? source.engine.close() : undefined;
      })
      .catch((error: unknown) => {
        this.#options.log.warn({ err: error, event: 'source.close_failed' }, 'engine not closed');
      });
  }
}

function inTime<Result>(
  opening: Promise<Result>,
  { signal, timeoutMs }: Patience,
): Promise<Result> {
  const { promise, resolve, reject } = Promise.withResolvers<Result>();
  const timer = setTimeout(
    () => reject(new EngineError('source_unavailable', 'The data source is still opening.')),
    timeoutMs,
  );
  const leave = () => reject(new EngineError('query_cancelled', 'The query was cancelled.'));
  signal.addEventListener('abort', leave, { once: true });
  opening.then(resolve, reject);
  return promise.finally(() => {
    clearTimeout(timer);
    signal.removeEventListener('abort', leave);
  });
}
