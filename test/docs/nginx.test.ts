import { readFileSync, rmSync } from 'node:fs';
import { mintToken } from '@vitrine/tokens';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { tinyContent } from '../faults/tiny-content.ts';
import { freePort } from '../harness/free-port.ts';
import { isWithoutNginx, type Nginx, startNginx } from '../harness/start-nginx.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { verifies } from '../verifies.ts';

const page = readFileSync(new URL('../../docs/links.md', import.meta.url), 'utf8');
const [, documented = ''] = /^```nginx\n(.*?)^```$/ms.exec(page) ?? [];
const untouched = 'server { listen 443 ssl; location / { proxy_pass http://127.0.0.1:4700; } }';

describe.skipIf(isWithoutNginx)('links behind nginx', () => {
  const contentDir = tinyContent();
  let service: RunningService;
  let key: { kid: string; publicKey: string };
  let asDocumented: Nginx;
  let asInstalled: Nginx;
  beforeAll(async () => {
    service = await startService({ contentDir, env: { TRUST_PROXY: '1' } });
    key = await service.createConfiguration();
    asDocumented = await startNginx(documented, service.url);
    asInstalled = await startNginx(untouched, service.url);
  });
  afterAll(async () => {
    asDocumented.stop();
    asInstalled.stop();
    await service.stop();
    rmSync(contentDir, { recursive: true });
  });

  /** A token of so many characters, or up to two fewer: a claim of one's own fills it. */
  async function tokenOf(length: number): Promise<string> {
    const mint = (padding: number) => {
      const chunks = Array.from({ length: Math.ceil(padding / 50_000) }, (_, index) =>
        'x'.repeat(Math.min(50_000, padding - index * 50_000)),
      );
      const claims = { sub: 'ada', grants: { prm: [] }, padding: chunks };
      return mintToken(claims, { ...key, compress: false });
    };
    const room = Math.floor(((length - (await mint(0)).length) * 3) / 4);
    const tooLong = (await mint(room)).length - length;
    return mint(room - Math.ceil((tooLong * 3) / 4));
  }

  async function statusesOf({ url }: Nginx, token: string) {
    const link = await fetch(`${url}/wat/${token}/app/main`);
    const exchange = await fetch(`${url}/api/v1/wat/sessionToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webAccessToken: token }),
    });
    return { link: link.status, exchange: exchange.status };
  }

  it.each([1_000, 7_000, 8_150, 8_200, 16_340, 16_360, 57_793, 206_369, 600_000, 655_000])(
    verifies('F-2 TOK-14', 'answer as the page says: a token of %i characters'),
    async (length) => {
      const token = await tokenOf(length);
      expect(length - token.length).toBeLessThan(3);
      expect(await statusesOf(asDocumented, token)).toEqual({ link: 200, exchange: 200 });
      expect(await statusesOf(asInstalled, token)).toEqual({
        link: length <= 8_150 ? 200 : 414,
        exchange: 200,
      });
    },
  );

  it(verifies('F-2', 'leave no token in the logs, even where the service is away'), async () => {
    const token = await tokenOf(1_000);
    expect(await statusesOf(asDocumented, token)).toEqual({ link: 200, exchange: 200 });
    const nowhere = `http://127.0.0.1:${await freePort()}`;
    const withoutService = await startNginx(documented, nowhere);
    expect(await statusesOf(withoutService, token)).toEqual({ link: 502, exchange: 502 });
    const logs = [...asDocumented.logs(), ...withoutService.logs()];
    withoutService.stop();
    expect(logs.join('\n')).toContain('GET 200');
    expect(logs.filter((log) => log.includes(token.slice(0, 40)))).toEqual([]);
  });
});
