import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { contrastRatio } from '@vitrine/charts';
import { mintToken } from '@vitrine/tokens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, inject, it } from 'vitest';
import { createBackend } from '../../examples/host-page/backend.ts';
import { places } from '../../examples/host-page/tenants.ts';
import { createConfiguration, type Key } from '../harness/api.ts';
import { seriousFindings } from '../harness/axe.ts';
import { launchChromium } from '../harness/chromium.ts';
import { textOf } from '../harness/text-of.ts';
import { policyReports } from '../harness/trap.ts';
import { verifies } from '../verifies.ts';
import { darkTheme, flightOperations, lightTheme, shopOverview, wildlifeStrikes } from './demo.ts';

let browser: Browser;
let reports: readonly string[];
let page: Page;
let key: Key;
let host: Server;
let hostUrl: string;

beforeAll(async () => {
  browser = await launchChromium();
  reports = policyReports(browser);
  host = createServer().listen(0, 'localhost');
  await once(host, 'listening');
  hostUrl = `http://localhost:${(host.address() as AddressInfo).port}`;
  key = await createConfiguration({ profile: 'strict', origins: [hostUrl] });
  host.on('request', createBackend({ serviceUrl: inject('serviceUrl'), ...key }));
});
afterAll(async () => {
  await browser.close();
  host.closeAllConnections();
  host.close();
  expect(reports).toEqual([]);
});
afterEach(() => page.context().close());

const dashboards = {
  delta: wildlifeStrikes,
  operations: flightOperations,
  shop: shopOverview,
} as const;

async function openLink(place: keyof typeof dashboards, more: object = {}, size = 1280) {
  const exp = Math.floor(Date.now() / 1000) + 600;
  const wat = await mintToken({ ...places[place], exp, ...more }, key);
  page = await browser.newPage({ viewport: { width: size, height: 900 } });
  await page.goto(`${inject('serviceUrl')}/wat/${wat}/app/main#/dashboards/${dashboards[place]}`);
  await drawn();
}

async function drawn(): Promise<void> {
  await expect
    .poll(() => page.locator('vitrine-chart canvas').count(), { timeout: 20_000 })
    .toBeGreaterThan(3);
}

/** Where the focus is: the name of the innermost focused element and whether an outline shows, its own or its cell's. */
const focused = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const ringed = element?.closest('th, td') ?? element;
    const { outlineStyle = '', outlineWidth = '' } = ringed ? getComputedStyle(ringed) : {};
    const label = element?.getAttribute('aria-label') ?? element?.textContent ?? '';
    return {
      name: label.replace(/\s+/g, ' ').trim(),
      isVisible: outlineStyle !== 'none' && Number.parseFloat(outlineWidth) > 0,
    };
  });

