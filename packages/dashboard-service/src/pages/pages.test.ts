import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Issuer, startService, type TestService } from '../../test/start-service.ts';

const host = 'https://app.example.com';
const shell = '<!doctype html><title>viewer</title>';

let service: TestService;
let built: string;
let issuer: Issuer;
let token: string;
beforeAll(async () => {
  built = await mkdtemp(join(tmpdir(), 'vitrine-assets-'));
  await mkdir(join(built, 'viewer', 'assets'), { recursive: true });
  await writeFile(join(built, 'viewer', 'index.html'), shell);
  await writeFile(join(built, 'viewer', 'assets', 'main-BxK29abc.js'), 'export {};');
  await writeFile(join(built, 'viewer', '.secret'), 'x');
  await writeFile(join(built, 'outside.txt'), 'x');
  await writeFile(join(built, 'vitrine-embed.js'), '/* loader */');
  service = await startService({
    assets: { viewerFolder: join(built, 'viewer'), embedScript: join(built, 'vitrine-embed.js') },
  });
  issuer = await service.issuer({ origins: [host], profile: 'compatible' });
  token = await service.mint(issuer, { sub: 'acme-reader' });
});
afterAll(async () => {
  await service.stop();
  await rm(built, { recursive: true });
});

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';
const sessions = async () => {
  const response = await service.call(
    `/api/v1/wat/configurations/${issuer.kid}/usage`,
    service.admin,
  );
  return ((await response.json()) as { total: number | null }).total;
};

/** Who fetches links that nobody has opened: previews of messengers, search engines, scanners of mail. */
const robots = [
  'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)',
  'Mozilla/5.0 (compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm)',
  'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)',
  'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)',
  'Twitterbot/1.0',
  'LinkedInBot/1.0 (compatible; Mozilla/5.0; +http://www.linkedin.com)',
  'WhatsApp/2.23.20.0',
  'TelegramBot (like TwitterBot)',
  'Mozilla/5.0 (compatible; Discordbot/2.0; +https://discordapp.com)',
  'Mozilla/5.0 (Windows NT 10.0; Win64; x64) SkypeUriPreview Preview/0.5',
];

describe('the page of a link', () => {
  it.each([
    '',
    '/dashboards/bb0000000000000000000001',
    '/dashboards/bb0000000000000000000001/widgets/cc0000000000000000000001',
  ])(
    verifies('LNK-1 G-1', 'is the viewer, framed by the origins of the configuration: app/main%s'),
    async (route) => {
      const response = await service.call(`/wat/${token}/app/main${route}`);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(shell);
      expect(policyOf(response)).toMatch(/frame-ancestors https:\/\/app\.example\.com$/);
    },
  );

  it(verifies('LNK-4 F-1 F-7', 'is kept by no cache and passes nothing on'), async () => {
    const { headers } = await service.call(`/wat/${token}/app/main`);
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('referrer-policy')).toBe('no-referrer');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('x-frame-options')).toBeNull();
    expect(headers.get('set-cookie')).toBeNull();
    expect(headers.get('x-powered-by')).toBeNull();
  });

  it(verifies('F-1', 'leaves no trace of the token in the log'), async () => {
    await service.call(`/wat/${token}/app/main?x=${token}`);
    const log = JSON.stringify(service.logLines);
    for (let at = 0; at + 32 <= token.length; at += 32) {
      const isHeader = at + 32 <= token.indexOf('.');
      if (!isHeader) expect(log).not.toContain(token.slice(at, at + 32));
    }
    expect(log).toContain(issuer.kid);
  });

  it(verifies('E-6 SES-1', 'opens no session by GET or HEAD, whoever sends it'), async () => {
    const before = await sessions();
    const link = `${service.url}/wat/${token}/app/main`;
    expect(robots).toHaveLength(10);
    for (const userAgent of robots) {
      const headers = { 'User-Agent': userAgent };
      expect((await fetch(link, { headers })).status).toBe(200);
      expect((await fetch(link, { method: 'HEAD', headers })).status).toBe(200);
    }
    for (const purpose of ['prefetch', 'prefetch;prerender']) {
      expect((await fetch(link, { headers: { 'Sec-Purpose': purpose } })).status).toBe(200);
    }
    expect(await sessions()).toBe(before);
    expect((await service.exchange(token)).status).toBe(200);
    expect(await sessions()).toBe((before ?? 0) + 1);
  });

  it(verifies('G-1', 'lets nobody frame a page whose token names no configuration'), async () => {
    const header = Buffer.from(JSON.stringify({ kid: 'a'.repeat(24) })).toString('base64url');
    for (const text of [`${header}.a.b.c.d`, 'x', 'a.b.c.d.e', `${'A'.repeat(3000)}.a.b.c.d`]) {
      const response = await service.call(`/wat/${text}/app/main`);
      expect(response.status).toBe(200);
      expect(await response.text()).toBe(shell);
      expect(policyOf(response)).toMatch(/frame-ancestors 'none'$/);
    }
  });

  it(verifies('CFG-4', 'is a refusal where the configuration allows no links'), async () => {
    const { kid, secret } = await service.issuer({
      linksAllowed: false,
      profile: 'compatible',
      origins: [host],
    });
    const closed = await service.mint({ kid, secret }, { sub: 'acme-reader' });
    const response = await service.call(`/wat/${closed}/app/main`);
    expect(response.status).toBe(403);
    expect(await response.text()).toContain('links_not_allowed');
    expect(policyOf(response)).not.toContain('unsafe');
    const embedded = await service.call(`/embed/${kid}`);
    expect(await embedded.text()).toBe(shell);
  });

  it(verifies('TOK-14 F-2', 'takes the longest token in the path'), async () => {
    const long = `${token.slice(0, token.indexOf('.'))}.a.b.${'c'.repeat(640 * 1024)}.d`;
    expect((await service.call(`/wat/${long}/app/main`)).status).toBe(200);
  });

  it(verifies('F-6', 'is at no other spelling of its path'), async () => {
    for (const path of [
      `/WAT/${token}/app/main`,
      `/wat/${token}/app/main/`,
      `/wat//${token}/app/main`,
      `/wat/${token}%2fapp/main`,
      `/wat/${token}%00/app/main`,
      `/wat/${token}/app/main/dashboards/`,
    ]) {
      const response = await service.call(path);
      expect(response.status, path).toBe(404);
      expect(response.headers.get('content-type')).toMatch(/^application\/problem\+json/);
    }
  });
});

