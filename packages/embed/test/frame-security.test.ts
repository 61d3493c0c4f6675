import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { launchBrowser } from './browser.ts';
import {
  element,
  eventCount,
  eventOf,
  frameAt,
  inElement,
  openPage,
  token,
  viewerLog,
} from './embed-page.ts';
import { type Origins, startOrigins } from './origins.ts';

let origins: Origins;
let browser: Browser;
let page: Page;

beforeAll(async () => {
  [origins, browser] = await Promise.all([startOrigins(), launchBrowser()]);
});
afterAll(async () => {
  await browser?.close();
  origins?.close();
});
afterEach(async () => {
  await page?.context().close();
});

const open = async (body: string) => {
  page = await openPage(browser, origins, body);
};
const attackerFrame = () => frameAt(page, `${origins.attacker}/`);
const heard = async () => (await attackerFrame()).evaluate(() => window.heard);
const leave = (to: string) =>
  inElement(
    page,
    (dashboard, address) => {
      dashboard.shadowRoot!.querySelector('iframe')!.src = address;
    },
    to,
  );
/** Until the attacker's script has run and whatever was sent to it has arrived. */
const attackerReady = async () => {
  const frame = await attackerFrame();
  await frame.waitForFunction(() => window.heard !== undefined);
  await frame.evaluate(() => new Promise((resolve) => setTimeout(resolve, 100)));
};

describe('the frame', () => {
  it(
    verifies(
      'G-2 G-3',
      'gets one message by its window, without the token; all else comes by the port',
    ),
    async () => {
      await open(element(origins, `wat="${token('open')}"`));
      await eventOf(page, 'dashboard-loaded');
      const frame = await frameAt(page, `${origins.viewer}/embed/`);
      const nonce = new URL(frame.url()).searchParams.get('nonce');
      await inElement(page, (dashboard) => dashboard.openDashboard('d2'));
      expect(await frame.evaluate(() => window.windowMessages)).toEqual([
        { vitrine: 'welcome', nonce },
      ]);
      expect(await viewerLog(frame)).toMatchObject([{ type: 'init', wat: token('open') }]);
    },
  );
});

describe('a hijacked frame', () => {
  it.each([
    ['its hello and the welcome', 'leaving-early'],
    ['its ready and the token', 'leaving-late'],
  ])(
    verifies('G-3', 'that is navigated between %s gets nothing'),
    async (_moment, configuration) => {
      await open(element(origins, `wat="${token('open', configuration)}"`));
      await attackerReady();
      expect(await heard()).toEqual([]);
      expect(await eventCount(page, 'dashboard-loaded')).toBe(0);
      expect((await eventOf(page, 'embed-error'))?.code).toMatch(
        /^(handshake_timeout|frame_left)$/,
      );
      expect(page.frames()).toHaveLength(1);
    },
  );

  it(
    verifies(
      'G-3',
      'that a script of the page points elsewhere before the viewer loads gets nothing, though it knows the nonce',
    ),
    async () => {
      await open(element(origins, ''));
      await inElement(
        page,
        (dashboard, { wat, attacker }) => {
          dashboard.wat = wat;
          return dashboard.updateComplete.then(() => {
            const iframe = dashboard.shadowRoot!.querySelector('iframe')!;
            const nonce = new URL(iframe.src).searchParams.get('nonce');
            iframe.src = `${attacker}/attacker?nonce=${nonce}`;
          });
        },
        { wat: token('open'), attacker: origins.attacker },
      );
      await attackerReady();
      expect(await heard()).toEqual([]);
      expect(await eventCount(page, 'frame-resized')).toBe(0);
    },
  );

  it(
    verifies('G-3', 'that is navigated while open gets no later message, and is taken away'),
    async () => {
      await open(element(origins, `wat="${token('open')}"`));
      await eventOf(page, 'dashboard-loaded');
      const nonce = new URL(
        (await frameAt(page, `${origins.viewer}/embed/`)).url(),
      ).searchParams.get('nonce');
      await leave(`${origins.attacker}/attacker?nonce=${nonce}`);
      await attackerReady();
      await inElement(page, async (dashboard) => {
        dashboard.theme = 'night';
        await dashboard.updateComplete;
        void dashboard.applyFilters([]).catch(() => {});
      });
      await attackerReady();
      expect(await heard()).toEqual([]);
      expect(await eventOf(page, 'embed-error')).toMatchObject({ code: 'frame_left' });
      expect(page.frames()).toHaveLength(1);
    },
  );
});

describe('a frame beside it', () => {
  it(verifies('G-2', 'of another origin hears no message of a whole session'), async () => {
    await open(
      `<iframe src="${origins.attacker}/attacker"></iframe>${element(origins, `wat="${token('open')}"`)}`,
    );
    await eventOf(page, 'dashboard-loaded');
    await inElement(page, async (dashboard) => {
      await dashboard.applyFilters([{ jaql: { dim: '[Commerce.Country]' } }]);
      dashboard.theme = 'night';
      await dashboard.updateComplete;
      await dashboard.openDashboard('d2');
    });
    await attackerReady();
    expect(await heard()).toEqual([]);
    expect(await eventCount(page, 'embed-error')).toBe(0);
  });

  it(
    verifies('G-2', 'cannot speak for the viewer: 1,000 forged messages have no effect'),
    async () => {
      await open(
        `<iframe src="${origins.attacker}/attacker"></iframe>${element(origins, `wat="${token('open')}"`)}`,
      );
      await eventOf(page, 'dashboard-loaded');
      const viewer = await frameAt(page, `${origins.viewer}/embed/`);
      const nonce = new URL(viewer.url()).searchParams.get('nonce');
      await (await attackerFrame()).evaluate((known) => {
        const kinds = [
          { vitrine: 'hello', nonce: known },
          { vitrine: 'welcome', nonce: known },
          { type: 'session' },
          { type: 'resize', height: 1 },
          { type: 'init', wat: 'a.b.c.d.e', settings: {} },
        ];
        for (let round = 0; round < 200; round++)
          for (const message of kinds)
            window.parent.postMessage(message, '*', [new MessageChannel().port2]);
      }, nonce);
      await attackerReady();
      expect(await heard()).toEqual([]);
      expect(await viewerLog(viewer)).toHaveLength(1);
      expect(await eventCount(page, 'frame-resized')).toBe(1);
      expect(await inElement(page, (dashboard) => dashboard.getFilters())).toHaveLength(1);
    },
  );
});
