import { mintToken } from '@vitrine/tokens';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { createConfiguration, type Key } from '../harness/api.ts';
import { launchChromium } from '../harness/chromium.ts';
import { verifies } from '../verifies.ts';
import { tenant, wildlifeStrikes } from './demo.ts';

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchChromium();
  page = await browser.newPage();
  await page.goto(inject('hostUrl'));
});
afterAll(() => browser.close());

/** What a script of the host page gets when it asks the service itself. */
async function askedByPage(key: Key) {
  const webAccessToken = await mintToken(tenant('AMERICAN AIRLINES'), key);
  return page.evaluate(
    async ({ service, token, dashboard }) => {
      const post = (path: string, body: object, headers = {}) =>
        fetch(`${service}${path}`, {
          method: 'POST',
          headers: { 'Content-Type': 'application/json', ...headers },
          body: JSON.stringify(body),
        });
      const opened = await post('/api/v1/wat/sessionToken', { webAccessToken: token });
      const held = await opened.json();
      if (!opened.ok) return { code: held.code };
      const session = { Authorization: held.webSessionToken, Initialiser: held.initialiser };
      const data = await post(`/api/v1/dashboards/${dashboard}/data`, {}, session);
      const lines = (await data.text()).trim().split('\n');
      const ended = await fetch(`${service}/api/v1/wat/sessionToken`, {
        method: 'DELETE',
        headers: session,
      });
      const admin = await fetch(`${service}/api/v1/users`, { headers: session }).catch(String);
      return { lines: lines.length, ended: ended.status, admin };
    },
    { service: inject('serviceUrl'), token: webAccessToken, dashboard: wildlifeStrikes },
  );
}

describe('a script of the host page', () => {
  it(
    verifies('CFG-4 F-9', 'opens a session and reads rows itself, but never the admin plane'),
    async () => {
      const answer = await askedByPage(await createConfiguration());
      expect(answer.lines).toBeGreaterThanOrEqual(8);
      expect(answer.ended).toBe(204);
      expect(answer.admin).toContain('TypeError');
    },
  );

  it(verifies('CFG-4', 'uses no token whose configuration does not name its origin'), async () => {
    const key = await createConfiguration({ origins: ['https://other.example'] });
    expect(await askedByPage(key)).toEqual({ code: 'origin_refused' });
  });
});
