import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { grantLength, maxGrantLength } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { salesOid, totals } from '../../test/ask.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const shell = '<!doctype html><title>viewer</title>';

let viewerFolder: string;
let service: TestService;
let issuer: Issuer;
beforeAll(async () => {
  viewerFolder = await mkdtemp(join(tmpdir(), 'vitrine-assets-'));
  await writeFile(join(viewerFolder, 'index.html'), shell);
  const assets = { viewerFolder, embedScript: join(viewerFolder, 'embed.js') };
  service = await startService({ assets });
  issuer = await service.issuer({ profile: 'compatible' });
});
afterAll(async () => {
  await service.stop();
  await rm(viewerFolder, { recursive: true, force: true });
});

/** Claims with the most that grants may hold; no two characters next to each other repeat, so that zip helps little. */
function longestClaims(alphabet: readonly string[]) {
  const claims = (fill: string) => ({
    sub: 'acme-reader',
    grants: {
      res: [`dashboards/${salesOid}`],
      acl: [
        { dataSourceTitle: 'Sales', table: 'Sales', column: 'Tenant', members: ['acme', fill] },
      ],
    },
  });
  const room = maxGrantLength - grantLength(claims(''));
  let fill = '';
  for (let seed = 1; fill.length < room; ) {
    seed = (seed * 48_271) % 2_147_483_647;
    fill += alphabet[seed % alphabet.length];
  }
  return claims(fill.length > room ? `${fill.slice(0, room - 1)}x` : fill);
}

const range = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, index) => String.fromCodePoint(from + index));
const escaped = (text: string) =>
  text.replaceAll(/[^ -~]/g, (unit) => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`);
const plain = (text: string) => text;
const letters = range(0x61, 0x7b);
const han = range(0x4e00, 0x8e00);

describe('a token with the most grants there may be', () => {
  it.each([
    ['ASCII', letters, plain, true],
    ['ASCII', letters, plain, false],
    ['é and its like', range(0xc0, 0xff), plain, true],
    ['é and its like', range(0xc0, 0xff), plain, false],
    ['CJK', han, plain, true],
    ['CJK', han, plain, false],
    ['emoji', range(0x1f600, 0x1f640), plain, true],
    ['emoji', range(0x1f600, 0x1f640), plain, false],
    ['\\u-escaped CJK', han, escaped, true],
    ['\\u-escaped CJK', han, escaped, false],
  ])(
    verifies('TOK-14 F-2 A-5', 'works by exchange and in a link: %s'),
    async (_name, alphabet, write, zip) => {
      const claims = longestClaims(alphabet);
      expect(grantLength(claims)).toBe(maxGrantLength);
      const token = await service.rawToken(issuer, write(JSON.stringify(claims)), zip);
      if (!zip && write === escaped) expect(token.length).toBeGreaterThan(600_000);

      for (const route of ['app/main', `app/main/dashboards/${salesOid}`]) {
        const page = await service.call(`/wat/${token}/${route}`);
        expect([page.status, await page.text()]).toEqual([200, shell]);
      }
      const opened = await service.exchange(token);
      expect(opened.status).toBe(200);
      const session = (await opened.json()) as { webSessionToken: string; initialiser: string };
      const headers = { Authorization: session.webSessionToken, Initialiser: session.initialiser };
      expect(await totals(service, headers)).toEqual({ sales: 100, stock: undefined });
      const tested = await service.call('/api/v1/wat/test', service.admin, { token });
      expect(await tested.json()).toMatchObject({ valid: true });
    },
  );
});
