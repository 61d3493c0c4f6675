import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, rmSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { type RunningService, startService } from '../harness/start-service.ts';
import { slowContent } from '../serving/slow-content.ts';
import { verifies } from '../verifies.ts';
import { liveQueries } from './live-queries.ts';

let contentDir: string;
beforeAll(async () => {
  contentDir = await slowContent();
});
afterAll(() => rmSync(contentDir, { recursive: true }));

/** What the whole process may take while strangers hold half requests of 300 kB, bytes. */
const mostBytes = 832 * 1_048_576;
const mostSeconds = 12;
/** Under it nobody notices a query that took twice as long, milliseconds. */
const unnoticedMs = 25;

/** The most memory the process ever held, bytes (proc(5)). */
function peakMemory({ pid }: RunningService): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s{1,20}(\d{1,12}) kB/.exec(status)?.[1]) * 1024;
}

function socketsOf({ pid }: RunningService): number {
  const folder = `/proc/${pid}/fd`;
  return readdirSync(folder).filter((fd) => {
    try {
      return readlinkSync(`${folder}/${fd}`).startsWith('socket:');
    } catch {
      return false;
    }
  }).length;
}

function attack(
  service: RunningService,
  sockets: number,
  seconds: number,
  kind: string,
): ChildProcess {
  const script = fileURLToPath(new URL('slow-attack.ts', import.meta.url));
  const child = fork(script, [new URL(service.url).port, `${sockets}`, `${seconds}`, kind]);
  onTestFinished(() => void child.kill());
  return child;
}

describe('strangers who send slowly', () => {
  it.each([
    ['1,000 half requests of 300 kB', 1000, 0, 'half'],
    ['3,000 half requests of 300 kB', 3000, 0, 'half'],
    ['2,000 sockets that send a header a second, for a minute', 2000, 60, 'drip'],
  ])(
    verifies('F-3 F-4', 'cost bounded memory, are cut off, and hold up no reader: %s'),
    { timeout: 150_000 },
    async (_what, sockets, seconds, kind) => {
      const env = { LOG_LEVEL: 'warn' };
      const service = await startService({ contentDir, compiled: true, env });
      onTestFinished(service.stop);
      const reader = await liveQueries(service);
      onTestFinished(reader.close);
      const quiet = (asked: number) => asked === 400;
      await reader.p95(quiet);
      const before = await reader.p95(quiet);
      const heldBefore = socketsOf(service);

      const child = attack(service, sockets, seconds, kind);
      let isGone = false;
      const watching = (async () => {
        await once(child, 'message');
        await pause(seconds * 1000);
        const cameAt = performance.now();
        let most = 0;
        for (let held = 1; held > 0; ) {
          held = socketsOf(service) - heldBefore;
          most = Math.max(most, held);
          await pause(100);
        }
        isGone = true;
        return { most, goneMs: performance.now() - cameAt };
      })();
      const during = await reader.p95(() => isGone);
      const { most, goneMs } = await watching;
      const after = await reader.p95(quiet);

      expect(most).toBeGreaterThan(900);
      expect(goneMs).toBeLessThan(mostSeconds * 1000);
      expect(during).toBeLessThan(Math.max(2 * before, 2 * after, unnoticedMs));
      expect(peakMemory(service)).toBeLessThan(mostBytes);
    },
  );
});
