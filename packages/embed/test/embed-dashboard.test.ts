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

const open = async (attributes: string) => {
  page = await openPage(browser, origins, element(origins, attributes));
};
const viewer = () => frameAt(page, `${origins.viewer}/embed/`);
const opened = () => eventOf(page, 'dashboard-loaded');
const viewerLoads = () => origins.viewerRequests.filter((url) => url.startsWith('/embed/')).length;

describe('<embed-dashboard>', () => {
  it(verifies('EMB-1 G-2 LNK-4', 'hands the token over by message, never by address'), async () => {
    await open(
      `wat="${token('open')}" dashboard="d1" theme="night" settings='{"showHeader":true}'`,
    );
    expect(await opened()).toEqual({ dashboard: { oid: 'd1', title: 'First' } });
    const frame = await viewer();
    expect(await viewerLog(frame)).toEqual([
      {
        type: 'init',
        wat: token('open'),
        dashboard: 'd1',
        theme: 'night',
        settings: { showHeader: true },
      },
    ]);
    expect(frame.url()).toMatch(
      new RegExp(`^${origins.viewer}/embed/65f0a1b2c3d4e5f6a7b8c9d0\\?host=[^&]+&nonce=[\\d-]+$`),
    );
    expect(new URL(frame.url()).searchParams.get('host')).toBe(origins.host);
    expect(origins.viewerRequests.join()).not.toContain(token('open').slice(0, 32));
  });

  it(
    verifies(
      'G-3 G-4',
      'makes a frame without name or referrer that can neither navigate the page nor submit forms',
    ),
    async () => {
      await open(`wat="${token('open')}" title="Sales of today"`);
      await opened();
      const iframe = await inElement(page, ({ shadowRoot }) => {
        const { attributes } = shadowRoot!.querySelector('iframe')!;
        return Object.fromEntries([...attributes].map(({ name, value }) => [name, value]));
      });
      expect(iframe).toMatchObject({
        title: 'Sales of today',
        referrerpolicy: 'no-referrer',
        allow: 'fullscreen',
        sandbox:
          'allow-scripts allow-same-origin allow-downloads allow-popups allow-popups-to-escape-sandbox',
      });
      expect(iframe).not.toHaveProperty('name');
      const top = await (await viewer()).evaluate(() => {
        try {
          window.top!.location.href = 'about:blank';
          return 'left';
        } catch {
          return 'blocked';
        }
      });
      expect(top).toBe('blocked');
    },
  );

  it(
    verifies('G-6', 'has no token in the document after it was read, whatever way it came'),
    async () => {
      await open(`wat="${token('open')}"`);
      await opened();
      const parts = await inElement(
        page,
        async (dashboard, next) => {
          const seen: string[] = [];
          const observer = new MutationObserver((records) => {
            for (const { target, oldValue } of records)
              seen.push(oldValue ?? '', (target as Element).outerHTML ?? '');
          });
          const all = { attributes: true, attributeOldValue: true, childList: true, subtree: true };
          observer.observe(document, all);
          observer.observe(dashboard.shadowRoot!, all);
          dashboard.wat = next;
          await dashboard.updateComplete;
          await new Promise(requestAnimationFrame);
          return [
            String(dashboard.wat),
            document.documentElement.outerHTML,
            dashboard.shadowRoot!.innerHTML,
            ...seen,
          ];
        },
        token('tall'),
      );
      expect(parts[0]).toBe('undefined');
      for (const part of parts) {
        expect(part).not.toContain(token('open').slice(0, 32));
        expect(part).not.toContain(token('tall').slice(0, 32));
      }
      await inElement(
        page,
        (dashboard, next) => dashboard.setAttribute('wat', next),
        token('open'),
      );
      expect(await inElement(page, (dashboard) => dashboard.hasAttribute('wat'))).toBe(false);
    },
  );

  it(
    verifies('EMB-8', 'takes the height of its content, and gives it up for auto-height="false"'),
    async () => {
      await open(`wat="${token('tall')}" min-height="300"`);
      expect(await eventOf(page, 'frame-resized')).toEqual({ height: 1500 });
      const height = () => inElement(page, (dashboard) => dashboard.getSize().height);
      expect(await height()).toBe(1500);
      await inElement(page, async (dashboard) => {
        dashboard.autoHeight = false;
        dashboard.style.height = '420px';
        await dashboard.updateComplete;
      });
      expect(await height()).toBe(420);
      await inElement(page, async (dashboard) => {
        dashboard.style.height = '10px';
        await dashboard.updateComplete;
      });
      expect(await height()).toBe(300);
    },
  );

  it(verifies('EMB-2 EMB-4', 'does what the token allows, and tells it by events'), async () => {
    await open(`wat="${token('open')}"`);
    const filters = [{ jaql: { dim: '[Commerce.Country]', filter: { members: ['Chile'] } } }];
    await inElement(page, (dashboard, wanted) => dashboard.applyFilters(wanted), filters);
    expect(await eventOf(page, 'filters-changed')).toEqual({ filters });
    expect(await inElement(page, (dashboard) => dashboard.getFilters())).toHaveLength(1);
    const made = { format: 'pdf', fileName: 'dashboard.pdf' };
    expect(await inElement(page, (dashboard) => dashboard.export({ format: 'pdf' }))).toEqual(made);
    expect(await eventOf(page, 'export-done')).toEqual(made);
    await inElement(page, (dashboard) => dashboard.frame.dashboard.openDashboard('d2'));
    expect(await eventOf(page, 'dashboard-changed')).toEqual({
      dashboard: { oid: 'd2', title: 'Next' },
      previous: { oid: 'd1', title: 'First' },
    });
    expect(await eventOf(page, 'widget-loaded')).toEqual({ widget: { oid: 'w1', title: 'Sales' } });
    expect(await inElement(page, (dashboard) => dashboard.getUser())).toEqual({
      id: 'ann',
      name: 'Ann',
    });
    expect(await inElement(page, (dashboard) => dashboard.getTheme())).toEqual({
      oid: 'day',
      source: 'system',
    });
    expect(viewerLoads()).toBeGreaterThan(0);
  });

  it(
    verifies(
      'EMB-2',
      'always rejects the five blocked actions, at once and before anything is loaded',
    ),
    async () => {
      page = await openPage(browser, origins, '<embed-dashboard></embed-dashboard>');
      const codes = await inElement(page, (dashboard) =>
        Promise.all(
          (['removeFilters', 'openSimplyAsk', 'createWidget', 'createTextWidget', 'share'] as const)
            .flatMap((action) => [dashboard[action](), dashboard.frame.dashboard[action]()])
            .map((refused) =>
              refused.catch(
                (error: { name: string; code: string }) => `${error.name} ${error.code}`,
              ),
            ),
        ),
      );
      expect(codes).toEqual(Array.from({ length: 10 }, () => 'EmbedError action_blocked'));
    },
  );

  it(
    verifies('EMB-2', 'rejects filtering and exporting where the token lacks the ability'),
    async () => {
      await open(`wat="${token('readonly')}"`);
      const codes = await inElement(page, (dashboard) =>
        Promise.all(
          [dashboard.applyFilters([]), dashboard.export({ format: 'csv' })].map((refused) =>
            (refused as Promise<unknown>).catch(({ code }: { code: string }) => code),
          ),
        ),
      );
      expect(codes).toEqual(['ability_missing', 'ability_missing']);
      expect(await viewerLog(await viewer())).toHaveLength(1);
      expect(await eventCount(page, 'filters-changed')).toBe(0);
    },
  );

  it(verifies('EMB-2', 'rejects what cannot be sent, with a code'), async () => {
    await open(`wat="${token('open')}"`);
    const codes = await inElement(page, async (dashboard) => {
      const code = (refused: Promise<unknown>) =>
        refused.catch((error: { code: string }) => error.code);
      return [
        await code(dashboard.openDashboard('../admin')),
        await code(dashboard.applyFilters([{ jaql: { filter: () => 1 } }])),
      ];
    });
    expect(codes).toEqual(['message_invalid', 'message_invalid']);
  });

  it(
    verifies(
      'EMB-1',
      'takes a change of theme, language, settings, dashboard and widget without a reload',
    ),
    async () => {
      await open(`wat="${token('open')}" theme="night" widget="w1"`);
      await opened();
      const loads = viewerLoads();
      await inElement(page, async (dashboard) => {
        dashboard.theme = 'day';
        dashboard.settings = { showRightPane: true, other: 1 } as never;
        await dashboard.updateComplete;
        dashboard.settings = { showRightPane: true };
        dashboard.language = 'de-DE';
        await dashboard.updateComplete;
        dashboard.removeAttribute('theme');
        dashboard.theme = undefined;
        dashboard.widget = undefined;
        dashboard.dashboard = 'd2';
        await dashboard.updateComplete;
      });
      await eventOf(page, 'dashboard-changed');
      expect((await viewerLog(await viewer())).slice(1)).toEqual([
        { type: 'set', theme: 'day', settings: { showRightPane: true } },
        { type: 'set', language: 'de-DE' },
        { type: 'set', theme: null, widget: null, dashboard: 'd2' },
      ]);
      expect(viewerLoads()).toBe(loads);
    },
  );

  it(
    verifies('EMB-1', 'makes a new frame for another token, with nothing left of the one before'),
    async () => {
      await open(`wat="${token('open')}"`);
      await opened();
      const before = await viewer();
      await inElement(
        page,
        (dashboard, next) => {
          dashboard.wat = next;
        },
        token('readonly'),
      );
      await eventOf(page, 'dashboard-loaded', 2);
      const after = await viewer();
      expect(before.isDetached()).toBe(true);
      expect(new URL(after.url()).searchParams.get('nonce')).not.toBe(
        new URL(before.url()).searchParams.get('nonce'),
      );
      expect((await viewerLog(after)).map(({ wat }) => wat)).toEqual([token('readonly')]);
    },
  );

  it(
    verifies('EMB-8', 'loads when it comes near the screen, or when an action needs it'),
    async () => {
      const far = `<pre>${'\n'.repeat(300)}</pre><embed-dashboard url="${origins.viewer}" wat="${token('open')}"></embed-dashboard>`;
      page = await openPage(browser, origins, far);
      const isIdle = () => inElement(page, (dashboard) => dashboard.frame.state);
      expect(await isIdle()).toBe('idle');
      expect(page.frames()).toHaveLength(1);
      await page.evaluate(() => document.querySelector('embed-dashboard')?.scrollIntoView());
      await opened();
      await page.context().close();
      page = await openPage(browser, origins, far);
      expect(await isIdle()).toBe('idle');
      expect(await inElement(page, (dashboard) => dashboard.getSession())).toMatchObject({
        locale: 'en-US',
      });
    },
  );

  it(
    verifies('G-3', 'connects anew when the frame reloads, and gives its new document the token'),
    async () => {
      await open(`wat="${token('open')}"`);
      await opened();
      const frame = await viewer();
      await frame.evaluate(() => location.reload()).catch(() => {});
      await eventOf(page, 'dashboard-loaded', 2);
      expect((await viewerLog(await viewer())).map(({ type }) => type)).toEqual(['init']);
      expect(await inElement(page, (dashboard) => dashboard.getFilters())).toHaveLength(1);
      expect(await eventCount(page, 'embed-error')).toBe(0);
    },
  );

  it('takes everything away when it leaves the document, and starts again when it comes back', async () => {
    await open(`wat="${token('open')}"`);
    await opened();
    const left = await inElement(page, (dashboard) => {
      dashboard.remove();
      const rest = dashboard.shadowRoot!.childElementCount;
      const waiting = dashboard.getFilters().catch(({ code }: { code: string }) => code);
      document.body.append(dashboard);
      return waiting.then(() => [rest, dashboard.frame.state]);
    });
    expect(left).toEqual([0, 'loaded']);
    expect(page.frames()).toHaveLength(2);
  });
});

describe('EmbedFrame', () => {
  it(
    verifies('EMB-1', 'does the same without a custom element, and leaves nothing behind'),
    async () => {
      page = await openPage(browser, origins, '<main></main>');
      const result = await page.evaluate(
        async ({ url, wat }) => {
          const frame = new window.embed.EmbedFrame({ url, wat, loading: 'eager', minHeight: 100 });
          const loaded = new Promise((resolve) => frame.addEventListener('frame-resized', resolve));
          const main = document.querySelector('main')!;
          frame.mount(main);
          await loaded;
          const { user } = await frame.dashboard.getSession();
          const size = frame.size.height;
          frame.destroy();
          let refusal = '';
          try {
            frame.mount(document.createElement('div'));
          } catch (error) {
            refusal = (error as Error).name;
          }
          return { user, size, left: main.childElementCount, state: frame.state, refusal };
        },
        { url: origins.viewer, wat: token('open') },
      );
      expect(result).toEqual({
        user: { id: 'ann', name: 'Ann' },
        size: 400,
        left: 0,
        state: 'idle',
        refusal: 'TypeError',
      });
    },
  );
});
