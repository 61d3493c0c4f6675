import { rmSync } from 'node:fs';
import { mintToken } from '@vitrine/tokens';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { launchChromium } from '../harness/chromium.ts';
import { type RunningService, startService } from '../harness/start-service.ts';
import { setTrap, strangeMarkup, type Trap } from '../harness/trap.ts';
import { naughtyStrings } from '../hostile-content/naughty-strings.ts';
import { type HostileContent, writeHostileContent } from '../hostile-content/write-content.ts';
import { xssVectors } from '../hostile-content/xss-vectors.ts';
import { verifies } from '../verifies.ts';

const strings = [...naughtyStrings, ...xssVectors];
let content: HostileContent;
let service: RunningService;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let trap: Trap;
let wat: string;

beforeAll(async () => {
  content = await writeHostileContent(strings);
  [service, browser] = await Promise.all([
    startService({ compiled: true, contentDir: content.folder }),
    launchChromium(),
  ]);
  const key = await service.createConfiguration();
  wat = await mintToken({ sub: 'ada' }, key);
}, 120_000);
afterAll(async () => {
  await browser?.close();
  await service?.stop();
  rmSync(content.folder, { recursive: true, force: true });
});

beforeEach(async () => {
  context = await browser.newContext({ viewport: { width: 1400, height: 900 } });
  trap = await setTrap(context, [service.url]);
  page = await context.newPage();
});
afterEach(async () => {
  expect(await strangeMarkup(page)).toEqual([]);
  expect(await keysOfAll()).toEqual(Reflect.ownKeys(Object.prototype).sort());
  await context.close();
  expect(trap.hits).toEqual([]);
});

/** The viewer behind its element. */
interface Open {
  readonly viewer: {
    readonly store: {
      readonly state: {
        readonly dashboard: object;
        readonly theme?: object;
        readonly widgets: Record<string, { status: string }>;
      };
      dispatch(action: object): void;
    };
    openDashboard(oid: string): Promise<void>;
  };
  readonly updateComplete: Promise<unknown>;
}

/** What every object of the page has (B-4). */
const keysOfAll = () => page.evaluate(() => Object.getOwnPropertyNames(Object.prototype).sort());

/** Without the navigation, which names every dashboard and is drawn anew with each. The theme comes last, after the session. */
const open = async (oid: string, parameters = '?l=false') => {
  await page.goto(`${service.url}/wat/${wat}/app/main#/dashboards/${oid}${parameters}`);
  await page.locator('vitrine-header h1').waitFor();
  await page.waitForFunction(() => {
    const element = document.querySelector('vitrine-viewer') as unknown as Open;
    return element.viewer.store.state.theme !== undefined;
  });
};

