import { readFileSync } from 'node:fs';
import { importPublicKey, mintToken, readHeader } from '@vitrine/tokens';
import { CompactEncrypt } from 'jose';
import { type RunningService, startService } from '../harness/start-service.ts';
import { sampleClaims } from './claims.ts';
import { answersPerSecond, type Firing } from './load.ts';
import { inTurn, type Row, row } from './row.ts';
import { startBare } from './start-bare.ts';

const connections = 64;
const rounds = 3;
const amount = 3000;
const megabyte = 1_048_576;

/** What needs no decryption beside an Express route that only decrypts; minting; memory at rest. */
export async function hotPath(): Promise<Row[]> {
  const service = await startService({ compiled: true, env: { LOG_LEVEL: 'warn' } });
  const bare = await startBare();
  try {
    const idle = await idleMegabytes(service);
    const key = await service.createConfiguration();
    const now = Math.floor(Date.now() / 1000);
    const token = await mintToken(sampleClaims(now), key);
    const exchange = `${service.url}/api/v1/wat/sessionToken`;
    const link = JSON.stringify({ webAccessToken: token });
    const forged = JSON.stringify({ webAccessToken: withHeader(token, { alg: 'RSA1_5' }) });

    const openBare = () => firing({ url: bare.url, bodies: [bare.body] });
    const openLink = () => firing({ url: exchange, bodies: [link] });
    const refuse = () => firing({ url: exchange, bodies: [forged], status: 400 });
    for (const warm of [openBare, openLink, refuse]) await warm();
    const [linked, bareForLink] = await inTurn(rounds, openLink, openBare);
    const [refused, bareForRefusal] = await inTurn(rounds, refuse, openBare);
    return [
      row('one link opened again and again, beside a bare route', '1/s', linked, bareForLink, {
        ...{ of: 'ratio', atLeast: 3 },
      }),
      row('refused on the header over HTTP, beside a bare route', '1/s', refused, bareForRefusal, {
        ...{ of: 'ratio', atLeast: 10 },
      }),
      await refusing(withHeader(token, { alg: 'RSA1_5' }), bareForRefusal),
      ...(await minting(service, key, bare.mintUrl)),
      row('memory of an idle service', 'MB', idle, undefined, { of: 'value', atMost: 150 }),
    ];
  } finally {
    bare.stop();
    await service.stop();
  }
}

/** What the refusal itself costs, without HTTP. */
async function refusing(forged: string, baseline: number): Promise<Row> {
  const times = 20_000;
  const refuse = () => {
    for (let done = 0; done < times; done += 1) {
      try {
        readHeader(forged);
      } catch {
        continue;
      }
      throw new Error('A forged header was taken');
    }
  };
  refuse();
  const started = performance.now();
  refuse();
  const value = (times * 1000) / (performance.now() - started);
  const name = 'refused on the header in process, beside a bare route';
  return row(name, '1/s', value, baseline, { of: 'ratio', atLeast: 10 });
}

async function minting(
  service: RunningService,
  { kid, publicKey }: { readonly kid: string; readonly publicKey: string },
  bareUrl: string,
): Promise<Row[]> {
  const claims = sampleClaims(Math.floor(Date.now() / 1000));
  const header = { typ: 'JWT', alg: 'RSA-OAEP-256', enc: 'A128GCM', zip: 'DEF', kid } as const;
  const request = {
    headers: { Authorization: `Bearer ${service.adminToken}` },
    bodies: [JSON.stringify({ header, payload: claims, secret: publicKey })],
  };
  const key = await importPublicKey(publicKey);
  const plaintext = new TextEncoder().encode(JSON.stringify(claims));
  const overHttp = () => firing({ url: `${service.url}/api/v1/wat/generate`, ...request });
  const bareJose = async () => {
    const started = performance.now();
    for (let done = 0; done < amount; done += connections) {
      await Promise.all(
        Array.from({ length: connections }, () =>
          new CompactEncrypt(plaintext).setProtectedHeader(header).encrypt(key),
        ),
      );
    }
    return (amount * 1000) / (performance.now() - started);
  };
  const bareRoute = () => firing({ url: bareUrl, ...request });
  for (const warm of [overHttp, bareJose, bareRoute, overHttp, overHttp]) await warm();
  const [value, baseline] = await inTurn(rounds, overHttp, bareJose);
  const [again, route] = await inTurn(rounds, overHttp, bareRoute);
  const name = 'minted over HTTP, in the audit log, beside bare jose';
  const bound = { of: 'ratio', atLeast: 0.8 } as const;
  return [
    row(`${name} in process`, '1/s', value, baseline, bound),
    row(`${name} over HTTP`, '1/s', again, route, bound),
  ];
}

function firing(firing: Omit<Firing, 'connections'>): Promise<number> {
  return answersPerSecond({ connections, ...firing });
}

/** The token with other members in its header; nothing else of it counts then. */
function withHeader(token: string, changes: object): string {
  const [head = '', ...rest] = token.split('.');
  const header = JSON.parse(Buffer.from(head, 'base64url').toString());
  const changed = JSON.stringify({ ...header, ...changes });
  return [Buffer.from(changed).toString('base64url'), ...rest].join('.');
}

/** The process of the service alone: its engines are processes of their own. */
async function idleMegabytes({ pid }: RunningService): Promise<number> {
  await new Promise((resolve) => setTimeout(resolve, 3000));
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return (Number(kilobytes) * 1024) / megabyte;
}