describe('with the rules of axe-core, there is nothing serious in', () => {
  it.each([
    ['wildlife strikes, light', 'delta', lightTheme, 1280],
    ['wildlife strikes, dark, on a phone', 'delta', darkTheme, 390],
    ['flight operations, dark', 'operations', darkTheme, 1280],
    ['the shop, light, on a phone', 'shop', lightTheme, 390],
  ] as const)(verifies('EMB-8 VIEW-5', '%s'), async (_name, place, thm, width) => {
    await openLink(place, { thm }, width);
    expect(await seriousFindings(page)).toEqual([]);
  });

  it(verifies('EMB-8', 'the filter panel with every control open, light and dark'), async () => {
    for (const thm of [lightTheme, darkTheme]) {
      await page?.context().close();
      await openLink('operations', { thm });
      for (const summary of await page.locator('vitrine-filter .summary').all())
        await summary.click();
      await page.getByRole('button', { name: 'Relative' }).click();
      await page.locator('vitrine-members-filter .option input').first().waitFor();
      await page.getByRole('button', { name: 'Add filter' }).click();
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  it(verifies('EMB-8', 'what lies over the dashboard on a phone, light and dark'), async () => {
    for (const thm of [lightTheme, darkTheme]) {
      await page?.context().close();
      await openLink('operations', { thm }, 390);
      for (const [button, pane] of [
        [/Show filters/, 'vitrine-filter-pane.open'],
        [/Show dashboards/, 'vitrine-nav.open'],
      ] as const) {
        await page.getByRole('button', { name: button }).click();
        await page.locator(pane).waitFor();
        expect(await seriousFindings(page)).toEqual([]);
        await page.keyboard.press('Escape');
        await expect.poll(() => page.locator(pane).count()).toBe(0);
      }
    }
  });

  it(verifies('EMB-8 OPS-4', 'a page that says what is wrong, light and dark'), async () => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page?.context().close();
      page = await browser.newPage({ colorScheme });
      await page.goto(`${inject('serviceUrl')}/wat/no-token/app/main`);
      await page.getByRole('alert').waitFor();
      expect(await seriousFindings(page)).toEqual([]);
    }
  });

  it(
    verifies('EMB-8 CFG-4', 'the refusal of a link that is not allowed, light and dark'),
    async () => {
      const closed = await createConfiguration({ profile: 'compatible', linksAllowed: false });
      const wat = await mintToken({ sub: 'nobody' }, closed);
      for (const colorScheme of ['light', 'dark'] as const) {
        await page?.context().close();
        page = await browser.newPage({ colorScheme });
        await page.goto(`${inject('serviceUrl')}/wat/${wat}/app/main`);
        expect(await textOf(page.locator('body'))).toContain('links_not_allowed');
        expect(await seriousFindings(page)).toEqual([]);
      }
    },
  );

  it(verifies('EMB-8', 'the host page and its frames, light and dark'), async () => {
    page = await browser.newPage({ viewport: { width: 1280, height: 3000 } });
    await page.goto(hostUrl);
    const frame = page.frameLocator('embed-dashboard >> nth=1 >> iframe');
    await frame.locator('vitrine-table tbody tr').first().waitFor({ timeout: 20_000 });
    expect(page.frames()).toHaveLength(3);
    expect(await seriousFindings(page)).toEqual([]);
    await page.getByRole('button', { name: 'Dark' }).click();
    await expect
      .poll(() => frame.locator('body').evaluate((body) => getComputedStyle(body).colorScheme))
      .toBe('dark');
    expect(await seriousFindings(page)).toEqual([]);
  });
});

describe('with a keyboard alone', () => {
  it(
    verifies(
      'EMB-8 VIEW-1',
      'every filter is reached, opened, set and left, with the focus in sight',
    ),
    async () => {
      await openLink('delta');
      const names = await page.locator('vitrine-filter h3').allTextContents();
      const reached = new Set<string>();
      await page.keyboard.press('Tab');
      await page.keyboard.press('Tab');
      expect(await focused()).toEqual({ name: 'Show filters', isVisible: true });
      await page.keyboard.press('Enter');
      for (let step = 0; step < 80 && reached.size < names.length; step += 1) {
        await page.keyboard.press('Tab');
        const { name, isVisible } = await focused();
        const found = names.find((known) => name.startsWith(known) && name !== known);
        if (!found) continue;
        expect(isVisible, name).toBe(true);
        reached.add(found);
        if (found !== 'Animal size') continue;
        await page.keyboard.press('Enter');
        await page.locator('vitrine-members-filter .option input').first().waitFor();
        while ((await focused()).name !== '' || !(await hasFocus('input[type=checkbox]')))
          await page.keyboard.press('Tab');
        await page.keyboard.press('Space');
        await expect.poll(() => textOf(page.locator('vitrine-chips'))).toContain('Animal size');
      }
      expect([...reached].sort()).toEqual([...names].sort());
    },
  );

  it(
    verifies(
      'EMB-8 VIEW-1',
      'a chart is read value by value, filters by one, and says what it does',
    ),
    async () => {
      await openLink('delta');
      const chart = page.getByRole('img', { name: /Phase of flight/ });
      await chart.focus();
      await page.keyboard.press('ArrowRight');
      await page.keyboard.press('ArrowRight');
      const spoken = page.locator('vitrine-chart [role=status]').filter({ hasText: /./ });
      expect(await spoken.textContent()).toMatch(/^Climb\. Large: \d+/);
      expect(await textOf(page.locator('vitrine-tooltip'))).toContain('Climb');
      await page.keyboard.press('Enter');
      await expect.poll(() => textOf(page.locator('vitrine-chips'))).toContain('Climb');
      await page.keyboard.press('Escape');
      expect(await textOf(page.locator('vitrine-tooltip'))).not.toContain('Climb');
      await page.getByRole('region', { name: 'Phase of flight' }).hover();
      await page
        .getByRole('group', { name: 'Actions for Phase of flight' })
        .getByRole('button', { name: 'View as table' })
        .press('Enter');
      const table = page.getByRole('grid', { name: 'Phase of flight', exact: true });
      expect(await table.getByRole('row').count()).toBeGreaterThan(3);
    },
  );

  it(
    verifies(
      'EMB-8 VIEW-1',
      'a table is one tab stop, read cell by cell, sorted by a head and filtered by a member',
    ),
    async () => {
      await openLink('delta');
      const table = page.getByRole('grid', { name: 'Airports by cost', exact: true });
      await table.getByRole('row').nth(5).waitFor();
      const count = await table.getByRole('row').count();
      const cell = async (row: number, column: number) => {
        const found = table.getByRole('row').nth(row).locator('th, td').nth(column);
        return (await textOf(found)).trim();
      };
      const isIn = () => table.evaluate((grid) => grid.matches(':focus-within'));
      const press = async (...keys: readonly string[]) => {
        for (const key of keys) await page.keyboard.press(key);
      };
      const expectFocus = async (row: number, column: number) => {
        const name = await cell(row, column);
        expect(await focused()).toEqual({ name, isVisible: true });
        expect(await isInSight(), name).toBe(true);
      };

      const actions = page.getByRole('group', { name: 'Actions for Airports by cost' });
      await actions.getByRole('button').last().focus();
      await press('Tab');
      await expectFocus(0, 0);
      await press('ArrowRight', 'Space');
      await expect
        .poll(() => table.getByRole('columnheader').nth(1).getAttribute('aria-sort'))
        .toBe('descending');
      await press('End', 'ArrowDown', 'ArrowDown', 'Home');
      await expectFocus(2, 0);
      await press('ArrowRight');
      await expectFocus(2, 1);
      await press('Control+End');
      await expectFocus(count - 1, -1);
      for (let row = count - 2; row > 0; row -= 1) {
        await press('ArrowUp');
        await expectFocus(row, -1);
      }
      await press('Control+Home', 'ArrowDown');
      await expectFocus(1, 0);

      await press('Tab');
      expect(await isIn()).toBe(false);
      await press('Shift+Tab');
      await expectFocus(1, 0);
      expect(await seriousFindings(page)).toEqual([]);

      await press('ArrowDown', 'ArrowDown');
      const member = await cell(3, 0);
      await press('Enter');
      await expect.poll(() => textOf(page.locator('vitrine-chips'))).toContain(member);
      await expect.poll(() => page.locator('vitrine-widget .stale').count()).toBe(0);
      expect(await focused()).toEqual({ name: member, isVisible: true });
      await press('Control+Enter');
      await expect.poll(() => textOf(page.locator('vitrine-chips'))).not.toContain(member);
    },
  );

  it(
    verifies(
      'EMB-8 VIEW-1',
      'the focus goes to the first of the last rows, and stays in the card where none are left',
    ),
    async () => {
      let rows = 150;
      await openLink('delta');
      await page.route('**/data', async (route) => {
        const response = await route.fetch();
        const lines = (await response.text()).trimEnd().split('\n');
        const answers = lines.map((line) => JSON.parse(line));
        for (const answer of answers) {
          const [first] = answer.values;
          if (answer.headers.length < 3) continue;
          answer.values = Array.from({ length: rows }, (_, nth) =>
            first.with(0, { data: `Row ${nth}`, text: `Row ${nth}` }),
          );
        }
        const body = answers.map((answer) => `${JSON.stringify(answer)}\n`).join('');
        await route.fulfill({ response, body });
      });
      await page.reload();
      await drawn();
      const card = page.getByRole('region', { name: 'Airports by cost', exact: true });
      const more = card.getByRole('button', { name: 'Show more rows' });
      await more.press('Enter');
      await expect.poll(focused).toEqual({ name: 'Row 100', isVisible: true });
      expect(await more.count()).toBe(0);
      rows = 0;
      await page.keyboard.press('Enter');
      await card.getByText('No data').waitFor();
      expect(await card.evaluate((section) => section.matches(':focus-within'))).toBe(true);
    },
  );

  it(
    verifies(
      'EMB-8 VIEW-1',
      'a table with nothing to press is plain text in a region that scrolls',
    ),
    async () => {
      await openLink('delta', { grants: { ...places.delta.grants, prm: [] } });
      await page.route('**/data', async (route) => {
        const response = await route.fetch();
        const cut = (await response.text()).replaceAll('"truncated":false', '"truncated":true');
        await route.fulfill({ response, body: cut });
      });
      await page.reload();
      await drawn();
      const region = page.getByRole('group', { name: 'Airports by cost', exact: true });
      await region.getByRole('table').waitFor();
      expect(await region.locator('[tabindex], button').count()).toBe(0);
      await region.focus();
      await page.keyboard.press('ArrowDown');
      await expect.poll(() => region.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(0);
      expect(await seriousFindings(page)).toEqual([]);
    },
  );

  it(
    verifies('EMB-8', 'Escape closes what lies over the dashboard and gives the focus back'),
    async () => {
      await openLink('delta', {}, 800);
      const filters = page.getByRole('button', { name: /Show filters/ });
      await filters.press('Enter');
      await page.locator('vitrine-filter-pane.open').waitFor();
      await page.keyboard.press('Escape');
      await expect.poll(() => page.locator('vitrine-filter-pane.open').count()).toBe(0);
      expect((await focused()).name).toMatch(/^Show filters/);
      const menu = page.getByRole('button', { name: 'Export' });
      await menu.press('Enter');
      await page.getByRole('menuitem').first().waitFor();
      await page.keyboard.press('ArrowDown');
      expect((await focused()).name).toBe('Image (PNG)');
      await page.keyboard.press('Escape');
      expect((await focused()).name).toBe('Export');
    },
  );
});

describe('a reader', () => {
  it(verifies('EMB-8', 'who wants less motion gets none'), async () => {
    page = await browser.newPage({ reducedMotion: 'reduce' });
    const exp = Math.floor(Date.now() / 1000) + 600;
    const wat = await mintToken({ ...places.delta, exp }, key);
    let release = () => {};
    const held = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route('**/data', async (route) => {
      await held;
      await route.continue();
    });
    await page.goto(`${inject('serviceUrl')}/wat/${wat}/app/main#/dashboards/${wildlifeStrikes}`);
    await page.locator('vitrine-widget .bone').first().waitFor();
    const animations = () => page.evaluate(() => document.getAnimations().length);
    expect(await animations()).toBe(0);
    release();
    await drawn();
    expect(await animations()).toBe(0);
  });

  it.each([
    ['light', '#ffffff'],
    ['dark', '#121212'],
  ] as const)(
    verifies(
      'EMB-8',
      'who prefers %s can read what is there before the theme, and sees where widgets will be',
    ),
    async (colorScheme, ground) => {
      page = await browser.newPage({ colorScheme });
      await page.route('**/themes/*', () => undefined);
      const exp = Math.floor(Date.now() / 1000) + 600;
      const wat = await mintToken({ ...places.delta, exp }, key);
      await page.goto(`${inject('serviceUrl')}/wat/${wat}/app/main#/dashboards/${wildlifeStrikes}`);
      for (const text of ['header h1', 'header p', 'nav h2', 'nav button', 'filter .summary']) {
        const shown = page.locator(`vitrine-${text}`).first();
        await shown.waitFor();
        const color = await shown.evaluate((element) => {
          const channels = getComputedStyle(element).color.match(/\d+/g) ?? [];
          return `#${channels.map((channel) => Number(channel).toString(16).padStart(2, '0')).join('')}`;
        });
        expect(contrastRatio(color, ground), text).toBeGreaterThan(4.5);
      }
      const cards = page.locator('vitrine-dashboard .grid > div');
      const frames = await cards.evaluateAll((all) =>
        all.map((card) => getComputedStyle(card).borderTopWidth),
      );
      expect(frames).toEqual(Array(6).fill('1px'));
    },
  );

  it.each([1280, 390])(
    verifies(
      'OPS-4 EMB-8',
      'sees in each card what failed, and gets all of it with one try, at %s px',
    ),
    async (width) => {
      page = await browser.newPage({ viewport: { width, height: 900 }, locale: 'de-DE' });
      let isDown = true;
      await page.route('**/data', (route) =>
        isDown ? route.fulfill({ status: 500, body: '{}' }) : route.continue(),
      );
      const exp = Math.floor(Date.now() / 1000) + 600;
      const wat = await mintToken({ ...places.operations, lng: 'de-DE', exp }, key);
      await page.goto(
        `${inject('serviceUrl')}/wat/${wat}/app/main#/dashboards/${flightOperations}`,
      );
      const states = page.locator('vitrine-widget .state[role=alert]');
      await expect.poll(() => states.count()).toBeGreaterThan(8);
      const cut = await states.evaluateAll(
        (all) => all.filter(({ scrollHeight, clientHeight }) => scrollHeight > clientHeight).length,
      );
      expect(cut).toBe(0);
      expect(await seriousFindings(page)).toEqual([]);
      isDown = false;
      await states.getByRole('button', { name: 'Erneut versuchen' }).first().press('Enter');
      await expect.poll(() => states.count()).toBe(0);
      await drawn();
    },
  );

  it(
    verifies('EMB-8', 'who prints gets the dashboard without its tools, on light paper'),
    async () => {
      await openLink('delta', { thm: darkTheme });
      const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
      const dark = await ground();
      await page.emulateMedia({ media: 'print' });
      await expect.poll(ground).not.toBe(dark);
      for (const tool of ['vitrine-filter-pane', 'vitrine-nav', 'vitrine-header .tools'])
        expect(await page.locator(tool).isVisible(), tool).toBe(false);
      expect(await page.locator('vitrine-chart').first().isVisible()).toBe(true);
      expect(await page.locator('vitrine-header h1').isVisible()).toBe(true);
      await page.emulateMedia({ media: 'screen' });
      await expect.poll(ground).toBe(dark);
    },
  );
});

const hasFocus = (selector: string) =>
  page.evaluate((wanted) => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element?.matches(wanted) === true;
  }, selector);

/** Whether the focused cell stands whole between the head of its table and the lower edge. */
const isInSight = () =>
  page.evaluate(() => {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    const cell = element?.closest('th, td')?.getBoundingClientRect();
    const room = element?.closest('.rows')?.getBoundingClientRect();
    const head = element?.closest('td')?.closest('table')?.querySelector('th');
    if (!cell || !room) return false;
    const top = head?.getBoundingClientRect().bottom ?? room.top;
    return cell.top >= top - 1 && cell.bottom <= Math.min(room.bottom, innerHeight) + 1;
  });
