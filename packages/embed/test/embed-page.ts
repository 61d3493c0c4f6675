import type { EmbedDashboard } from '@vitrine/embed';
import type { Browser, Frame, Page } from 'playwright-core';
import type { Origins } from './origins.ts';

declare global {
  interface Window {
    /** Every event of the package that reached the document, in order. */
    events: { readonly type: string; readonly detail: Record<string, unknown> }[];
    /** What the viewer of the fixture was told. */
    log: { readonly type: string; readonly wat?: string }[];
    /** What came to the viewer's window, beside its port. */
    windowMessages: unknown[];
    /** What the attacker's page heard. */
    heard: unknown[];
    say(code: string): void;
    /** The exports of the bundle. */
    embed: typeof import('@vitrine/embed');
  }
}

const kid = '65f0a1b2c3d4e5f6a7b8c9d0';

/** A token as far as a page can read one; `kind` is what the viewer of the fixture does with it. */
export const token = (kind: string, configuration = kid): string =>
  [
    Buffer.from(JSON.stringify({ alg: 'RSA-OAEP-256', kid: configuration })).toString('base64url'),
    kind,
    'c',
    'd',
    'e',
  ].join('.');

/** Opens the host page with `body` in it. */
export async function openPage(browser: Browser, origins: Origins, body: string): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 900, height: 700 } });
  const page = await context.newPage();
  await page.addInitScript(() => {
    window.events = [];
    const names = ['dashboard-loaded', 'dashboard-changed', 'filters-changed', 'widget-loaded'];
    for (const type of [...names, 'export-done', 'frame-resized', 'token-expired', 'embed-error'])
      window.addEventListener(type, (event) =>
        window.events.push({ type, detail: structuredClone((event as CustomEvent).detail) }),
      );
  });
  await page.goto(`${origins.host}/?body=${encodeURIComponent(body)}`);
  await page.waitForFunction(() => window.embed !== undefined);
  return page;
}

/** An element with `attributes`, which loads at once. */
export const element = (origins: Origins, attributes: string): string =>
  `<embed-dashboard url="${origins.viewer}" loading="eager" ${attributes}></embed-dashboard>`;

/** Waits for the `count`th event of a type and gives its detail. */
export async function eventOf(page: Page, type: string, count = 1) {
  const found = await page.waitForFunction(
    ([wanted, nth]) => window.events.filter((event) => event.type === wanted)[nth - 1],
    [type, count] as const,
  );
  return (await found.jsonValue())?.detail;
}

export const eventCount = (page: Page, type: string): Promise<number> =>
  page.evaluate((wanted) => window.events.filter((event) => event.type === wanted).length, type);

/** The frame whose address begins so. */
export async function frameAt(page: Page, start: string): Promise<Frame> {
  for (;;) {
    const found = page.frames().find((frame) => frame.url().startsWith(start));
    if (found) return found;
    await page.waitForEvent('framenavigated');
  }
}

export const viewerLog = (frame: Frame) => frame.evaluate(() => window.log);

/** The element, typed. */
export const inElement = <T, A>(
  page: Page,
  run: (element: EmbedDashboard, argument: A) => T | Promise<T>,
  argument?: A,
): Promise<T> => page.locator('embed-dashboard').evaluate(run as never, argument as never);
