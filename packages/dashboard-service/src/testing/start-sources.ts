import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pino } from 'pino';
import { tempContent } from '../../test/temp-content.ts';
import { ContentStore } from '../content/content-store.ts';
import { DataSources, type DataSourcesOptions } from '../data/data-sources.ts';
import type { DataContext } from '../data/run-query.ts';

/** Everything a query needs but the rights, on a copy of the fixture content, without HTTP. */
export async function startSources(options: Pick<DataSourcesOptions, 'runner'> = {}) {
  const folder = await tempContent();
  const cacheDir = await mkdtemp(join(tmpdir(), 'vitrine-sources-'));
  const log = pino({ level: 'silent' });
  const sources = new DataSources({ cacheDir, log, ...options });
  const content = await ContentStore.open({
    folder: folder.folder,
    log,
    openSource: (model) => sources.open(model),
    onChange: (current) => sources.retain(current),
  });
  await content.firstTried();
  const context = (): Omit<DataContext, 'rights'> => ({
    content: content.current,
    ...{ sources, log, maxRows: 20_000, timeoutMs: 30_000, requestId: 'test', owner: 'test' },
    signal: new AbortController().signal,
    now: new Date('2024-06-01T00:00:00Z'),
  });
  return {
    folder,
    content,
    context,
    stop: async () => {
      content.close();
      await sources.close();
      await folder.dispose();
      await rm(cacheDir, { recursive: true });
    },
  };
}
