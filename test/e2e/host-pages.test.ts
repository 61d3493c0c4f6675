import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mintToken } from '@vitrine/tokens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, inject, it } from 'vitest';
import { createConfiguration, type Key } from '../harness/api.ts';
import { launchChromium } from '../harness/chromium.ts';
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
  browser = await launchChromium();
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
});
afterEach(() => page.context().close());

const script = () => `<script type="module" src="${url}/embed.js"></script>`;
const mint = (airline = 'DELTA AIR LINES', more: object = {}) =>
  mintToken(tenant(airline, more), key);

/** A page of the host with its own markup; `getWat` of every element answers `tokens` in turn, the last for ever. */
async function show(body: string, tokens: readonly string[] = []): Promise<void> {
  await page.addInitScript((given) => {
    const scope = window as unknown as Host;
    scope.events = [];
    scope.asked = [];
    const left = [...given];
    scope.getWat = (reason) => {
      scope.asked.push(reason);
      return left.length > 1 ? (left.shift() ?? '') : (left[0] ?? '');
    };
    const names = ['dashboard-loaded', 'filters-changed', 'token-expired', 'embed-error'];
    for (const type of [...names, 'widget-loaded', 'frame-resized', 'export-done'])
      document.addEventListener(type, (event) => {
        const { detail, bubbles, composed, target } = event as CustomEvent;
        const { id } = target as Element;
        scope.events.push({ type, detail, bubbles, composed, id });
      });
  }, tokens);
  await page.goto(`${inject('hostUrl')}/page?body=${encodeURIComponent(body)}`, {
    waitUntil: 'domcontentloaded',
  });
}

interface Host {
  events: {
    type: string;
    detail: { code?: string };
    bubbles: boolean;
    composed: boolean;
    id: string;
  }[];
  asked: string[];
  getWat: (reason: string) => string;
}
const events = (type: string) =>
  page.evaluate(
    (wanted) => (window as unknown as Host).events.filter((event) => event.type === wanted),
    type,
  );
const asked = () => page.evaluate(() => (window as unknown as Host).asked);
const loaded = (times = 1) =>
  expect
    .poll(async () => (await events('dashboard-loaded')).length, { timeout: 20_000 })
    .toBe(times);
const frame = (id = 'one') => page.frameLocator(`#${id} iframe`);
const shown = (id = 'one') => textOf(frame(id).locator('body'));

interface Element1 extends Element {
  getWat: unknown;
  wat: string;
  theme: string | undefined;
  language: string | undefined;
  applyFilters(filters: object[]): Promise<void>;
  getFilters(): Promise<unknown>;
  getTheme(): Promise<unknown>;
  getSession(): Promise<unknown>;
}
const one = <T, A>(run: (element: Element1, argument: A) => T | Promise<T>, argument?: A) =>
  page.locator('#one').evaluate(run as never, argument as never) as Promise<T>;

const large = {
  jaql: {
    dim: '[Strikes.Wildlife Size]',
    datatype: 'text',
    title: 'Animal size',
    filter: { members: ['Large'] },
  },
};
const element = (id: string, more = '') =>
  `<embed-dashboard id="${id}" url="${url}" dashboard="${wildlifeStrikes}" loading="eager" ${more}></embed-dashboard>`;

