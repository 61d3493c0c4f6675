import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { type Browser, type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { findChromium } from './find-chromium.ts';
import { secondOid, strikesOid } from './mock-content.ts';
import { type MockService, type MockToken, mockKid, startMockService } from './mock-service.ts';

let browser: Browser;
let folder: string;
let service: MockService;
let context: BrowserContext;
let page: Page;
let trouble: string[];

/** Built in a process and a folder of its own: under the test runner's NODE_ENV it would be a development build. */
async function buildViewer(): Promise<string> {
  const built = await mkdtemp(join(tmpdir(), 'viewer-'));
  const root = fileURLToPath(new URL('../../../', import.meta.url));
  const vite = join(root, 'node_modules/vite/bin/vite.js');
  const options = [
    'build',
    'packages/viewer',
    '--outDir',
    built,
    '--emptyOutDir',
    '--logLevel',
    'error',
  ];
  const env = { ...process.env, NODE_ENV: 'production' };
  await promisify(execFile)(process.execPath, [vite, ...options], { cwd: root, env });
  return built;
}

beforeAll(async () => {
  folder = await buildViewer();
  browser = await chromium.launch({ executablePath: findChromium(), args: ['--no-sandbox'] });
});
afterAll(async () => {
  await browser?.close();
  if (folder) await rm(folder, { recursive: true });
});

beforeEach(async () => {
  service = await startMockService({ folder });
  context = await browser.newContext({ viewport: { width: 1280, height: 900 }, locale: 'en-US' });
  page = await context.newPage();
  trouble = [];
  page.on('pageerror', (error) => trouble.push(String(error)));
  page.on('dialog', (dialog) => {
    trouble.push('dialog');
    void dialog.dismiss();
  });
});
afterEach(async () => {
  await context.close();
  await service.close();
  expect(service.violations).toEqual([]);
  expect(trouble).toEqual([]);
});

const link = (allows: MockToken = {}, route = `#/dashboards/${strikesOid}`) =>
  `${service.origin}/wat/${service.token(allows)}/app/main${route}`;
const widget = (title: string) => page.getByRole('region', { name: title, exact: true });
const countOf = (line: string) =>
  service.requests.filter((request) => request.line === line).length;
const exchange = 'POST /api/v1/wat/sessionToken';

describe('a link', () => {
  it(
    verifies(
      'LNK-1 G-7 H-1',
      'shows the dashboard under a strict policy with trusted types, and nothing breaks it',
    ),
    async () => {
      await page.goto(link());
      await widget('Strikes').getByText('4,977').first().waitFor();
      await page.locator('vitrine-chart canvas').nth(4).waitFor();
      expect(await page.locator('vitrine-chart canvas').count()).toBe(5);
      expect(await widget('Species').getByRole('row').count()).toBeGreaterThan(10);
      const text = widget('About the data');
      await text.getByText('<script>alert(1)</script>').waitFor();
      expect(await text.getByRole('link').count()).toBe(1);
      expect(await page.title()).toBe('Wildlife strikes');
    },
  );

  it(
    verifies(
      'LNK-4 F-1',
      'takes the token out of the address bar and of every request, and finds it again on reload',
    ),
    async () => {
      await page.goto(link());
      await widget('Strikes').getByText('4,977').first().waitFor();
      expect(page.url()).toBe(`${service.origin}/embed/${mockKid}#/dashboards/${strikesOid}`);
      const token = service.token();
      const leaks = service.requests
        .slice(1)
        .filter(({ line, headers }) => `${line}${headers.referer ?? ''}`.includes(token));
      expect(leaks).toEqual([]);
      expect(service.requests.some(({ headers }) => headers.referer !== undefined)).toBe(false);
      await page.reload();
      await widget('Strikes').getByText('4,977').first().waitFor();
      expect(countOf(exchange)).toBe(2);
    },
  );

  it(
    verifies(
      'LNK-3 VIEW-2',
      'uses no cookie and no storage, and one session for all that the reader does',
    ),
    async () => {
      await page.addInitScript(() => {
        for (const name of ['localStorage', 'sessionStorage', 'indexedDB']) {
          Object.defineProperty(window, name, {
            get: () => {
              throw new DOMException('blocked', 'SecurityError');
            },
          });
        }
      });
      await page.goto(link());
      await page.getByRole('button', { name: 'Species overview' }).click();
      await page.getByRole('heading', { name: 'Species overview' }).waitFor();
      expect(page.url()).toContain(`#/dashboards/${secondOid}`);
      await page.goBack();
      await page.getByRole('heading', { name: 'Wildlife strikes' }).waitFor();
      expect(countOf(exchange)).toBe(1);
      expect(await context.cookies()).toEqual([]);
    },
  );

  it(verifies('LNK-2', 'hides every pane when embedded, and opens single widgets'), async () => {
    await page.goto(
      link({}, `#/dashboards/${strikesOid}/widgets/670c00000000000000020108?embed=true`),
    );
    await page.locator('vitrine-chart canvas').waitFor();
    expect(await page.locator('vitrine-widget').count()).toBe(1);
    expect(await page.getByRole('navigation').count()).toBe(0);
    expect(await page.getByRole('banner').count()).toBe(0);
  });

  it('shows numbers and tables while the code of the charts is still on its way', async () => {
    await page.route('**/dom-*.js', () => undefined);
    await page.goto(link());
    await widget('Strikes').getByText('4,977').first().waitFor();
    await widget('Species').getByRole('row').nth(5).waitFor();
    await page.getByRole('heading', { name: 'Wildlife strikes' }).waitFor();
    expect(await page.locator('vitrine-chart canvas').count()).toBe(0);
  });

  it('moves nothing on the screen when rows arrive', async () => {
    await service.close();
    service = await startMockService({ folder, delayMs: 25 });
    await page.addInitScript(() => {
      const shifts: number[] = [];
      Object.assign(window, { shifts });
      new PerformanceObserver((list) => {
        for (const entry of list.getEntries())
          shifts.push((entry as unknown as { value: number }).value);
      }).observe({ type: 'layout-shift', buffered: true });
    });
    await page.goto(link());
    await page.locator('vitrine-chart canvas').nth(4).waitFor();
    const shifts = await page.evaluate(() => (window as unknown as { shifts: number[] }).shifts);
    expect(shifts.reduce((sum, shift) => sum + shift, 0)).toBeLessThan(0.02);
  });

  it('filters by a click on a mark, shows it as a chip, and lets go of it', async () => {
    await page.goto(link());
    await page.locator('vitrine-chart canvas').nth(3).waitFor();
    const [request] = await Promise.all([
      page.waitForRequest((sent) => sent.url().endsWith('/data') && sent.postData() !== '{}'),
      page
        .locator('vitrine-chart')
        .nth(3)
        .click({ position: { x: 110, y: 30 } }),
    ]);
    const [filter] = request.postDataJSON().filters;
    expect(filter.jaql).toMatchObject({ dim: '[Strikes.State]', filter: { members: ['Texas'] } });
    const clear = page.getByRole('button', { name: 'Clear filter State' });
    await clear.click();
    await clear.waitFor({ state: 'detached' });
    await widget('Strikes').getByText('4,977').first().waitFor();
  });

  it(
    verifies('DATA-1 VIEW-1', 'shows the levels of a cascading filter, each under those above'),
    async () => {
      await page.goto(link({}, `#/dashboards/${secondOid}`));
      const group = page.getByRole('group', { name: 'State › Operator' });
      await group.getByRole('button', { name: 'State' }).click();
      const changed = page.waitForRequest(
        (sent) => sent.url().endsWith('/data') && sent.postData() !== '{}',
      );
      await group.getByRole('checkbox', { name: 'Ohio' }).check();
      const [filter] = (await changed).postDataJSON().filters;
      expect(filter.levels[0]).toMatchObject({
        dim: '[Strikes.State]',
        filter: { members: ['Ohio'] },
      });
      const [asked] = await Promise.all([
        page.waitForRequest((sent) => sent.url().endsWith('/members')),
        group.getByRole('button', { name: 'Operator' }).click(),
      ]);
      expect(asked.postDataJSON()).toMatchObject({
        dim: '[Strikes.Operator]',
        dashboard: secondOid,
        filters: [{ jaql: { dim: '[Strikes.State]', filter: { members: ['Ohio'] } } }],
      });
      await page.getByRole('button', { name: 'Clear filter State' }).click();
      await group
        .getByRole('checkbox', { name: 'Ohio' })
        .and(page.locator(':not(:checked)'))
        .waitFor();
    },
  );

  it(verifies('TOK-11', 'shows filters read-only without the ability, and no export'), async () => {
    await page.goto(link({ abilities: { filter: false, export: false } }));
    const filters = page.getByRole('complementary', { name: 'Filters' });
    await filters.getByText('You can see these filters').waitFor();
    expect(await filters.getByRole('button').count()).toBe(0);
    expect(await page.getByRole('button', { name: /Clear|Export|CSV/ }).count()).toBe(0);
    await page.locator('vitrine-chart canvas').nth(3).waitFor();
    const before = countOf(`POST /api/v1/dashboards/${strikesOid}/data`);
    await page
      .locator('vitrine-chart')
      .nth(3)
      .click({ position: { x: 110, y: 30 } });
    expect(countOf(`POST /api/v1/dashboards/${strikesOid}/data`)).toBe(before);
  });

  it.each([
    ['token_expired', 'Dieser Link ist abgelaufen'],
    ['token_malformed', 'Dieser Link ist unvollständig'],
    ['token_refused', 'Dieser Link ist nicht gültig'],
    ['subject_unknown', 'Sie haben keinen Zugang mehr'],
  ])(
    verifies('VIEW-4', 'says in the language of the browser what %s means'),
    async (refuse, words) => {
      const german = await browser.newContext({ locale: 'de-DE' });
      const tab = await german.newPage();
      await tab.goto(link({ refuse }));
      await tab.getByRole('heading', { name: words }).waitFor();
      expect(await tab.locator('html').getAttribute('lang')).toBe('de-DE');
      await german.close();
    },
  );

  it(verifies('VIEW-4', 'says so where no dashboard is granted'), async () => {
    await page.goto(link({ dashboards: [] }, ''));
    await page.getByRole('heading', { name: 'No dashboards' }).waitFor();
  });
});

describe('a frame', () => {
  it(
    verifies('EMB-2', 'takes the token from its host, reports, and does what the session may'),
    async () => {
      const host = await startMockService({ folder });
      await page.goto(`${host.origin}/host`);
      const told = await page.evaluate(talkToFrame, {
        viewer: service.origin,
        kid: mockKid,
        wat: service.token({ abilities: { filter: true, export: false } }),
        dashboard: strikesOid,
      });
      await host.close();
      expect(told.types).toEqual(
        expect.arrayContaining([
          'ready',
          'session',
          'loaded',
          'widgetLoaded',
          'resize',
          'filtersChanged',
        ]),
      );
      expect(told.results).toEqual({
        1: { ok: true },
        2: { ok: false, code: 'ability_missing' },
        3: { ok: false, code: 'action_blocked' },
        4: { ok: true },
      });
      expect(JSON.stringify(told.filters)).toContain('DELTA AIR LINES');
      expect(told.height).toBeGreaterThan(1000);
      expect(service.requests.some(({ line }) => line.includes(service.token()))).toBe(false);
    },
  );

  it('without a host tells a person that this address alone shows nothing', async () => {
    await page.goto(`${service.origin}/embed/${mockKid}`);
    await page.getByRole('heading', { name: 'Nothing to show here' }).waitFor();
    expect(countOf(exchange)).toBe(0);
  });
});

interface FrameTalk {
  readonly viewer: string;
  readonly kid: string;
  readonly wat: string;
  readonly dashboard: string;
}

/** The host's half of the protocol, as small as it can be; runs in the host page. */
async function talkToFrame({ viewer, kid, wat, dashboard }: FrameTalk) {
  const nonce = crypto.randomUUID() + crypto.randomUUID();
  const frame = document.createElement('iframe');
  frame.width = '1000';
  frame.src = `${viewer}/embed/${kid}?host=${encodeURIComponent(location.origin)}&nonce=${nonce}`;
  const { port1, port2 } = new MessageChannel();
  const types: string[] = [];
  const results: Record<string, unknown> = {};
  let filters: unknown;
  let height = 0;
  const done = new Promise<void>((resolve) => {
    port1.onmessage = ({ data }) => {
      types.push(data.type);
      if (data.type === 'ready') port1.postMessage({ type: 'init', wat, dashboard, settings: {} });
      if (data.type === 'resize') height = data.height;
      if (
        data.type === 'widgetLoaded' &&
        types.filter((type) => type === 'widgetLoaded').length === 1
      ) {
        const jaql = {
          dim: '[Strikes.Operator]',
          datatype: 'text',
          filter: { members: ['DELTA AIR LINES'] },
        };
        port1.postMessage({
          type: 'call',
          id: 1,
          action: 'applyFilters',
          args: { filters: [{ jaql }] },
        });
        port1.postMessage({ type: 'call', id: 2, action: 'export', args: { format: 'csv' } });
        port1.postMessage({ type: 'call', id: 3, action: 'share' });
      }
      if (data.type !== 'result') return;
      results[data.id] = data.ok ? { ok: true } : { ok: false, code: data.error.code };
      if (data.id === 1) port1.postMessage({ type: 'call', id: 4, action: 'getFilters', args: {} });
      if (data.id === 4) filters = data.value;
      if (Object.keys(results).length === 4) resolve();
    };
  });
  addEventListener('message', (event) => {
    if (event.source !== frame.contentWindow || event.origin !== viewer) return;
    if (event.data?.vitrine !== 'hello' || event.data.nonce !== nonce) return;
    frame.contentWindow?.postMessage({ vitrine: 'welcome', nonce }, viewer, [port2]);
  });
  document.body.append(frame);
  await done;
  return { types, results, filters, height };
}
