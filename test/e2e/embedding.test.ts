import { mintToken } from '@vitrine/tokens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createConfiguration, type Key } from '../harness/api.ts';
import { blockStorage, launchChromium } from '../harness/chromium.ts';
import { embed } from '../harness/start-host.ts';
import { textOf } from '../harness/text-of.ts';
import { policyReports } from '../harness/trap.ts';
import { verifies } from '../verifies.ts';
import { darkTheme, lightTheme, operator, tenant, wildlifeStrikes } from './demo.ts';

let browser: Browser;
let reports: readonly string[];
let page: Page;
let key: Key;
let url: string;

beforeAll(async () => {
  browser = await launchChromium(['--test-third-party-cookie-phaseout']);
  reports = policyReports(browser);
  url = inject('serviceUrl');
  key = await createConfiguration();
});
afterAll(async () => {
  await browser.close();
  expect(reports).toEqual([]);
});

beforeEach(async () => {
  page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
  await page.goto(inject('hostUrl'));
  await page.waitForFunction(() => customElements.get('embed-dashboard') !== undefined);
});
afterEach(() => page.close());

const frame = (id = 'it') => page.frameLocator(`#${id} iframe`);
const seen = (type: string) =>
  page.evaluate(
    (wanted) =>
      (
        (window as unknown as { seen?: { type: string; detail: { code?: string } }[] }).seen ?? []
      ).filter((event) => event.type === wanted),
    type,
  );

/** Calls a method of the element and answers its error's code. */
const codeOf = (method: string, ...args: unknown[]): Promise<string | undefined> =>
  page.evaluate(
    async ([name, list]) => {
      const element = document.querySelector('#it') as unknown as Record<
        string,
        (...a: unknown[]) => Promise<unknown>
      >;
      try {
        await element[name as string]?.(...(list as unknown[]));
        return undefined;
      } catch (error) {
        return (error as { code?: string }).code ?? String(error);
      }
    },
    [method, args] as const,
  );

async function loaded(wat: string, more: object = {}): Promise<void> {
  await embed(page, { url, dashboard: wildlifeStrikes, wat, ...more });
  await expect.poll(() => seen('dashboard-loaded'), { timeout: 20_000 }).toHaveLength(1);
}

const sizes = { members: ['Large'] };
const sizeFilter = {
  jaql: { dim: '[Strikes.Wildlife Size]', datatype: 'text', title: 'Animal size', filter: sizes },
};

