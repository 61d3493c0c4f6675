import { type Engine, openDuckDb, QueryRunner } from '@vitrine/engines';
import { compileQuery } from '@vitrine/jaql';
import type { Logger } from 'pino';
import type { Content, ContentModel } from '../content/content.ts';
import { versionOf } from './version-of.ts';

export interface DataSourcesOptions {
  /** Where imported data is kept. */
  readonly cacheDir: string;
  readonly log: Logger;
  /** Memory of one engine, in DuckDB's notation. Default the engine's own. */
  readonly memoryLimit?: string;
  /** Threads of one engine. Default the engine's own. */
  readonly threads?: number;
  /** Default one with its own defaults. */
  readonly runner?: QueryRunner;
}

interface OpenSource {
  readonly engine: Engine;
  users: number;
  isRetired: boolean;
}

const probeTimeoutMs = 30_000;

/** The engines behind the models, one for each distinct source, opened before a model goes into service. */
export class DataSources {
  /** Runs what readers ask of the engines. */
  readonly runner: QueryRunner;
  readonly #options: DataSourcesOptions;
  readonly #open = new Map<string, Promise<OpenSource>>();

  constructor(options: DataSourcesOptions) {
    this.#options = options;
    this.runner = options.runner ?? new QueryRunner();
  }

  /** Opens a model's source, if it is not, and reads one row of each table. Throws where either fails. */
  async open(model: ContentModel): Promise<void> {
    const source = await this.#sourceOf(model);
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
          filters: [],
          now: new Date(0),
          timeZone: 'UTC',
          maxRows: 1,
        },
      );
      await source.engine.query({ text, params, maxRows: 1, timeoutMs: probeTimeoutMs });
    }
  }

  /** Lends the model's engine. It is not closed before the work is done. */
  async use<Result>(
    model: ContentModel,
    work: (engine: Engine) => Promise<Result>,
  ): Promise<Result> {
    const source = await this.#sourceOf(model);
    source.users += 1;
    try {
      return await work(source.engine);
    } finally {
      source.users -= 1;
      if (source.isRetired && source.users === 0) await source.engine.close();
    }
  }

  /** Closes the sources that a content no longer names, each after its last query, and forgets their results. */
  retain({ models }: Content): void {
    this.runner.retain(new Set([...models.values()].map(versionOf)));
    const keys = new Set([...models.values()].map(({ sourceKey }) => sourceKey));
    for (const [key, opening] of this.#open) {
      if (keys.has(key)) continue;
      this.#open.delete(key);
      this.#retire(opening);
    }
  }

  async close(): Promise<void> {
    const all = [...this.#open.values()];
    this.#open.clear();
    await Promise.allSettled(all.map(async (opening) => (await opening).engine.close()));
  }

  #sourceOf(model: ContentModel): Promise<OpenSource> {
    const known = this.#open.get(model.sourceKey);
    if (known) return known;
    const opening = this.#start(model);
    this.#open.set(model.sourceKey, opening);
    opening.catch(() => {
      if (this.#open.get(model.sourceKey) === opening) this.#open.delete(model.sourceKey);
    });
    return opening;
  }

  async #start({ source, title }: ContentModel): Promise<OpenSource> {
    const { cacheDir, log, memoryLimit, threads } = this.#options;
    const startedAt = performance.now();
    const engine = await openDuckDb({
      ...source,
      cacheDir,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(threads === undefined ? {} : { threads }),
    });
    const durationMs = Math.round(performance.now() - startedAt);
    log.info({ event: 'source.opened', dataSource: title, durationMs }, 'data source opened');
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