describe('a host page', () => {
  it(
    verifies(
      'EMB-1 EMB-4',
      'may write the element before the script is there, and set its properties',
    ),
    async () => {
      await show(`<main>${element('one')}</main>`, [await mint()]);
      await one((dashboard) => {
        dashboard.getWat = (window as unknown as Host).getWat;
        dashboard.theme = undefined;
      });
      expect(await page.evaluate(() => customElements.get('embed-dashboard'))).toBeUndefined();
      await page.addScriptTag({ type: 'module', url: `${url}/embed.js` });
      await loaded();
      expect(await asked()).toEqual(['first_load']);
      expect(await events('dashboard-loaded')).toMatchObject([
        {
          bubbles: true,
          composed: true,
          id: 'one',
          detail: { dashboard: { oid: wildlifeStrikes } },
        },
      ]);
    },
  );

  it(
    verifies(
      'DATA-2 EMB-1',
      'shows two tenants side by side, each with its own rows and its own token',
    ),
    async () => {
      const [delta, southwest] = await Promise.all([mint(), mint('SOUTHWEST AIRLINES')]);
      const settings = `settings='{"showRightPane":true}'`;
      await show(
        `${script()}${element('one', `wat="${delta}" ${settings}`)}${element('two', `wat="${southwest}" ${settings}`)}`,
      );
      await loaded(2);
      for (const [id, own, other] of [
        ['one', 'DELTA AIR LINES', 'SOUTHWEST AIRLINES'],
        ['two', 'SOUTHWEST AIRLINES', 'DELTA AIR LINES'],
      ] as const) {
        await frame(id).locator('vitrine-table tbody tr').first().waitFor();
        // By key: a frame that grows above moves the second one away from under a mouse.
        await frame(id).locator('vitrine-filter .summary', { hasText: 'Operator' }).press('Enter');
        await expect.poll(() => textOf(frame(id).locator('vitrine-members-filter'))).toContain(own);
        expect(await shown(id)).not.toContain(other);
      }
      expect(await page.content()).not.toContain(delta.slice(0, 60));
    },
  );

  it(
    verifies(
      'EMB-1',
      'may take the element out and put it in again: a new session, asked for anew',
    ),
    async () => {
      await show(`${script()}<main>${element('one')}</main>`, [await mint()]);
      await one((dashboard) => {
        dashboard.getWat = (window as unknown as Host).getWat;
      });
      await loaded();
      await one((dashboard) => {
        dashboard.remove();
        document.body.prepend(dashboard);
      });
      await loaded(2);
      expect(await asked()).toEqual(['first_load', 'first_load']);
      expect(page.frames()).toHaveLength(2);
      expect(await events('embed-error')).toEqual([]);
    },
  );

  it(
    verifies('EMB-1', 'may write the address of the service with a slash at its end'),
    async () => {
      await show(
        `${script()}<embed-dashboard id="one" url="${url}/" loading="eager" wat="${await mint()}"></embed-dashboard>`,
      );
      await loaded();
    },
  );

  it(
    verifies('EMB-8', 'shows a skeleton while a slow service answers, and says that it is busy'),
    async () => {
      let release = () => {};
      const held = new Promise<void>((resolve) => {
        release = resolve;
      });
      await page.route(`${url}/embed/*`, async (route) => {
        await held;
        await route.continue();
      });
      await show(`${script()}${element('one', `wat="${await mint()}"`)}`);
      const skeleton = page.locator('#one [part=skeleton]');
      await skeleton.waitFor();
      expect(await page.locator('#one div').first().getAttribute('aria-busy')).toBe('true');
      expect(await one((dashboard) => dashboard.getBoundingClientRect().height)).toBe(240);
      release();
      await loaded();
      expect(await skeleton.isVisible()).toBe(false);
    },
  );

  it(
    verifies('EMB-8', 'hears when nobody is at the address, and the reader can try again'),
    async () => {
      await page.route('http://127.0.0.1:9/**', (route) => route.abort('connectionrefused'));
      await show(
        `${script()}<embed-dashboard id="one" url="http://127.0.0.1:9" loading="eager" timeout-ms="1500" wat="${await mint()}"></embed-dashboard>`,
      );
      await expect.poll(() => events('embed-error'), { timeout: 20_000 }).toHaveLength(1);
      expect((await events('embed-error'))[0]?.detail.code).toBe('handshake_timeout');
      await page.getByRole('button', { name: 'Try again' }).waitFor();
    },
  );
});

describe('a service under a path', () => {
  /** Serves the service under `/bi`, as a proxy that strips the path does. */
  async function startProxy(): Promise<Server> {
    const { hostname, port } = new URL(url);
    const server = createServer((incoming, outgoing) => {
      const { method, headers, url: asked = '' } = incoming;
      if (!asked.startsWith('/bi/')) return void outgoing.writeHead(404).end();
      const onward = request(
        { hostname, port, path: asked.slice(3), method, headers: { ...headers, host: hostname } },
        (answer) => {
          outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
          answer.pipe(outgoing);
        },
      );
      incoming.pipe(onward);
    });
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    return server;
  }

  it(verifies('EMB-1 LNK-1', 'is embedded and linked like any other'), async () => {
    const proxy = await startProxy();
    const address = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}/bi`;
    const wat = await mint();
    await show(
      `<script type="module" src="${address}/embed.js"></script><embed-dashboard id="one" url="${address}" loading="eager" wat="${wat}"></embed-dashboard>`,
    );
    await loaded();
    await frame().locator('vitrine-chart canvas').first().waitFor();
    for (const route of ['', `/dashboards/${wildlifeStrikes}`]) {
      await page.goto(`${address}/wat/${wat}/app/main${route}`);
      await page.locator('vitrine-chart canvas').first().waitFor();
      expect(page.url()).toMatch(new RegExp(`^${address}/embed/${key.kid}#/dashboards/`));
      await page.reload();
      await page.locator('vitrine-chart canvas').first().waitFor();
    }
    await page.close();
    proxy.closeAllConnections();
    proxy.close();
  });
});

