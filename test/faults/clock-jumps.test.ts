import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mintToken } from '@vitrine/tokens';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';
import { tinyContent } from './tiny-content.ts';

const contentDir = tinyContent();
afterAll(() => rmSync(contentDir, { recursive: true }));

/** Debian's libfaketime, the one for programs with threads. */
const [library] = globSync('/usr/lib/*/faketime/libfaketimeMT.so.1');

const hour = 3600;
const jumps = { '+1 h': hour, '-1 h': -hour, '+1 day': 24 * hour };
const moments = {
  'the last second of 32 bits': '2038-01-19T03:14:07Z',
  'a leap day': '2028-02-29T23:59:30Z',
  'the day before one': '2028-02-28T23:59:30Z',
  'a midnight that São Paulo skipped': '2018-11-04T02:59:30Z',
  'midnight in Kathmandu': '2026-11-21T18:14:30Z',
};
const zones = [
  'UTC',
  'America/Sao_Paulo',
  'Asia/Kathmandu',
  'Pacific/Kiritimati',
  'Pacific/Pago_Pago',
];

/** A service whose wall clock reads a file; what really passes, its monotonic clock tells as ever. */
async function serviceAt(moment: string) {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-clock-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, 'offset');
  let seconds = Math.round((Date.parse(moment) - Date.now()) / 1000);
  const write = () => writeFileSync(file, `${seconds < 0 ? '' : '+'}${seconds}\n`);
  write();
  const env = {
    LD_PRELOAD: library ?? '',
    FAKETIME_TIMESTAMP_FILE: file,
    FAKETIME_NO_CACHE: '1',
    DONT_FAKE_MONOTONIC: '1',
  };
  const service = await startService({ contentDir, compiled: true, env });
  onTestFinished(service.stop);
  return {
    ...service,
    now: () => Date.now() / 1000 + seconds,
    jump(by: number) {
      seconds += by;
      write();
    },
  };
}

const table = Object.entries(moments).flatMap(([when, moment]) =>
  Object.entries(jumps).map(([jump, by]) => ({ when, moment, jump, by })),
);

describe.skipIf(library === undefined && !process.env.CI)('a service whose clock is set', () => {
  it.each(table)(
    verifies(
      'C-3 CFG-5',
      'counts as before, and ends sessions by time that passed: $jump at $when',
    ),
    async ({ moment, by }) => {
      const service = await serviceAt(moment);
      const key = await service.createConfiguration();
      const token = await mintToken({ sub: 'ada', nbf: 0 }, { ...key, now: service.now() });
      const open = async () => {
        const response = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
          method: 'POST',
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify({ webAccessToken: token }),
        });
        expect(response.status).toBe(200);
        return (await response.json()) as Record<'webSessionToken' | 'initialiser', string>;
      };
      const usage = async (zone: string) => {
        const address = `${service.url}/api/v1/wat/configurations/${key.kid}/usage?timeZone=${zone}`;
        const headers = { authorization: `Bearer ${service.adminToken}` };
        return (await fetch(address, { headers })).json();
      };

      const { webSessionToken: authorization, initialiser } = await open();
      const headers = { authorization, initialiser };
      const read = async () => (await fetch(`${service.url}/api/v1/session`, { headers })).status;
      expect(await read()).toBe(200);
      service.jump(by);
      expect(await read()).toBe(by > 0 ? 401 : 200);
      await open();
      for (const zone of zones) {
        const { today, total, lastUsed } = await usage(zone);
        expect(total).toBe(2);
        expect([1, 2]).toContain(today);
        expect(Date.parse(lastUsed)).toBeGreaterThanOrEqual(Date.parse(moment) - 1000);
      }
      const listed = await fetch(`${service.url}/api/v1/sessions`, {
        headers: { authorization: `Bearer ${service.adminToken}` },
      });
      expect((await listed.json()).sessions).toHaveLength(by > 0 ? 1 : 2);
    },
  );
});
