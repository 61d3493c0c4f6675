import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const script = fileURLToPath(new URL('requests.lua', import.meta.url));
const run = promisify(execFile);

export interface Firing {
  readonly url: string;
  readonly connections: number;
  /** Default 2. */
  readonly seconds?: number;
  /** Sent in turn, from the first again after the last. */
  readonly bodies: readonly string[];
  readonly headers?: Readonly<Record<string, string>>;
  /** Default 200. */
  readonly status?: 200 | 400;
  /** Each body may be sent once only: throws where there are too few. Default false. */
  readonly once?: boolean;
  /** Requests a second, apart by chance, as those of many senders are. Default as many as are answered. */
  readonly perSecond?: number;
  /** How many addresses the bodies come from in turn, as a proxy tells it. Default none is told. */
  readonly addresses?: number;
}

/**
 * Answers per second to POSTs. The load comes from `wrk`, one thread: a generator in JavaScript takes as long for a request as
 * the service does, on the same two processors. Throws where an answer has another status.
 */
export async function answersPerSecond(firing: Firing): Promise<number> {
  const { url, connections, seconds = 2, bodies, headers = {}, status = 200, once } = firing;
  const { perSecond = 0, addresses = 0 } = firing;
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-load-'));
  const file = join(folder, 'bodies');
  writeFileSync(file, bodies.join('\n'));
  try {
    const { stdout } = await run('wrk', [
      ...['--threads', '1', '--connections', String(connections), '--duration', `${seconds}s`],
      ...['--timeout', '10s', '--script', script, url, '--'],
      ...[file, String(perSecond), String(addresses)],
      ...Object.entries({ 'Content-Type': 'application/json', ...headers }).flat(),
    ]);
    const result = /answers (\d+) refused (\d+) lost (\d+) microseconds (\d+)/.exec(stdout);
    const [answers = 0, refused = 0, lost = 0, microseconds = 0] =
      result?.slice(1).map(Number) ?? [];
    const others = lost + (status === 200 ? refused : answers - refused);
    if (answers === 0 || others > 0)
      throw new Error(`${others} answers of ${url} were not ${status}`);
    if (once && answers + connections > bodies.length)
      throw new Error(`More than ${bodies.length} bodies are needed`);
    return (answers * 1e6) / microseconds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