describe('a token that does not open', () => {
  const expired = async () => {
    const now = Math.floor(Date.now() / 1000);
    return mintToken(tenant('DELTA AIR LINES', { exp: now - 60 }), { ...key, now: now - 120 });
  };
  const tampered = async () => (await mint()).replace(/\.[^.]{8}([^.]*)$/, '.AAAAAAAA$1');

  it.each([
    ['expired', expired, 'token_expired', 'This link has expired'],
    ['tampered with', tampered, 'token_refused', 'This link is not valid'],
  ] as const)(
    verifies('EMB-4 EMB-8', 'because it is %s is an event and a sentence'),
    async (_why, make, code, sentence) => {
      await show(`${script()}${element('one', `wat="${await make()}"`)}`);
      await expect.poll(() => events('embed-error'), { timeout: 20_000 }).not.toEqual([]);
      expect((await events('embed-error')).map(({ detail }) => detail.code)).toEqual([code]);
      await expect.poll(() => shown()).toContain(sentence);
      expect(
        await one((dashboard) =>
          dashboard.getSession().catch(({ code }: { code: string }) => code),
        ),
      ).toBe(code);
    },
  );

  it(verifies('EMB-7', 'is asked for again once, and the dashboard opens'), async () => {
    await show(`${script()}${element('one')}`, [await expired(), await mint()]);
    await one((dashboard) => {
      dashboard.getWat = (window as unknown as Host).getWat;
    });
    await loaded();
    expect(await asked()).toEqual(['first_load', 'token_expired']);
    expect(await events('token-expired')).toHaveLength(1);
    expect(await events('embed-error')).toEqual([]);
  });
});

describe('a session that ends', () => {
  const endSessions = async (kid: string) => {
    const headers = { authorization: `Bearer ${inject('adminToken')}` };
    const answer = await fetch(`${url}/api/v1/sessions?kid=${kid}`, { headers });
    const { sessions } = (await answer.json()) as { sessions: { id: string }[] };
    for (const { id } of sessions)
      await fetch(`${url}/api/v1/sessions/${id}`, { method: 'DELETE', headers });
  };
  const strikes = async () => {
    const text = await shown();
    return /Strikes (\d+)/.exec(text)?.[1];
  };

  it.each(['the same configuration', 'another configuration'])(
    verifies('EMB-7', "goes on with a token of %s, and with the reader's filters"),
    async (which) => {
      const first = await createConfiguration();
      const second = which === 'the same configuration' ? first : await createConfiguration();
      const claims = tenant('DELTA AIR LINES');
      await show(`${script()}${element('one')}`, [
        await mintToken(claims, first),
        await mintToken(claims, second),
      ]);
      await one((dashboard) => {
        dashboard.getWat = (window as unknown as Host).getWat;
      });
      await loaded();
      await one((dashboard, filter) => dashboard.applyFilters([filter]), large);
      await expect.poll(() => shown()).toContain('Animal size Large');
      const before = await strikes();
      await endSessions(first.kid);
      await frame().locator('vitrine-table thead button').first().waitFor();
      await frame().locator('vitrine-table td button').first().press('Enter');
      await loaded(2);
      await expect
        .poll(async () => JSON.stringify(await one((dashboard) => dashboard.getFilters())))
        .toContain('"Large"');
      expect((await asked()).length).toBe(2);
      await expect.poll(() => shown()).toContain('Animal size Large');
      expect(before).toBeDefined();
    },
  );
});

describe('a page that changes its mind', () => {
  it(
    verifies('EMB-6 EMB-1', 'is followed in theme, and led back to that of the token'),
    async () => {
      await show(
        `${script()}${element('one', `theme="${darkTheme}" wat="${await mint('DELTA AIR LINES', { thm: lightTheme })}"`)}`,
      );
      await loaded();
      const ground = () =>
        frame()
          .locator('body')
          .evaluate((body) => getComputedStyle(body).backgroundColor);
      const dark = await ground();
      await one((dashboard) => {
        dashboard.theme = undefined;
      });
      await expect.poll(ground).not.toBe(dark);
      await expect
        .poll(() => one((dashboard) => dashboard.getTheme()))
        .toEqual({ oid: lightTheme, source: 'token' });
      expect(await events('dashboard-loaded')).toHaveLength(1);
    },
  );

  it(
    verifies('EMB-1 TOK-12', 'is followed in language, and in formats where the token names none'),
    async () => {
      const wat = await mint('', { grants: { acl: [operator('AMERICAN AIRLINES')] } });
      await show(`${script()}${element('one', `wat="${wat}"`)}`);
      await loaded();
      await expect.poll(() => shown()).toContain('2,171');
      await one((dashboard) => dashboard.setAttribute('language', 'de-DE'));
      await expect.poll(() => shown()).toContain('2.171');
      await expect.poll(() => frame().locator('html').getAttribute('lang')).toBe('de-DE');
      await one((dashboard) => dashboard.removeAttribute('language'));
      await expect.poll(() => shown()).toContain('2,171');
    },
  );
});
