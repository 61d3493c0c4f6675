import { mkdir } from 'node:fs/promises';
import type { RequestListener } from 'node:http';
import { join, resolve } from 'node:path';
import { QueryRunner, type QueueLimits } from '@vitrine/engines';
import {
  createTokenService,
  type Limits,
  openPostgresStore,
  openSqliteStore,
} from '@vitrine/token-service';
import type { Express } from 'express';
import type { Logger } from 'pino';
import { Registry } from 'prom-client';
import { ContentStore } from './content/content-store.ts';
import { createApp } from './create-app.ts';
import { DataSources } from './data/data-sources.ts';
import { RunningQueries } from './data/running-queries.ts';
import { withoutUndefined } from './environment/without-undefined.ts';
import { ExportDesk, type ExportLimits } from './export/export-desk.ts';
import { DataMetrics } from './metrics/data-metrics.ts';
import { openApiRouter } from './openapi/openapi-router.ts';
import { defaultAssets } from './pages/default-assets.ts';
import type { ViewerAssets } from './pages/viewer-assets.ts';
import { createDirectory } from './rights/directory.ts';
import { RightsCache } from './rights/rights-cache.ts';
import { adminRouter, exchangeOnly } from './routes/admin-router.ts';
import { healthRouter } from './routes/health-router.ts';
import { metricsRouter } from './routes/metrics-router.ts';
import type { Services } from './routes/services.ts';
import { sessionPosts, viewerRouter } from './routes/viewer-router.ts';
import { frontDoor } from './server/front-door.ts';
import { Readiness } from './server/readiness.ts';

export interface DashboardServiceConfig {
  /** Folder with dashboards, models, users, groups, themes. */
  readonly contentDir: string;
  /** Folder of imported data and of the state file. */
  readonly stateDir: string;
  /** A PostgreSQL database for the state, which several processes may share. Default a SQLite file in `stateDir`. */
  readonly databaseUrl?: string;
  /** 32 bytes. */
  readonly masterKey: Uint8Array;
  /** The master key until now: the start seals everything anew with `masterKey`. Default none. */
  readonly previousMasterKey?: Uint8Array;
  readonly adminToken: string;
  readonly log: Logger;
  /** Addresses of databases, by the variables that models name. Default none. */
  readonly sourceUrls?: Readonly<Record<string, string | undefined>>;
  /** True puts the admin plane into an app of its own and out of the first one. Default false. */
  readonly separateAdmin?: boolean;
  readonly trustProxy?: boolean | number | string;
  /** Built viewer and loader. Default those of the workspace. */
  readonly assets?: ViewerAssets;
  /** Scheme, host and port at which browsers reach the service. Default the host that a request names. */
  readonly ownOrigin?: string;
  /** Milliseconds since 1970. Default the system's clock. */
  readonly clock?: () => number;
  /** Most rows of one query. Default 20,000; a query that asks for more is refused. */
  readonly maxRows?: number;
  /** Milliseconds after which a query is stopped. Default 30,000. */
  readonly queryTimeoutMs?: number;
  /** Most memory of kept results, bytes, estimated; 0 keeps none. Default 64 MiB. */
  readonly resultCacheBytes?: number;
  /** How many queries run and wait, of one session and in all. Default those of `QueryRunner`. */
  readonly queryLimits?: Partial<QueueLimits>;
  /** Milliseconds without a request after which a session ends. Default that of the token service, 30 minutes. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds after which a session ends in any case. Default that of the token service, 12 hours. */
  readonly absoluteTimeoutMs?: number;
  /** Seconds by which issuers' clocks may differ from this one, 0 to 60. Default 0. */
  readonly clockToleranceSeconds?: number;
  /** What exports may take. Default those of `ExportDesk`. */
  readonly exportLimits?: Partial<ExportLimits>;
  /** What strangers can cost the exchange. Default `defaultLimits` of the token service. */
  readonly limits?: Partial<Limits>;
  /** Where metrics go, beside those of the process. Default a registry of its own. */
  readonly registry?: Registry;
  /** How often the content folder is compared even without a sign of change, milliseconds. Default 3,000. */
  readonly rescanIntervalMs?: number;
}

export interface DashboardService {
  readonly app: Express;
  /** The app behind a faster way in for exchanges and minting: for `http.createServer`. */
  readonly listener: RequestListener;
  /** The admin plane, where it was asked to be separate. */
  readonly adminListener: RequestListener | undefined;
  /** Resolves when each data source has been opened, or has failed once. */
  readonly opened: Promise<void>;
  /** Compares the content folder with what is in service now. */
  refreshContent(): Promise<void>;
  /** From now on not ready: for the time in which running requests end. */
  drain(): void;
  /** Closes engines and state. */
  close(): Promise<void>;
}