describe('the page of the SDK', () => {
  it(
    verifies('G-1', 'is the viewer, framed by the origins of its configuration alone'),
    async () => {
      const response = await service.call(
        `/embed/${issuer.kid}?host=https%3A%2F%2Fevil.example&nonce=x`,
      );
      expect(await response.text()).toBe(shell);
      expect(policyOf(response)).toMatch(/frame-ancestors https:\/\/app\.example\.com$/);
    },
  );

  it(verifies('G-1', 'is framed by nobody for an unknown or disabled configuration'), async () => {
    const disabled = await service.issuer({ origins: [host], profile: 'compatible' });
    const change = await fetch(`${service.url}/api/v1/wat/configurations/${disabled.kid}`, {
      method: 'PATCH',
      headers: { ...service.admin, 'Content-Type': 'application/json' },
      body: JSON.stringify({ enabled: false }),
    });
    expect(change.status).toBe(200);
    const header = Buffer.from(JSON.stringify({ kid: disabled.kid })).toString('base64url');
    const link = await service.call(`/wat/${header}.a.b.c.d/app/main`);
    expect(policyOf(link)).toMatch(/frame-ancestors 'none'$/);
    for (const kid of ['b'.repeat(24), 'x', disabled.kid]) {
      expect(policyOf(await service.call(`/embed/${kid}`))).toMatch(/frame-ancestors 'none'$/);
    }
  });
});

describe('assets', () => {
  it('are immutable where their name has a hash', async () => {
    const script = await service.call('/assets/viewer/assets/main-BxK29abc.js');
    expect(script.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(script.headers.get('content-type')).toMatch(/javascript/);
    expect(script.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await service.call('/assets/viewer/index.html')).headers.get('cache-control')).toBe(
      'no-cache',
    );
  });

  it(verifies('F-6', 'give no file but those of the folder'), async () => {
    for (const path of [
      '/assets/viewer/.secret',
      '/assets/viewer/%2e%2e/outside.txt',
      '/assets/viewer/',
      '/assets/viewer/none.js',
    ]) {
      expect((await service.call(path)).status, path).toBe(404);
    }
  });

  it(verifies('F-9', 'are for the own origin, but the loader is for everybody'), async () => {
    const loader = await service.call('/embed.js', { Origin: 'https://anybody.example' });
    expect(await loader.text()).toBe('/* loader */');
    expect(loader.headers.get('access-control-allow-origin')).toBe('*');
    expect(loader.headers.get('access-control-allow-credentials')).toBeNull();
    for (const path of ['/assets/viewer/assets/main-BxK29abc.js', `/embed/${issuer.kid}`]) {
      const response = await service.call(path, { Origin: host });
      expect(response.headers.get('access-control-allow-origin')).toBeNull();
    }
  });
});

describe('what is not there', () => {
  it(verifies('OPS-4', 'is a problem detail'), async () => {
    for (const path of ['/', '/api/v1/nothing', '/../etc/passwd']) {
      const response = await service.call(path);
      expect(response.status, path).toBe(404);
      expect(await response.json()).toMatchObject({ code: 'not_found', status: 404 });
      expect(response.headers.get('content-security-policy')).toContain("default-src 'none'");
    }
  });

  it('publishes the schemas of content', async () => {
    const response = await service.call('/api/v1/schemas/dashboards.json');
    expect(await response.json()).toMatchObject({ additionalProperties: false });
    expect((await service.call('/api/v1/schemas/other.json')).status).toBe(404);
  });
});
