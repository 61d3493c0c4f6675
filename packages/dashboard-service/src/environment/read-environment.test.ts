import { randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { defaultLimits } from '@vitrine/token-service';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { EnvironmentError } from './environment-error.ts';
import { readEnvironment } from './read-environment.ts';

const least = { STATE_DIR: '/state', CONTENT_DIR: '/content' };

describe('readEnvironment', () => {
  it(verifies('OPS-1', 'needs two folders and nothing else'), () => {
    expect(readEnvironment(least)).toMatchObject({
      port: 4700,
      host: '127.0.0.1',
      publicUrl: undefined,
      stateDir: '/state',
      contentDir: '/content',
      databaseUrl: undefined,
      masterKey: undefined,
      previousMasterKey: undefined,
      adminToken: undefined,
      adminPort: undefined,
      trustProxy: false,
      logLevel: 'info',
      serving: { queryLimits: {}, exportLimits: {} },
      sourceUrls: {},
    });
  });

  it('reads every variable', () => {
    const key = randomBytes(32);
    const read = readEnvironment({
      ...least,
      PORT: '0',
      HOST: '0.0.0.0',
      PUBLIC_URL: 'https://bi.example.com/',
      DATABASE_URL: 'postgres://vitrine:secret@db.example.com/state?sslmode=verify-full',
      MASTER_KEY: key.toString('base64'),
      ADMIN_TOKEN: 'a-long-token-for-the-admin-plane',
      ADMIN_PORT: '4701',
      TRUST_PROXY: 'loopback, 10.0.0.0/8',
      LOG_LEVEL: 'debug',
      MAX_ROWS: '50000',
      QUERY_TIMEOUT_MS: '60000',
      RESULT_CACHE_MB: '0',
      QUERIES_RUNNING: '8',
      QUERIES_RUNNING_PER_SESSION: '2',
      QUERIES_WAITING: '100',
      QUERIES_WAITING_PER_SESSION: '0',
      EXPORTS_RUNNING: '1',
      EXPORTS_WAITING: '0',
      EXPORT_TIMEOUT_MS: '90000',
      EXPORT_MAX_ROWS: '5000',
      SESSION_IDLE_TIMEOUT: '600',
      SESSION_ABSOLUTE_TIMEOUT: '3600',
      CLOCK_TOLERANCE: '5',
      FAILURES_PER_ADDRESS_BURST: '50',
      FAILURES_PER_CONFIGURATION_RATE: '20',
      REMEMBERED_MB: '1',
      MAX_CONNECTIONS: '5000',
    });
    expect(read.limits).toEqual({
      ...{ idleTimeoutMs: 600_000, absoluteTimeoutMs: 3_600_000, clockToleranceSeconds: 5 },
      limits: {
        failuresPerAddress: { ...defaultLimits.failuresPerAddress, burst: 50 },
        failuresPerConfiguration: { ...defaultLimits.failuresPerConfiguration, perSecond: 20 },
        rememberedBytes: 1_048_576,
      },
      connections: { inAll: 5000 },
    });
    expect(read).toMatchObject({
      port: 0,
      publicUrl: 'https://bi.example.com',
      databaseUrl: 'postgres://vitrine:secret@db.example.com/state?sslmode=verify-full',
      adminPort: 4701,
      trustProxy: 'loopback, 10.0.0.0/8',
      logLevel: 'debug',
      serving: {
        maxRows: 50_000,
        queryTimeoutMs: 60_000,
        resultCacheBytes: 0,
        queryLimits: { running: 8, runningPerOwner: 2, waiting: 100, waitingPerOwner: 0 },
        exportLimits: { running: 1, waiting: 0, timeoutMs: 90_000, maxRows: 5000 },
      },
    });
    expect(readEnvironment({ ...least, RESULT_CACHE_MB: '2' }).serving).toEqual({
      resultCacheBytes: 2_097_152,
      queryLimits: {},
      exportLimits: {},
    });
    expect(Buffer.from(read.masterKey ?? [])).toEqual(key);
  });

  it.each([
    ['STATE_DIR', { STATE_DIR: '' }],
    ['CONTENT_DIR', { CONTENT_DIR: ' ' }],
    ['PORT', { PORT: '70000' }],
    ['PORT', { PORT: 'http' }],
    ['ADMIN_PORT', { ADMIN_PORT: '4700' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'bi.example.com' }],
    ['PUBLIC_URL', { PUBLIC_URL: 'javascript:alert(1)' }],
    ['MASTER_KEY', { MASTER_KEY: 'c2hvcnQ=' }],
    ['MASTER_KEY', { MASTER_KEY: Buffer.alloc(32).toString('base64') }],
    ['MASTER_KEY_PREVIOUS', { MASTER_KEY_PREVIOUS: randomBytes(32).toString('base64') }],
    ['MASTER_KEY_PREVIOUS', { MASTER_KEY_PREVIOUS: 'c2hvcnQ=' }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'short' }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'a'.repeat(40) }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'changeme-changeme-changeme' }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'SuperSecretAdminPassword' }],
    ['ADMIN_TOKEN', { ADMIN_TOKEN: 'vitrine-default-admin-token-12345' }],
    ['TRUST_PROXY', { TRUST_PROXY: 'true' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['MAX_ROWS', { MAX_ROWS: '0' }],
    ['MAX_ROWS', { MAX_ROWS: '1e3' }],
    ['QUERY_TIMEOUT_MS', { QUERY_TIMEOUT_MS: '30s' }],
    ['RESULT_CACHE_MB', { RESULT_CACHE_MB: '-1' }],
    ['RESULT_CACHE_MB', { RESULT_CACHE_MB: '0.5' }],
    ['QUERIES_RUNNING', { QUERIES_RUNNING: '0' }],
    ['QUERIES_RUNNING_PER_SESSION', { QUERIES_RUNNING_PER_SESSION: 'many' }],
    ['QUERIES_WAITING', { QUERIES_WAITING: '999999999' }],
    ['EXPORTS_RUNNING', { EXPORTS_RUNNING: '0' }],
    ['EXPORTS_WAITING', { EXPORTS_WAITING: 'x' }],
    ['EXPORT_TIMEOUT_MS', { EXPORT_TIMEOUT_MS: '1' }],
    ['EXPORT_MAX_ROWS', { EXPORT_MAX_ROWS: '1.5' }],
    ['QUERIES_WAITING_PER_SESSION', { QUERIES_WAITING_PER_SESSION: '-5' }],
    ['SESSION_IDLE_TIMEOUT', { SESSION_IDLE_TIMEOUT: '59' }],
    ['SESSION_ABSOLUTE_TIMEOUT', { SESSION_ABSOLUTE_TIMEOUT: '12h' }],
    ['CLOCK_TOLERANCE', { CLOCK_TOLERANCE: '61' }],
    ['CLOCK_TOLERANCE', { CLOCK_TOLERANCE: '-1' }],
    ['FAILURES_PER_ADDRESS_RATE', { FAILURES_PER_ADDRESS_RATE: '0' }],
    ['DECRYPTIONS_RUNNING', { DECRYPTIONS_RUNNING: '1e3' }],
    ['MAX_CONNECTIONS', { MAX_CONNECTIONS: '1.5' }],
    ['REMEMBERED_MB', { REMEMBERED_MB: '9999999999' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://root:s3cret-word@db/x' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://root:s3cret-word@db' }],
    ['DATABASE_URL', { DATABASE_URL: 'root:s3cret-word@db:5432/x y' }],
  ])(verifies('E-2', 'stops for a wrong %s and names it'), (variable, change) => {
    const read = () => readEnvironment({ ...least, ...change });
    expect(read).toThrow(EnvironmentError);
    expect(read).toThrow(
      expect.objectContaining({ variable, message: expect.stringContaining(variable) }),
    );
    expect(read).not.toThrow(/s3cret-word/);
  });

  it('reads what the README has, and no more', () => {
    const asked = new Set<string>();
    const variables = new Proxy<Record<string, string>>(least, {
      get: (given, name) => {
        asked.add(String(name));
        return given[String(name)];
      },
    });
    readEnvironment(variables);
    const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8');
    const rows = readme.split('\n').flatMap((line) => line.split('|')[1] ?? []);
    const documented = rows.flatMap((cell) => cell.match(/(?<=`)[A-Z][A-Z_]+(?=`)/g) ?? []);
    expect([...asked].sort()).toEqual([...new Set(documented)].sort());
  });
});
