import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mintToken } from '@vitrine/tokens';
import type { Browser, Frame, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createConfiguration, type Key } from '../harness/api.ts';
import { launchChromium } from '../harness/chromium.ts';
import { embed } from '../harness/start-host.ts';
import { policyReports } from '../harness/trap.ts';
import { verifies } from '../verifies.ts';
import { tenant, wildlifeStrikes } from './demo.ts';

let browser: Browser;
let reports: readonly string[];
let page: Page;
let key: Key;
/** Origins whose only page frames the address that it is asked to. */
let framers: Server[];
let allowed: string;
let others: string[];

beforeAll(async () => {
  browser = await launchChromium();
  reports = policyReports(browser);
  framers = await Promise.all(Array.from({ length: 6 }, startFramer));
  [allowed = '', ...others] = framers.map(
    (server) => `http://localhost:${(server.address() as AddressInfo).port}`,
  );
  key = await createConfiguration({ origins: [allowed, inject('hostUrl')] });
});
afterAll(async () => {
  await browser.close();
  for (const server of framers) server.close();
  expect(reports).toEqual([]);
});
beforeEach(async () => {
  page = await browser.newPage();
});
afterEach(() => page.context().close());

async function startFramer(): Promise<Server> {
  const server = createServer(({ url = '' }, response) => {
    const framed = new URL(url, 'http://x').searchParams.get('framed') ?? '';
    response.setHeader('content-type', 'text/html');
    response.end(
      `<!doctype html><link rel="icon" href="data:," /><iframe src="${framed.replaceAll('"', '%22')}"></iframe>`,
    );
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  return server;
}

const framing = (origin: string, address: string) =>
  `${origin}/?framed=${encodeURIComponent(address)}`;

/** Whether the viewer runs in the innermost frame of a page. */
async function isShown(address: string): Promise<boolean> {
  await page.goto(address);
  const inner = () => page.frames().at(-1) as Frame;
  return inner()
    .evaluate(() => document.querySelector('vitrine-viewer') !== null)
    .catch(() => false);
}

describe('the page of the viewer', () => {
  const addresses = async () => [
    `${inject('serviceUrl')}/embed/${key.kid}`,
    `${inject('serviceUrl')}/wat/${await mintToken(tenant('DELTA AIR LINES'), key)}/app/main`,
  ];

  it(
    verifies('G-1', 'is shown in a frame of an allowed origin, and in none of five others'),
    async () => {
      for (const address of await addresses()) {
        expect(await isShown(framing(allowed, address))).toBe(true);
        for (const other of others) expect(await isShown(framing(other, address))).toBe(false);
      }
    },
  );

  it(verifies('G-1', 'is not shown where any page further out is not allowed'), async () => {
    const [other = ''] = others;
    for (const address of await addresses()) {
      expect(await isShown(framing(other, framing(allowed, address)))).toBe(false);
      expect(await isShown(framing(allowed, framing(other, address)))).toBe(false);
      expect(await isShown(framing(allowed, framing(allowed, address)))).toBe(true);
    }
  });

  it(
    verifies('G-4', 'cannot be reached from what its links open, nor leave the page around it'),
    async () => {
      await page.goto(inject('hostUrl'));
      await page.waitForFunction(() => customElements.get('embed-dashboard') !== undefined);
      const wat = await mintToken(tenant('DELTA AIR LINES'), key);
      await embed(page, { url: inject('serviceUrl'), dashboard: wildlifeStrikes, wat });
      const viewer = page.frameLocator('#it iframe');
      const link = viewer.getByRole('link', { name: 'FAA Wildlife Strike Database' });
      await link.waitFor({ timeout: 20_000 });
      await page
        .context()
        .route('https://**', (route) =>
          route.fulfill({ contentType: 'text/html', body: '<!doctype html><title>Far</title>' }),
        );
      const opened = page.waitForEvent('popup');
      await link.click();
      const far = await opened;
      await far.waitForLoadState();
      expect(await far.evaluate(() => [window.opener, document.referrer])).toEqual([null, '']);
      await far.close();
      const frame = page.frames().find((one) => one.url().includes('/embed/'));
      const leaves = await frame?.evaluate(() => {
        try {
          window.top?.location.assign('about:blank');
          return true;
        } catch {
          return false;
        }
      });
      expect(leaves).toBe(false);
    },
  );
});

describe('messages that would reach a prototype', () => {
  /** 300 of them, as a page writes them: JSON makes `__proto__` a property of its own. */
  const poisons = ['__proto__', 'constructor', 'prototype'].flatMap((name) =>
    Array.from({ length: 100 }, (_none, index) => {
      const poison = { [`polluted${index}`]: true };
      const path = `{"${name}":${JSON.stringify(name === 'constructor' ? { prototype: poison } : poison)}}`;
      const shapes = [
        path,
        `{"type":"set","settings":${path}}`,
        `{"vitrine":"hello","nonce":${path}}`,
        `{"type":"call","id":1,"action":"applyFilters","args":{"filters":[{"jaql":${path}}]}}`,
        `{"type":"session","session":${path}}`,
      ];
      return shapes[index % shapes.length] ?? path;
    }),
  );

  it(
    verifies('B-4 G-2', 'change none, in the page and in the frame, by the window and by the port'),
    async () => {
      await page.goto(inject('hostUrl'));
      await page.waitForFunction(() => customElements.get('embed-dashboard') !== undefined);
      const wat = await mintToken(tenant('DELTA AIR LINES'), key);
      await embed(page, { url: inject('serviceUrl'), dashboard: wildlifeStrikes, wat });
      const frame = page.frameLocator('#it iframe');
      await frame.locator('vitrine-table tbody tr').first().waitFor({ timeout: 20_000 });
      const polluted = await page.evaluate(async (texts) => {
        const element = document.querySelector('#it') as HTMLElement & {
          applyFilters(filters: unknown): Promise<void>;
        };
        const frame = element.shadowRoot?.querySelector('iframe')?.contentWindow;
        for (const text of texts) {
          const message: unknown = JSON.parse(text);
          window.postMessage(message, location.origin);
          frame?.postMessage(message, '*');
          await element.applyFilters([message]).catch(() => undefined);
        }
        return Object.keys(Object.prototype).concat(
          Object.getOwnPropertyNames(Object.prototype).filter((name) =>
            name.startsWith('polluted'),
          ),
        );
      }, poisons);
      expect(poisons).toHaveLength(300);
      expect(polluted).toEqual([]);
      const inside = page.frames().find((one) => one.url().includes('/embed/'));
      expect(
        await inside?.evaluate(() =>
          Object.getOwnPropertyNames(Object.prototype).filter((name) =>
            name.startsWith('polluted'),
          ),
        ),
      ).toEqual([]);
      expect(await frame.locator('vitrine-table tbody tr').count()).toBeGreaterThan(1);
    },
  );
});
