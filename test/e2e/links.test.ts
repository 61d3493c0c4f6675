import { readFileSync } from 'node:fs';
import { generateKeyPair, mintToken } from '@vitrine/tokens';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createConfiguration, type Key } from '../harness/api.ts';
import { blockStorage, launchChromium } from '../harness/chromium.ts';
import { textOf } from '../harness/text-of.ts';
import { policyReports } from '../harness/trap.ts';
import { verifies } from '../verifies.ts';
import { tenant, wildlifeStrikes } from './demo.ts';

let browser: Browser;
let reports: readonly string[];
let context: BrowserContext;
let page: Page;
let key: Key;

beforeAll(async () => {
  browser = await launchChromium();
  reports = policyReports(browser);
  key = await createConfiguration();
});
afterAll(async () => {
  await browser.close();
  expect(reports).toEqual([]);
});
beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  page = await context.newPage();
});
afterEach(() => context.close());

const link = (wat: string, route = `#/dashboards/${wildlifeStrikes}`) =>
  `${inject('serviceUrl')}/wat/${wat}/app/main${route}`;
const text = () => textOf(page.locator('body'));

async function sessions(of: Key): Promise<number> {
  const response = await fetch(
    `${inject('serviceUrl')}/api/v1/wat/configurations/${of.kid}/usage?timeZone=UTC`,
    { headers: { authorization: `Bearer ${inject('adminToken')}` } },
  );
  const { total } = (await response.json()) as { total: number | null };
  return total ?? 0;
}

describe('a share link', () => {
  it(
    verifies('LNK-1 LNK-4 F-1', 'opens the dashboard and takes the token out of the address bar'),
    async () => {
      const wat = await mintToken(tenant('DELTA AIR LINES'), key);
      await page.goto(link(wat));
      await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
      expect(page.url()).not.toContain(wat.slice(0, 40));
      expect(page.url()).not.toContain(wat.slice(-40));
    },
  );

  it(
    verifies('E-6', 'is for no search engine, and has a language before its script runs'),
    async () => {
      const wat = await mintToken(tenant('DELTA AIR LINES'), key);
      const html = await (await fetch(link(wat, ''))).text();
      expect(html).toMatch(/<meta name="robots" content="noindex"/);
      expect(html).toMatch(/<html lang="en"/);
    },
  );

  it(verifies('LNK-1', 'opens without a hash as well, and one widget alone'), async () => {
    const wat = await mintToken(tenant('DELTA AIR LINES'), key);
    await page.goto(link(wat, `/dashboards/${wildlifeStrikes}/widgets/670c0000000000000002010a`));
    await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
    expect(await text()).not.toContain('Species most often struck');
  });

  it(verifies('LNK-2', 'shows the panes that its parameters ask for'), async () => {
    const wat = await mintToken(tenant('DELTA AIR LINES'), key);
    await page.goto(link(wat, `#/dashboards/${wildlifeStrikes}?embed=true`));
    await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
    expect(await page.getByRole('complementary').count()).toBe(0);
    await page.goto('about:blank');
    await page.goto(link(wat, `#/dashboards/${wildlifeStrikes}?embed=true&r=true`));
    await expect
      .poll(() => page.getByRole('complementary').count(), { timeout: 20_000 })
      .toBeGreaterThan(0);
  });

  it(
    verifies(
      'SES-1 VIEW-2 E-6',
      'counts a session per tab and per reload, none for a look at the page or a filter',
    ),
    async () => {
      const own = await createConfiguration();
      const wat = await mintToken(tenant('DELTA AIR LINES'), own);
      for (let bot = 0; bot < 10; bot += 1)
        await fetch(link(wat, ''), { method: bot % 2 ? 'GET' : 'HEAD' });
      expect(await sessions(own)).toBe(0);

      for (let tab = 0; tab < 5; tab += 1) {
        const opened = await context.newPage();
        await opened.goto(link(wat));
        await expect
          .poll(() => textOf(opened.locator('body')), { timeout: 20_000 })
          .toContain('Airports by cost');
        if (tab < 4) await opened.close();
        else page = opened;
      }
      expect(await sessions(own)).toBe(5);

      await page.reload();
      await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
      expect(await sessions(own)).toBe(6);
    },
  );

  it(verifies('LNK-3 G-5', 'works with cookies and storage blocked'), async () => {
    await blockStorage(context);
    const cookies: string[] = [];
    page.on('response', async (response) => {
      const header = await response.headerValue('set-cookie');
      if (header) cookies.push(header);
    });
    await page.goto(link(await mintToken(tenant('DELTA AIR LINES'), key)));
    await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
    expect(cookies).toEqual([]);
    expect(await context.cookies()).toEqual([]);
  });
});

describe('a token that cannot be opened', () => {
  const cases: [string, () => Promise<string>, string, RegExp][] = [
    [
      'expired',
      async () => {
        const now = Math.floor(Date.now() / 1000);
        const claims = tenant('DELTA AIR LINES', { exp: now - 60 });
        return mintToken(claims, { ...key, now: now - 120 });
      },
      'token_expired',
      /expired/i,
    ],
    [
      'tampered with',
      async () => {
        const wat = await mintToken(tenant('DELTA AIR LINES'), key);
        const parts = wat.split('.');
        const cipher = parts[3] ?? '';
        parts[3] = `${cipher.startsWith('A') ? 'B' : 'A'}${cipher.slice(1)}`;
        return parts.join('.');
      },
      'token_refused',
      /./,
    ],
    [
      'made with another key',
      async () => {
        const { publicKey } = await generateKeyPair();
        return mintToken(tenant('DELTA AIR LINES'), { kid: key.kid, publicKey });
      },
      'token_refused',
      /./,
    ],
    [
      'of an unknown configuration',
      async () => mintToken(tenant('DELTA AIR LINES'), { ...key, kid: '0123456789abcdef01234567' }),
      'token_refused',
      /./,
    ],
  ];

  it.each(cases)(
    verifies('OPS-4 TOK-6', '(%s) ends in its code and in a message a person understands'),
    async (_name, mint, code, message) => {
      const wat = await mint();
      const answer = page.waitForResponse((response) => response.url().endsWith('/sessionToken'));
      await page.goto(link(wat));
      const response = await answer;
      expect(((await response.json()) as { code: string }).code).toBe(code);
      await expect.poll(text, { timeout: 20_000 }).toMatch(message);
      expect(await text()).not.toContain('Airports by cost');
      expect(page.url()).not.toContain(wat.slice(0, 40));
    },
  );
});

describe('what is left behind', () => {
  it(verifies('LNK-4 F-1', 'no token in the log and none in a Referer'), async () => {
    const wat = await mintToken(tenant('SOUTHWEST AIRLINES'), key);
    await page.goto(link(wat));
    await expect.poll(text, { timeout: 20_000 }).toContain('Airports by cost');
    await page.evaluate((host) => location.assign(host), inject('hostUrl'));
    await page.waitForURL(`${inject('hostUrl')}/**`);
    await expect.poll(() => readFileSync(inject('logFile'), 'utf8')).toContain(key.kid);
    const slices = Array.from({ length: Math.floor(wat.length / 32) }, (_, index) =>
      wat.slice(index * 32, index * 32 + 32),
    ).slice(4);
    const log = readFileSync(inject('logFile'), 'utf8');
    const referers = readFileSync(inject('referersFile'), 'utf8');
    expect(slices.filter((slice) => log.includes(slice) || referers.includes(slice))).toEqual([]);
  });
});
