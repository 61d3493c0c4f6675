import type { IncomingMessage } from 'node:http';
import type { RequestHandler, Router } from 'express';
import type { Logger } from 'pino';
import type { Registry } from 'prom-client';
import { adminGate, requireAdmin } from './admin/require-admin.ts';
import { AuditLog } from './audit/audit-log.ts';
import { noAudit } from './audit/no-audit.ts';
import { ConfigurationCache } from './configurations/configuration-cache.ts';
import { type ConfigurationView, viewOf } from './configurations/configuration-view.ts';
import type { Directory } from './directory.ts';
import type { PlainHandler } from './http/plain-handler.ts';
import { KeyRing } from './keys/key-ring.ts';
import { KeyVault } from './keys/key-vault.ts';
import { resealKeys } from './keys/reseal-keys.ts';
import { SecretRing } from './keys/secret-ring.ts';
import { defaultLimits, type Limits } from './limits/limits.ts';
import { TokenBuckets } from './limits/token-buckets.ts';
import { redactError } from './log/redact-error.ts';
import { ServiceMetrics } from './metrics/service-metrics.ts';
import { createRouter, tokenPrefixes } from './router.ts';
import type { ServiceContext } from './service-context.ts';
import { authenticator } from './sessions/authenticate.ts';
import { createClaimsCache } from './sessions/claims-cache.ts';
import { countLiveSessions } from './sessions/count-live-sessions.ts';
import { exchangeToken } from './sessions/exchange.ts';
import type { LiveSession } from './sessions/live-session.ts';
import { measureCaps } from './sessions/measure-caps.ts';
import { purgeSessions } from './sessions/purge-sessions.ts';
import { steadyClock } from './sessions/steady-clock.ts';
import type { Store } from './store/store.ts';
import { DecryptGate } from './tokens/decrypt-gate.ts';
import { generateToken } from './tokens/generate-token.ts';
import { Minter } from './tokens/minter.ts';
import { createTokenCache } from './tokens/token-cache.ts';
import { TokenDecryptor } from './tokens/token-decryptor.ts';

const minute = 60_000;

/** What the token service is built from. */
export interface TokenServiceOptions {
  /** Stays the caller's: close it after the service. */
  readonly store: Store;
  /** 32 bytes; private keys are sealed with it. */
  readonly masterKey: Uint8Array;
  /** The master key until now: at the start, everything sealed with it is sealed anew with `masterKey`. Default none. */
  readonly previousMasterKey?: Uint8Array;
  /** At least 24 characters. */
  readonly adminToken: string;
  readonly directory: Directory;
  readonly log: Logger;
  /** Wall clock, UTC milliseconds. Default `Date.now`. */
  readonly clock?: () => number;
  /** Milliseconds passed, never backwards. Default the monotonic clock. */
  readonly elapsed?: () => number;
  /** Scheme, host and port at which browsers reach this service. Default the host that a request names. */
  readonly ownOrigin?: string;
  /** Milliseconds without a request after which a session ends. Default 30 minutes. */
  readonly idleTimeoutMs?: number;
  /** Milliseconds after which a session ends in any case. Default 12 hours. */
  readonly absoluteTimeoutMs?: number;
  /** Seconds by which issuers' clocks may differ from this one, 0 to 60. Default 0. */
  readonly clockToleranceSeconds?: number;
  /** What strangers can cost; those left out keep their defaults. */
  readonly limits?: Partial<Limits>;
  /** Folder of the audit files. Default none: nothing is written down but in `log`. */
  readonly auditFolder?: string;
  /** Where its metrics go. Default a registry of its own. */
  readonly registry?: Registry;
}

/** The token service, to be mounted into an Express app that ends in `problemHandler`. */
export interface TokenService {
  /** All routes, under `/api/v1/wat`, `/api/v1/web-access-tokens` and `/api/v1/sessions`. */
  readonly router: Router;
  /** Handlers of POST by path, for a listener that asks them in front of Express. */
  readonly viewerPosts: ReadonlyMap<string, PlainHandler>;
  readonly adminPosts: ReadonlyMap<string, PlainHandler>;
  /** Throws `Problem` `wat_is_not_a_bearer_token`, `session_unknown`, `session_ended`, `session_expired`, `origin_refused`, `subject_unknown`. */
  readonly authenticate: (request: IncomingMessage) => Promise<LiveSession>;
  readonly requireAdmin: RequestHandler;
  /** Whether any configuration in service names an origin. */
  readonly embeds: (origin: string) => Promise<boolean>;
  /** All metrics of the service. */
  readonly registry: Registry;
  /** Undefined: no such configuration. */
  readonly configurationOf: (kid: string) => Promise<ConfigurationView | undefined>;
  /** Stops its timers, waits for what it began and closes the audit log. The store stays open. */
  readonly close: () => Promise<void>;
}