/** Builds the service: state, content, and the apps. It can serve at once; a query waits while its data source opens. */
export async function createDashboardService(
  config: DashboardServiceConfig,
): Promise<DashboardService> {
  const { log, clock = Date.now, masterKey, adminToken } = config;
  const stateDir = resolve(config.stateDir);
  const cacheDir = join(stateDir, 'data');
  await mkdir(cacheDir, { recursive: true, mode: 0o700 });
  const store = await (config.databaseUrl === undefined
    ? openSqliteStore(join(stateDir, 'state.sqlite'))
    : openPostgresStore(config.databaseUrl));
  const runner = new QueryRunner({
    ...(config.resultCacheBytes === undefined
      ? {}
      : { cache: { maxBytes: config.resultCacheBytes } }),
    ...(config.queryLimits && { limits: config.queryLimits }),
  });
  const sources = new DataSources({
    ...{ cacheDir, log, runner },
    ...(config.sourceUrls && { sourceUrls: config.sourceUrls }),
  });
  const content = await ContentStore.open({
    folder: resolve(config.contentDir),
    log,
    openSource: (model) => sources.open(model),
    onChange: (current) => sources.retain(current),
    ...(config.rescanIntervalMs === undefined ? {} : { rescanIntervalMs: config.rescanIntervalMs }),
  });
  const directory = createDirectory(() => content.current, { sources, log });
  const registry = config.registry ?? new Registry();
  const tokens = await createTokenService({
    ...{ store, masterKey, adminToken, directory, log, clock, registry },
    auditFolder: join(stateDir, 'audit'),
    ...withoutUndefined({
      previousMasterKey: config.previousMasterKey,
      limits: config.limits,
      idleTimeoutMs: config.idleTimeoutMs,
      absoluteTimeoutMs: config.absoluteTimeoutMs,
      ownOrigin: config.ownOrigin,
      clockToleranceSeconds: config.clockToleranceSeconds,
    }),
  });
  const metrics = new DataMetrics(registry);
  metrics.watch(runner);
  const services: Services = {
    content,
    tokens,
    sources,
    log,
    clock,
    rights: new RightsCache({ log }),
    running: new RunningQueries(),
    exports: new ExportDesk(config.exportLimits),
    metrics,
    maxRows: config.maxRows ?? 20_000,
    queryTimeoutMs: config.queryTimeoutMs ?? 30_000,
  };

  const readiness = new Readiness({ store, content, sources });
  let isDraining = false;
  const health = healthRouter(() => !isDraining && readiness.isReady());
  // Refusals of a source are in the log and in the content's problems.
  const opened = content.firstTried().catch(() => undefined);
  const posts = sessionPosts(services);
  const viewer = viewerRouter(services, config.assets ?? defaultAssets, posts);
  const admin = adminRouter(services);
  const appOptions = {
    log,
    ...(config.trustProxy === undefined ? {} : { trustProxy: config.trustProxy }),
  };
  const { separateAdmin = false } = config;
  const description = openApiRouter();
  // On a port of its own the port is the fence; beside the viewer's plane the metrics stand behind the admin's gate.
  const figures = metricsRouter(registry, separateAdmin ? [] : [tokens.requireAdmin]);
  const app = createApp(
    separateAdmin
      ? [health, description, viewer, exchangeOnly(tokens.router)]
      : [health, description, figures, viewer, admin, tokens.router],
    appOptions,
  );
  const allPosts = new Map([...tokens.viewerPosts, ...tokens.adminPosts]);
  return {
    app,
    opened,
    listener: frontDoor(app, {
      posts: separateAdmin ? tokens.viewerPosts : allPosts,
      sessionPosts: posts,
      crossOrigin: tokens,
      ...(config.ownOrigin === undefined ? {} : { ownOrigin: config.ownOrigin }),
      log,
    }),
    adminListener: separateAdmin
      ? frontDoor(createApp([health, description, figures, admin, tokens.router], appOptions), {
          posts: allPosts,
          log,
        })
      : undefined,
    refreshContent: async () => {
      await content.refresh();
    },
    drain: () => {
      isDraining = true;
    },
    close: async () => {
      isDraining = true;
      content.close();
      await services.exports.workers.close();
      await tokens.close();
      await sources.close();
      await store.close();
    },
  };
}
