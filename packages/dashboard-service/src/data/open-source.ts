import {
  type Engine,
  EngineError,
  type EngineFault,
  openClickHouse,
  openDuckDb,
  openPostgres,
} from '@vitrine/engines';
import type { ContentModel } from '../content/content.ts';
import type { DataSourcesOptions } from './data-sources.ts';

/** Opens the engine of a source. Code `source_unavailable`, also for a variable that is not there. */
export async function openSource(
  { source, title }: ContentModel,
  options: DataSourcesOptions,
): Promise<Engine> {
  const onFault = ({ what, reason }: EngineFault) =>
    options.log.warn({ event: `source.${what}`, dataSource: title, reason }, 'left by a query');
  if (source.engine === 'duckdb') {
    const { engine: _engine, ...data } = source;
    const { cacheDir, memoryLimit, threads } = options;
    return openDuckDb({
      ...data,
      ...{ cacheDir, onFault },
      ...(memoryLimit === undefined ? {} : { memoryLimit }),
      ...(threads === undefined ? {} : { threads }),
    });
  }
  const { engine, env, connections } = source;
  const address = options.sourceUrls?.[env]?.trim();
  if (!address) {
    throw new EngineError('source_unavailable', `The environment has no variable ${env}.`);
  }
  const limits = { ...(connections === undefined ? {} : { connections }), onFault };
  return engine === 'postgres'
    ? openPostgres({ connectionString: address, ...limits })
    : openClickHouse({ url: address, ...limits });
}