describe(`${strings.length} hostile strings`, () => {
  it(
    verifies('H-1 B-7', 'are text as titles and descriptions of dashboards, and in the navigation'),
    async () => {
      await open(content.titled[0]?.oid ?? '');
      const shown = await page.evaluate(async (titles) => {
        const element = document.querySelector('vitrine-viewer') as unknown as Open & Element;
        const { store } = element.viewer;
        const found: (string | null | undefined)[] = [];
        for (const title of titles) {
          const dashboard = { ...store.state.dashboard, title, description: title };
          store.dispatch({ type: 'dashboard-arrived', dashboard });
          await element.updateComplete;
          const header = element.shadowRoot?.querySelector('vitrine-header');
          await (header as unknown as Open).updateComplete;
          found.push(header?.shadowRoot?.querySelector('h1')?.textContent);
        }
        return found;
      }, strings);
      expect(shown).toEqual(strings);
      for (const { oid, title } of content.titled.slice(-20)) {
        await page.evaluate(async (dashboard) => {
          const element = document.querySelector('vitrine-viewer') as unknown as Open;
          await element.viewer.openDashboard(dashboard);
        }, oid);
        expect(await page.locator('vitrine-header h1').textContent()).toBe(title);
        expect(await page.locator('vitrine-header p').textContent()).toBe(title);
      }
      await page.close();
      page = await context.newPage();
      await open(content.titled[0]?.oid ?? '', '');
      const listed = await page.locator('vitrine-nav li span').allTextContents();
      expect(new Set(listed)).toEqual(
        new Set([...strings, 'Members', ...content.filled.map(({ title }) => title)]),
      );
    },
  );

  it(
    verifies('H-1 H-2 B-4', 'are text as titles of widgets and of axes, and as rich text'),
    async () => {
      // All of a dashboard is in view, so that its charts are drawn.
      await page.setViewportSize({ width: 1000, height: 9000 });
      await open(content.filled[0]?.oid ?? '');
      for (const { oid, widgets } of content.filled) {
        const titles = await page.evaluate(async (dashboard) => {
          const element = document.querySelector('vitrine-viewer') as unknown as Open & Element;
          await element.viewer.openDashboard(dashboard);
          const shown = () =>
            element.shadowRoot?.querySelector('vitrine-dashboard')?.shadowRoot?.children[0];
          for (;;) {
            await new Promise(requestAnimationFrame);
            const { widgets } = element.viewer.store.state;
            const isReady = Object.values(widgets).every(({ status }) => status === 'ready');
            const charts = [...(shown()?.children ?? [])].flatMap((widget) => [
              ...(widget.shadowRoot?.querySelectorAll('vitrine-chart') ?? []),
            ]);
            const isDrawn = charts.every((chart) => chart.shadowRoot?.querySelector('canvas'));
            if (isReady && charts.length > 0 && isDrawn) break;
          }
          return [...(shown()?.children ?? [])].map(
            (widget) => widget.shadowRoot?.querySelector('h2')?.textContent,
          );
        }, oid);
        expect(titles).toEqual(widgets.map(({ title }) => title || undefined));
        expect(await strangeMarkup(page)).toEqual([]);
      }
    },
  );

  it(verifies(
    'H-1 B-4',
    'are text as members in tables, filters, chips, tooltips and for screen readers',
  ), async () => {
    await open(content.members.oid);
    const bars = page.getByRole('img', { name: /^Bar chart: Bars/ });
    await bars.focus();
    const spoken = await bars.evaluate(async (figure, count) => {
      const chart = (figure.getRootNode() as ShadowRoot).host as unknown as Open & Element;
      const app = document.querySelector('vitrine-viewer')?.shadowRoot;
      const tooltip = app?.querySelector('vitrine-tooltip') as unknown as Open;
      const heard = new Set<string | null | undefined>();
      for (let index = 0; index < count; index += 1) {
        figure.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowRight' }));
        await chart.updateComplete;
        await tooltip.updateComplete;
        heard.add(chart.shadowRoot?.querySelector('[role=status]')?.textContent);
      }
      return heard.size;
    }, strings.length);
    expect(spoken).toBe(strings.length);

    await page.locator('vitrine-filter .summary').first().click();
    const offered = page.locator('vitrine-members-filter .option span');
    const next = page.getByRole('button', { name: 'Show more', exact: true });
    await next.waitFor();
    while ((await offered.count()) < strings.length) {
      const before = await offered.count();
      await next.click();
      await expect.poll(() => offered.count()).toBeGreaterThan(before);
    }
    const rows = page.locator('vitrine-table tbody tr');
    const more = page.getByRole('button', { name: 'Show more rows' });
    await rows.first().waitFor();
    while (await more.isVisible()) await more.click();
    expect(await rows.count()).toBe(strings.length);
    const cells = await page.locator('vitrine-table tbody td:first-child').allTextContents();
    expect(new Set(cells.map((cell) => cell.trim()))).toContain('<script>trap(1)</script>');

    await page.locator('vitrine-members-filter input[type=search]').fill('trap');
    await page.getByRole('button', { name: 'Select all shown' }).click();
    await page.locator('vitrine-chips li').waitFor();
    expect(await page.locator('vitrine-chips li').textContent()).toContain('trap');
  }, 180_000);

  it(verifies('H-1', 'are no theme: not a colour, not a font, not a size'), async () => {
    await open(content.titled[0]?.oid ?? '');
    const taken = await page.evaluate(async (values) => {
      const element = document.querySelector('vitrine-viewer') as unknown as Open;
      const { store } = element.viewer;
      const { theme } = store.state as { theme: Record<string, Record<string, unknown>> };
      const style = () => document.documentElement.style.cssText;
      const own = style();
      const wrong: string[] = [];
      for (const value of values) {
        const { typography } = theme;
        const font = { ...theme, typography: { ...typography, fontFamily: value } };
        const others = {
          ...theme,
          colors: Object.fromEntries(Object.keys(theme.colors ?? {}).map((name) => [name, value])),
          palette: Array.from({ length: 8 }, () => value),
          typography: { ...typography, fontSizePx: value },
          radiusPx: value,
        };
        for (const hostile of [others, font]) {
          store.dispatch({ type: 'theme-changed', theme: hostile });
          await element.updateComplete;
          const family = document.documentElement.style.getPropertyValue('--vitrine-font-family');
          const isNames = hostile === font && /^[\p{L}\p{N} ,_-]+$/u.test(family);
          if (style() !== own && !isNames) wrong.push(value);
        }
      }
      return wrong;
    }, strings);
    expect(taken).toEqual([]);
  });

  it(
    verifies('H-1 OPS-4', 'are not shown where they come as codes and texts of errors'),
    async () => {
      const [dashboard] = content.filled;
      const oids = (dashboard?.widgets ?? []).map(({ oid }) => oid);
      let served = 0;
      await context.route('**/data', (route) => {
        const lines = oids.map((widget, index) => {
          const text = strings[(served + index) % strings.length] ?? '';
          return JSON.stringify({ widget, error: { code: text, detail: text, title: text } });
        });
        served += oids.length;
        return route.fulfill({ contentType: 'application/x-ndjson', body: lines.join('\n') });
      });
      await open(dashboard?.oid ?? '');
      const shown = new Set<string>();
      while (served < strings.length + oids.length) {
        await page.evaluate(async (oid) => {
          const element = document.querySelector('vitrine-viewer') as unknown as Open;
          await element.viewer.openDashboard(oid);
        }, dashboard?.oid ?? '');
        for (const text of await page.locator('vitrine-widget .state strong').allTextContents())
          shown.add(text);
      }
      expect([...shown]).toEqual(['Something went wrong']);
    },
  );

  it(
    verifies('H-1 B-9', 'make names of files that end where they should, and a browser takes them'),
    async () => {
      const answer = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ webAccessToken: wat }),
      });
      const session = (await answer.json()) as { webSessionToken: string; initialiser: string };
      for (const { oid, widgets } of content.filled) {
        for (const { oid: widget } of widgets.filter((_widget, index) => index % 2 === 1)) {
          const response = await fetch(`${service.url}/api/v1/dashboards/${oid}/export`, {
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              authorization: session.webSessionToken,
              initialiser: session.initialiser,
            },
            body: JSON.stringify({ format: 'csv', widget }),
          });
          expect(response.status).toBe(200);
          await response.text();
          expect(response.headers.get('content-disposition')).toMatch(
            /^attachment; filename="[^"\\/]{1,200}\.csv"(?:; filename\*=UTF-8''[\w.!#$&+^`|~%()-]+\.csv)?$/,
          );
        }
      }
      const last = content.filled.at(-1);
      await open(last?.oid ?? '');
      // A page may start ten downloads by itself.
      const charts = (last?.widgets ?? []).filter((_, index) => index % 2 === 1).slice(0, 8);
      for (const { oid: widget } of charts) {
        const download = page.waitForEvent('download');
        await page.evaluate(async (oid) => {
          const element = document.querySelector('vitrine-viewer') as unknown as {
            viewer: { export(options: object): Promise<unknown> };
          };
          await element.viewer.export({ format: 'csv', widget: oid });
        }, widget);
        expect((await download).suggestedFilename()).toMatch(/^[^/\\\p{Cc}]+\.csv$/u);
      }
    },
  );
});