/**
 * Builds the service and checks that the master key fits the state.
 * Throws `StateError` `master_key_wrong`, `store_unavailable`; `TypeError` for wrong options.
 */
export async function createTokenService(options: TokenServiceOptions): Promise<TokenService> {
  const { store, directory, log, clock } = options;
  const lifetime = {
    idleTimeoutMs: positive('idleTimeoutMs', options.idleTimeoutMs ?? 30 * minute),
    absoluteTimeoutMs: positive('absoluteTimeoutMs', options.absoluteTimeoutMs ?? 720 * minute),
  };
  const { clockToleranceSeconds = 0 } = options;
  if (!(clockToleranceSeconds >= 0 && clockToleranceSeconds <= 60)) {
    throw new TypeError('clockToleranceSeconds must lie between 0 and 60');
  }
  const enterAsAdmin = adminGate(options.adminToken);
  const checkAdmin = requireAdmin(enterAsAdmin);
  const vault = new KeyVault(options.masterKey);
  if (options.previousMasterKey !== undefined) {
    const isNew = await resealKeys(store, new KeyVault(options.previousMasterKey), vault);
    log.warn({ event: isNew ? 'master_key_rotated' : 'master_key_rotated_before' });
  }
  await vault.checkAgainst(store);

  const wallNow = clock ?? Date.now;
  const elapsed = options.elapsed ?? (() => performance.now());
  const keyRing = new KeyRing(vault);
  const metrics = new ServiceMetrics(options.registry);
  const limits = { ...defaultLimits, ...options.limits };
  const gate = new DecryptGate(limits, elapsed);
  const cache = createTokenCache({
    maxBytes: limits.rememberedBytes,
    maxEntries: limits.rememberedTokens,
  });
  const steadyNow = steadyClock(wallNow, elapsed);
  metrics.watch({
    decrypting: gate,
    remembered: cache,
    liveSessions: () => countLiveSessions({ store, lifetime, steadyNow }),
  });
  const { auditFolder: folder } = options;
  const audit = folder === undefined ? undefined : await AuditLog.open({ folder, log, wallNow });
  const context: ServiceContext = {
    ...{
      store,
      vault,
      directory,
      log,
      ownOrigin: options.ownOrigin,
      lifetime,
      clockToleranceSeconds,
      wallNow,
      steadyNow,
      keyRing,
      metrics,
    },
    audit: audit ?? noAudit,
    configurations: new ConfigurationCache(store, { elapsed }),
    decryptor: new TokenDecryptor({ keyRing, cache, gate, metrics }),
    claimsCache: createClaimsCache(),
    secretRing: new SecretRing(),
    minter: new Minter(),
    tests: new TokenBuckets({ ...limits.tests, elapsed }),
  };
  const authenticate = authenticator(context);
  const exchange = exchangeToken(context);
  const generate = generateToken(context, enterAsAdmin);
  const chores = [
    repeat(10 * minute, () => purgeSessions(context), log, 'session_purge_failed'),
    repeat(minute, () => measureCaps(context), log, 'cap_measuring_failed'),
  ];

  return {
    router: createRouter(context, { authenticate, requireAdmin: checkAdmin, exchange, generate }),
    viewerPosts: underBothPrefixes('sessionToken', exchange),
    adminPosts: underBothPrefixes('generate', generate),
    authenticate,
    requireAdmin: checkAdmin,
    embeds: (origin) => context.configurations.embeds(origin),
    registry: metrics.registry,
    configurationOf: async (kid) => {
      const configuration = await context.configurations.find(kid);
      return configuration && viewOf(configuration);
    },
    close: async () => {
      for (const stop of chores) await stop();
      await context.minter.close();
      await audit?.close();
    },
  };
}

function underBothPrefixes(name: string, handler: PlainHandler): ReadonlyMap<string, PlainHandler> {
  return new Map(tokenPrefixes.map((prefix) => [`${prefix}/${name}`, handler]));
}

/** Does the work now and again and again; what it throws goes to the log as `event`. Returns what stops it. */
function repeat(
  everyMs: number,
  work: () => Promise<void>,
  log: Logger,
  event: string,
): () => Promise<void> {
  const attempt = () =>
    work().catch((error: unknown) => log.error({ event, err: redactError(error) }));
  let running = attempt();
  const timer = setInterval(() => {
    running = attempt();
  }, everyMs).unref();
  return async () => {
    clearInterval(timer);
    await running;
  };
}

function positive(name: string, value: number): number {
  if (!(value > 0 && Number.isFinite(value))) throw new TypeError(`${name} must be positive`);
  return value;
}
