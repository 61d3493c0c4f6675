import {
  type Engine,
  EngineError,
  openClickHouse,
  openDuckDb,
  openPostgres,
} from '@vitrine/engines';
import type { SourceDefinition } from '../content/content.ts';
import type { DataSourcesOptions } from './data-sources.ts';

/** Opens the engine of a source. Code `source_unavailable`, also for a variable that is not there. */
export async function openSource(
  source: SourceDefinition,
  options: DataSourcesOptions,
): Promise<Engine> {
  if (source.engine === 'duckdb') {
    const { engine: _engine, ...data } = source;
    const { cacheDir, memoryLimit, threads } = options;
    return openDuckDb({
      ...data,
      cacheDir,
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(threads === undefined ? {} : { threads }),
    });
  }
  const { engine, env, connections } = source;
  const address = options.sourceUrls?.[env]?.trim();
  if (!address) {
    throw new EngineError('source_unavailable', `The environment has no variable ${env}.`);
  }
  const limits = connections === undefined ? {} : { connections };
  return engine === 'postgres'
    ? openPostgres({ connectionString: address, ...limits })
    : openClickHouse({ url: address, ...limits });
}