describe('<embed-dashboard>', () => {
  it(
    verifies(
      'EMB-1 EMB-4 LNK-3 G-5',
      'shows the dashboard of a token across two sites, and says so',
    ),
    async () => {
      await loaded(await mintToken(tenant('DELTA AIR LINES'), key));
      await expect
        .poll(() => frame().getByText('Airports by cost').isVisible(), { timeout: 20_000 })
        .toBe(true);
      await expect
        .poll(async () => (await seen('widget-loaded')).length, { timeout: 20_000 })
        .toBeGreaterThanOrEqual(8);
      const height = await page.evaluate(
        () => document.querySelector('#it')?.getBoundingClientRect().height ?? 0,
      );
      expect(height).toBeGreaterThan(900);
    },
  );

  it(
    verifies('LNK-3 G-5', 'works in a frame with third-party cookies and every storage blocked'),
    async () => {
      const wat = await mintToken(tenant('DELTA AIR LINES'), key);
      await page.close();
      page = await browser.newPage();
      await blockStorage(page.context());
      await page.goto(inject('hostUrl'));
      await page.waitForFunction(() => customElements.get('embed-dashboard') !== undefined);
      await loaded(wat);
      await expect
        .poll(() => textOf(frame().locator('body')), { timeout: 20_000 })
        .toContain('Airports by cost');
      expect(await page.context().cookies()).toEqual([]);
    },
  );

  it(verifies('LNK-4 G-6', 'keeps the token out of every URL and out of the DOM'), async () => {
    const wat = await mintToken(tenant('DELTA AIR LINES'), key);
    const requests: string[] = [];
    page.on('request', (request) => requests.push(request.url()));
    await loaded(wat);
    expect(requests.filter((requested) => requested.includes(wat.slice(0, 40)))).toEqual([]);
    expect(await page.content()).not.toContain(wat.slice(0, 40));
    expect(
      page
        .frames()
        .map((one) => one.url())
        .join(),
    ).not.toContain(wat.slice(-40));
  });

  it(
    verifies('EMB-2 EMB-3 TOK-11', 'applies filters where the token lets it, and tells of them'),
    async () => {
      await loaded(await mintToken(tenant('DELTA AIR LINES'), key));
      expect(await codeOf('applyFilters', [sizeFilter])).toBeUndefined();
      await expect.poll(() => seen('filters-changed')).not.toHaveLength(0);
      const filters = await page.evaluate(() =>
        (
          document.querySelector('#it') as unknown as { getFilters(): Promise<unknown> }
        ).getFilters(),
      );
      expect(JSON.stringify(filters)).toContain('"Large"');
    },
  );

  it(
    verifies('EMB-2 TOK-11', 'refuses applyFilters and export without the abilities'),
    async () => {
      await loaded(await mintToken(tenant('DELTA AIR LINES', { grants: { prm: [] } }), key));
      expect(await codeOf('applyFilters', [sizeFilter])).toBe('ability_missing');
      expect(await codeOf('export', { format: 'xlsx' })).toBe('ability_missing');
    },
  );

  it(verifies('EMB-2', 'refuses the five blocked actions whatever the token says'), async () => {
    await loaded(await mintToken(tenant('DELTA AIR LINES'), key));
    for (const action of [
      'removeFilters',
      'openSimplyAsk',
      'createWidget',
      'createTextWidget',
      'share',
    ]) {
      expect(await codeOf(action), action).toBe('action_blocked');
    }
  });

  it(verifies('EMB-2 TOK-11', 'exports a file where the token lets it'), async () => {
    await loaded(await mintToken(tenant('DELTA AIR LINES', { grants: { prm: ['export'] } }), key));
    const download = page.waitForEvent('download');
    expect(await codeOf('export', { format: 'xlsx' })).toBeUndefined();
    expect((await download).suggestedFilename()).toMatch(/\.xlsx$/);
  });

  it(verifies('EMB-6 VIEW-5 EMB-1', 'follows the theme of the page without a reload'), async () => {
    await loaded(await mintToken(tenant('DELTA AIR LINES', { thm: lightTheme }), key));
    const background = () =>
      frame()
        .locator('body')
        .evaluate((body) => getComputedStyle(body).backgroundColor);
    const light = await background();
    await page.evaluate((theme) => {
      (document.querySelector('#it') as unknown as { theme: string }).theme = theme;
    }, darkTheme);
    await expect.poll(background).not.toBe(light);
    expect(await seen('dashboard-loaded')).toHaveLength(1);
  });

  it(verifies('G-1', 'is not shown on a page of another origin'), async () => {
    const elsewhere = await createConfiguration({ origins: ['https://elsewhere.example'] });
    const refusal = page.waitForEvent('console', {
      predicate: (message) => message.text().includes('frame-ancestors'),
      timeout: 20_000,
    });
    await embed(page, {
      url,
      dashboard: wildlifeStrikes,
      wat: await mintToken(tenant('DELTA AIR LINES'), elsewhere),
    });
    const blocked = await refusal.then(() => true);
    expect(blocked).toBe(true);
    expect(await seen('dashboard-loaded')).toHaveLength(0);
  });

  it(
    verifies('TOK-12 VIEW-4', 'speaks the language and writes the numbers of the token'),
    async () => {
      await loaded(
        await mintToken(
          tenant('DELTA AIR LINES', {
            lng: 'de-DE',
            loc: 'de-DE',
            grants: { acl: [operator('AMERICAN AIRLINES')] },
          }),
          key,
        ),
      );
      await expect.poll(() => frame().locator('html').getAttribute('lang')).toBe('de-DE');
      await expect
        .poll(() => textOf(frame().locator('body')), { timeout: 20_000 })
        .toMatch(/2\.171/);
    },
  );

  it(verifies('TOK-7 LNK-5', 'opens nothing that the token does not name'), async () => {
    await embed(page, {
      url,
      dashboard: wildlifeStrikes,
      wat: await mintToken(tenant('DELTA AIR LINES', { grants: { res: [] } }), key),
    });
    await expect.poll(() => seen('embed-error'), { timeout: 20_000 }).not.toHaveLength(0);
    expect((await seen('embed-error'))[0]?.detail.code).toBe('not_found');
    expect(await textOf(frame().locator('body'))).not.toContain('Airports by cost');
  });
});
