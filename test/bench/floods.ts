import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { mintToken } from '@vitrine/tokens';
import { type RunningService, startService } from '../harness/start-service.ts';
import { sampleClaims } from './claims.ts';
import { answersPerSecond } from './load.ts';
import { median, type Row, row } from './row.ts';
import { exchangeOf } from './session-opens.ts';

const floodPerSecond = 2000;
const sampleSeconds = 2;
const rounds = 5;
const assets = fileURLToPath(new URL('../../packages/viewer/dist/', import.meta.url));

type Key = Awaited<ReturnType<RunningService['createConfiguration']>>;
type Call = () => Promise<Response>;

/**
 * What 2,000 forged tokens a second do to sessions that live and to static files: 95th percentile during the flood beside
 * the quiet service. Once from one address, once each from an address of its own.
 */
export async function floods(): Promise<Row[]> {
  const service = await startService({
    compiled: true,
    env: { LOG_LEVEL: 'info', TRUST_PROXY: '1' },
  });
  try {
    const key = await service.createConfiguration();
    const { query, file } = await calls(service, key);
    const token = await mintToken(sampleClaims(Math.floor(Date.now() / 1000)), key);
    for (const call of [query, file]) await p95(call);
    const rows: Row[] = [];
    for (const [name, addresses] of [
      ['one address', 1],
      ['5,000 addresses', 5000],
    ] as const) {
      const during = () => flood(service.url, token, addresses);
      const [busyQuery, quietQuery] = await besideQuiet(query, during);
      const [busyFile] = await besideQuiet(file, during);
      rows.push(
        row(`query p95, 2,000 forged/s from ${name}`, 'ms', busyQuery, quietQuery, {
          ...{ of: 'ratio', atMost: 2 },
        }),
        row(`static file p95, 2,000 forged/s from ${name}`, 'ms', busyFile, undefined, {
          ...{ of: 'value', atMost: 50 },
        }),
      );
    }
    return rows;
  } finally {
    await service.stop();
  }
}

async function calls(service: RunningService, key: Key): Promise<{ query: Call; file: Call }> {
  const now = Math.floor(Date.now() / 1000);
  const token = await mintToken(sampleClaims(now, 'live'), key);
  const opened = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
    ...exchangeOf(JSON.stringify({ webAccessToken: token })),
  });
  const session = (await opened.json()) as Record<'webSessionToken' | 'initialiser', string>;
  const headers = {
    'content-type': 'application/json',
    authorization: session.webSessionToken,
    initialiser: session.initialiser,
  };
  const body = JSON.stringify({ dim: '[Strikes.Wildlife Size]' });
  const members = `${service.url}/api/datasources/Wildlife%20Strikes/members`;
  const asset = readdirSync(assets).find((name) => name.endsWith('.js')) ?? '';
  return {
    query: () => fetch(members, { method: 'POST', headers, body }),
    file: () => fetch(`${service.url}/assets/viewer/${asset}`),
  };
}

async function besideQuiet(
  call: Call,
  flood: () => Promise<void>,
): Promise<[busy: number, quiet: number]> {
  const busy: number[] = [];
  const quiet: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    quiet.push(await p95(call));
    const ended = flood();
    await new Promise((resolve) => setTimeout(resolve, 1000));
    busy.push(await p95(call));
    await ended;
  }
  return [median(busy), median(quiet)];
}

async function p95(call: Call): Promise<number> {
  const times: number[] = [];
  const end = performance.now() + sampleSeconds * 1000;
  while (performance.now() < end) {
    const started = performance.now();
    const answer = await call();
    await answer.arrayBuffer();
    if (!answer.ok) throw new Error(`${answer.status} for a session that lives`);
    times.push(performance.now() - started);
  }
  return times.sort((one, other) => one - other)[Math.floor(times.length * 0.95)] ?? Number.NaN;
}

/** Tokens whose tag is wrong, so that each costs a decryption where nothing stops it. */
async function flood(url: string, token: string, addresses: number): Promise<void> {
  const head = token.slice(0, token.lastIndexOf('.'));
  const perSecond = await answersPerSecond({
    url: `${url}/api/v1/wat/sessionToken`,
    connections: 32,
    seconds: sampleSeconds + 2,
    bodies: Array.from({ length: 5000 }, (_, nth) =>
      JSON.stringify({ webAccessToken: `${head}.${tag(nth)}` }),
    ),
    status: 400,
    perSecond: floodPerSecond,
    addresses,
  });
  if (perSecond < floodPerSecond * 0.97) throw new Error(`Only ${perSecond} came a second`);
}

const tag = (nth: number) => Buffer.from(`forged tag ${nth}`.padEnd(16)).toString('base64url');
