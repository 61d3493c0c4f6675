import type { TokenService } from '@vitrine/token-service';
import type { Logger } from 'pino';
import type { ContentStore } from '../content/content-store.ts';
import type { DataSources } from '../data/data-sources.ts';
import type { RunningQueries } from '../data/running-queries.ts';
import type { ExportDesk } from '../export/export-desk.ts';
import type { DataMetrics } from '../metrics/data-metrics.ts';
import type { RightsCache } from '../rights/rights-cache.ts';

/** What routes are made of. */
export interface Services {
  readonly content: ContentStore;
  readonly tokens: TokenService;
  readonly rights: RightsCache;
  readonly sources: DataSources;
  readonly running: RunningQueries;
  readonly exports: ExportDesk;
  readonly metrics: DataMetrics;
  readonly log: Logger;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly maxRows: number;
  readonly queryTimeoutMs: number;
}
