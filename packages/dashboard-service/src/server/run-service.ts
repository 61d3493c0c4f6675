import { access, constants, mkdir, stat } from 'node:fs/promises';
import type { RequestListener, Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';
import { redactError, StateError } from '@vitrine/token-service';
import { collectDefaultMetrics, Registry } from 'prom-client';
import { createApp } from '../create-app.ts';
import { createDashboardService, type DashboardService } from '../create-dashboard-service.ts';
import { EnvironmentError } from '../environment/environment-error.ts';
import type { Environment } from '../environment/read-environment.ts';
import { readSecrets } from '../environment/read-secrets.ts';
import { healthRouter } from '../routes/health-router.ts';
import { createHttpServer } from './create-http-server.ts';
import { createLog, type Log } from './create-log.ts';

export interface RunningService {
  /** Takes no new connections, lets running requests end (at most 10 s), closes engines (at most 10 s), state and log. */
  stop(): Promise<void>;
  /** Writes down a fault that nothing caught, without what looks like a secret. */
  reportFault(error: unknown): void;
}

const drainMs = 10_000;

/**
 * Listens at once, and resolves when it serves: state and content are read. Says so in the log when each data source has been
 * opened, or has failed once.
 *
 * @throws EnvironmentError; errors of the token service's state
 */
export async function runService(environment: Environment): Promise<RunningService> {
  const log = createLog(environment.logLevel);
  try {
    return await run(environment, log);
  } catch (error) {
    await log.end();
    throw error;
  }
}

async function run(environment: Environment, { log, end }: Log): Promise<RunningService> {
  const { host, port, adminPort, trustProxy, stateDir, contentDir, databaseUrl } = environment;
  const { previousMasterKey } = environment;
  const { connections: given, ...limits } = environment.limits;
  await requireFolder(contentDir);
  await requireStateFolder(stateDir);
  const secrets = await readSecrets(environment, log);
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });

  const starting = createApp([healthRouter(() => false)], { log });
  let answer: RequestListener = starting;
  let answerAdmin: RequestListener = starting;
  // Behind a proxy all connections are the proxy's.
  const connections = { ...(trustProxy !== false && { perAddress: Infinity }), ...given };
  const server = createHttpServer((request, response) => answer(request, response), connections);
  const adminServer =
    adminPort === undefined
      ? undefined
      : createHttpServer((request, response) => answerAdmin(request, response), connections);
  const servers = [server, ...(adminServer ? [adminServer] : [])];
  let service: DashboardService;
  try {
    await listen(server, host, port, 'PORT');
    if (adminServer) await listen(adminServer, host, adminPort ?? 0, 'ADMIN_PORT');
    service = await createDashboardService({
      ...{ contentDir, stateDir, log, trustProxy, registry },
      ...environment.serving,
      ...limits,
      sourceUrls: environment.sourceUrls,
      masterKey: secrets.masterKey,
      ...(previousMasterKey && { previousMasterKey }),
      adminToken: secrets.adminToken,
      ...(environment.publicUrl === undefined
        ? {}
        : { ownOrigin: new URL(environment.publicUrl).origin }),
      ...(databaseUrl === undefined ? {} : { databaseUrl }),
      separateAdmin: adminServer !== undefined,
    });
  } catch (error) {
    for (const open of servers) open.close();
    throw databaseUrl === undefined ? error : namingDatabaseUrl(error);
  }
  answer = service.listener;
  answerAdmin = service.adminListener ?? starting;
  let isStopping = false;
  const sayListening = () => {
    if (isStopping) return;
    const url = environment.publicUrl ?? urlOf(server);
    // Whoever waits for this line gets it at every log level.
    log.child({}, { level: 'info' }).info(
      {
        event: 'listening',
        url,
        ...(adminServer ? { adminUrl: urlOf(adminServer) } : {}),
        ...(secrets.adminTokenFile === undefined ? {} : { adminTokenFile: secrets.adminTokenFile }),
      },
      `listening ${url}`,
    );
  };
  void service.opened.then(sayListening);
  return {
    stop: async () => {
      isStopping = true;
      service.drain();
      await Promise.all(servers.map(drain));
      // An import under way may take longer; its process ends with this one.
      await Promise.race([service.close(), pause(drainMs)]);
      log.info({ event: 'stopped' }, 'stopped');
      await end();
    },
    reportFault: (error) => {
      log.fatal({ event: 'fault', err: redactError(error) }, 'stopping after a fault');
    },
  };
}

function namingDatabaseUrl(error: unknown): unknown {
  const codes: readonly string[] = ['store_unavailable', 'store_unsupported'];
  return error instanceof StateError && codes.includes(error.code)
    ? new EnvironmentError(
        'DATABASE_URL',
        `names a database that cannot be used. ${error.message}`,
        { cause: error },
      )
    : error;
}

async function requireFolder(contentDir: string): Promise<void> {
  const found = await stat(contentDir).catch(() => undefined);
  if (!found?.isDirectory()) throw new EnvironmentError('CONTENT_DIR', 'does not name a folder.');
}

async function requireStateFolder(stateDir: string): Promise<void> {
  try {
    await mkdir(stateDir, { recursive: true, mode: 0o700 });
    await access(stateDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new EnvironmentError('STATE_DIR', `does not name a folder to write in (${code}).`, {
      cause: error,
    });
  }
}

function listen(server: Server, host: string, port: number, variable: string): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const where = ['EADDRNOTAVAIL', 'ENOTFOUND', 'EAI_AGAIN'].includes(error.code ?? '')
        ? 'HOST'
        : variable;
      reject(
        new EnvironmentError(where, `cannot be listened on (${error.code}).`, { cause: error }),
      );
    });
    server.listen(port, host, resolve);
  });
}

function urlOf(server: Server): string {
  const { address, port, family } = server.address() as AddressInfo;
  return `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const cut = setTimeout(() => server.closeAllConnections(), drainMs);
    server.close(() => {
      clearTimeout(cut);
      resolve();
    });
    server.closeIdleConnections();
  });
}
