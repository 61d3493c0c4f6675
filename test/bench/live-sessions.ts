import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { mintToken } from '@vitrine/tokens';
import autocannon from 'autocannon';
import { type RunningService, startService } from '../harness/start-service.ts';
import { sampleClaims } from './claims.ts';
import { type Row, row } from './row.ts';
import { exchangeOf } from './session-opens.ts';

const sessions = 50_000;
const readers = 500;
const kilobyte = 1_024;

/** What 50,000 live sessions of 500 readers cost: memory of the service, and bytes in the state file. */
export async function liveSessions(): Promise<Row[]> {
  const service = await startService({ compiled: true, env: { LOG_LEVEL: 'warn' } });
  try {
    const key = await service.createConfiguration();
    const now = Math.floor(Date.now() / 1000);
    const requests = await Promise.all(
      Array.from({ length: readers }, async (_, reader) =>
        exchangeOf(
          JSON.stringify({
            webAccessToken: await mintToken(sampleClaims(now, `reader-${reader}`), key),
          }),
        ),
      ),
    );
    const url = `${service.url}/api/v1/wat/sessionToken`;
    const open = async (amount: number) => {
      const { non2xx, errors } = await autocannon({ url, connections: 32, amount, requests });
      if (non2xx + errors > 0) throw new Error('Not all sessions were opened.');
    };
    // The engine of the language grows while it compiles; that is no session's.
    await open(5_000);
    const before = { memory: memoryOf(service), disk: diskOf(service) };
    await open(sessions);
    const after = { memory: memoryOf(service), disk: diskOf(service) };
    const each = (from: number, to: number) => (to - from) / kilobyte / sessions;
    const bound = { of: 'value', atMost: 4 } as const;
    return [
      row('memory of a live session', 'kB', each(before.memory, after.memory), undefined, bound),
      row('state file of a live session', 'kB', each(before.disk, after.disk), undefined, bound),
    ];
  } finally {
    await service.stop();
  }
}

function memoryOf({ pid }: RunningService): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) * kilobyte;
}

function diskOf({ stateDir }: RunningService): number {
  return ['state.sqlite', 'state.sqlite-wal'].reduce(
    (sum, name) => sum + (statSync(join(stateDir, name), { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}
