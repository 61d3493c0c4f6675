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
let problems: string[];

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

const open = async (html: string) => {
  page = await openPage(browser, origins, html);
  problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
};
const viewer = () => frameAt(page, `${origins.viewer}/embed/`);
const shownError = () =>
  inElement(page, ({ shadowRoot }) => {
    const error = shadowRoot!.querySelector<HTMLElement>('[part=error]')!;
    return error.checkVisibility() ? error.innerText.split(/\n+/) : [];
  });

describe('what goes wrong', () => {
  it.each([
    ['token_malformed', 'wat="no.token"'],
    ['token_malformed', `wat="${token('open', '../admin')}"`],
    ['url_invalid', `wat="${token('open')}" url="javascript:alert(1)"`],
    ['message_invalid', `wat="${token('open')}" dashboard="../admin"`],
  ])(
    verifies('EMB-4 EMB-8', 'is an event %s and a state with a way back: %s'),
    async (code, attributes) => {
      await open(
        `<embed-dashboard loading="eager" ${attributes} url="${origins.viewer}"></embed-dashboard>`,
      );
      expect(await eventOf(page, 'embed-error')).toMatchObject({ code });
      expect(await shownError()).toEqual(['Laden fehlgeschlagen', code, 'Wiederholen']);
      expect(await inElement(page, (dashboard) => dashboard.frame.state)).toBe('failed');
      expect(page.frames()).toHaveLength(1);
      const refused = await inElement(page, (dashboard) =>
        dashboard.getFilters().catch((error: { code: string }) => error.code),
      );
      expect(refused).toBe(code);
      expect(problems).toEqual([]);
    },
  );

  it(
    verifies(
      'EMB-8',
      'speaks the language asked for, lets the page say it in its own words, and tries again',
    ),
    async () => {
      await open(
        `<embed-dashboard loading="eager" language="fr-FR" wat="x" url="${origins.viewer}"><b slot="error">Pas aujourd’hui</b></embed-dashboard>`,
      );
      await eventOf(page, 'embed-error');
      expect(await page.getByText('Pas aujourd’hui').isVisible()).toBe(true);
      const retry = page.getByRole('button', { name: 'Réessayer' });
      await retry.click();
      await eventOf(page, 'embed-error', 2);
      await inElement(
        page,
        (dashboard, wat) => {
          dashboard.wat = wat;
        },
        token('open'),
      );
      await eventOf(page, 'dashboard-loaded');
      expect(await retry.isVisible()).toBe(false);
    },
  );

  it('is an event when a frame does not answer in time', async () => {
    await open(element(origins, `wat="${token('open', 'silent')}" timeout-ms="200"`));
    expect(await eventOf(page, 'embed-error')).toMatchObject({ code: 'handshake_timeout' });
    expect(page.frames()).toHaveLength(1);
  });

  it('is left to the viewer where there is one', async () => {
    await open(element(origins, `wat="${token('refused')}"`));
    expect(await eventOf(page, 'embed-error')).toMatchObject({ code: 'token_refused' });
    expect(await shownError()).toEqual([]);
    expect(await inElement(page, (dashboard) => dashboard.frame.state)).toBe('loaded');
  });

  it('is an event for settings that are no JSON, and the dashboard loads with the defaults', async () => {
    await open(element(origins, `wat="${token('open')}" settings="{showHeader:yes}"`));
    await eventOf(page, 'dashboard-loaded');
    expect(await viewerLog(await viewer())).toMatchObject([{ settings: {} }]);
    expect(await eventCount(page, 'embed-error')).toBe(1);
    expect(problems).toEqual([]);
  });
});

describe('getWat', () => {
  const ask = (answers: readonly string[]) =>
    inElement(
      page,
      (dashboard, tokens) => {
        const left = [...tokens];
        Object.assign(window, { reasons: [] });
        dashboard.getWat = (reason) => {
          (window as unknown as { reasons: string[] }).reasons.push(reason);
          return Promise.resolve(left.shift() ?? tokens.at(-1) ?? '');
        };
      },
      answers,
    );
  const reasons = () => page.evaluate(() => (window as unknown as { reasons: string[] }).reasons);

  it(
    verifies(
      'EMB-7',
      'is asked on the first load, and again when the token expires; the frame goes on',
    ),
    async () => {
      await open(element(origins, ''));
      await ask([token('expired'), token('open')]);
      await eventOf(page, 'dashboard-loaded');
      expect(await reasons()).toEqual(['first_load', 'token_expired']);
      expect(await eventOf(page, 'token-expired')).toEqual({ code: 'token_expired' });
      const frame = await viewer();
      expect(await viewerLog(frame)).toEqual([
        { type: 'init', wat: token('expired'), settings: {} },
        { type: 'wat', wat: token('open') },
      ]);
      await frame.evaluate(() => {
        window.say('session_ended');
        window.say('session_ended');
      });
      await eventOf(page, 'dashboard-loaded', 2);
      expect(await reasons()).toEqual(['first_load', 'token_expired', 'session_ended']);
      expect(await eventCount(page, 'embed-error')).toBe(0);
    },
  );

  it(verifies('EMB-7', 'is asked once only for a token that does not help'), async () => {
    await open(element(origins, ''));
    await ask([token('expired')]);
    expect(await eventOf(page, 'embed-error')).toMatchObject({ code: 'token_expired' });
    expect(await reasons()).toEqual(['first_load', 'token_expired']);
    expect(await eventCount(page, 'token-expired')).toBe(2);
  });

  it(
    verifies('EMB-7', 'may give a token of another configuration, which gets a frame of its own'),
    async () => {
      await open(element(origins, ''));
      await ask([token('expired'), token('open', 'f00000000000000000000000')]);
      await eventOf(page, 'dashboard-loaded');
      expect((await viewer()).url()).toContain('/embed/f00000000000000000000000?');
    },
  );

  it.each(['throws', 'rejects', 'gives nothing'])(
    verifies('EMB-7', 'that %s is an error state'),
    async (how) => {
      await open(element(origins, ''));
      await inElement(
        page,
        (dashboard, way) => {
          dashboard.getWat = () => {
            if (way === 'throws') throw new Error('no');
            return way === 'rejects' ? Promise.reject(new Error('no')) : ('' as string);
          };
        },
        how,
      );
      expect(await eventOf(page, 'embed-error')).toMatchObject({ code: 'wat_callback_failed' });
      expect(problems).toEqual([]);
    },
  );
});
