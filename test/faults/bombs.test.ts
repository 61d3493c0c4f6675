import { readFileSync, rmSync } from 'node:fs';
import { deflateRawSync } from 'node:zlib';
import { afterAll, expect, it, onTestFinished } from 'vitest';
import { sealBytes } from '../harness/refused-tokens.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
afterAll(() => rmSync(contentDir, { recursive: true }));

/** The most memory the process ever held, bytes (proc(5)). */
function peakMemory({ pid }: RunningService): number {
  const status = readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/VmHWM:\s{1,20}(\d{1,12}) kB/.exec(status)?.[1]) * 1024;
}

it(verifies('A-5', 'refuses tokens that inflate to 200 MB, and holds no such memory'), {
  timeout: 60_000,
}, async () => {
  const service = await startService({ contentDir });
  onTestFinished(service.stop);
  const key = await service.createConfiguration();
  const send = async (bytes: Buffer) => {
    const response = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webAccessToken: sealBytes(key, bytes).join('.') }),
    });
    return [response.status, ((await response.json()) as { code: string }).code];
  };
  // As long as the bombs, so that only what they inflate to comes on top.
  const bomb = deflateRawSync(Buffer.alloc(200e6, 0x20), { level: 9 });
  const plain = Buffer.alloc(bomb.length, 0xff);
  for (let nth = 0; nth < 5; nth += 1) expect(await send(plain)).toEqual([401, 'token_refused']);
  const before = peakMemory(service);
  for (let nth = 0; nth < 5; nth += 1) expect(await send(bomb)).toEqual([401, 'token_refused']);
  expect(peakMemory(service) - before).toBeLessThan(100e6);
});
