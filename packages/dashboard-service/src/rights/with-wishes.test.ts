import type { LiveSession } from '@vitrine/token-service';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { startService, type TestService } from '../../test/start-service.ts';
import { withWishes } from './with-wishes.ts';

const light = '5ee0a1b2c3d4e5f600000001';
const dark = '5ee0a1b2c3d4e5f600000002';
let service: TestService;
beforeAll(async () => {
  service = await startService();
});
afterAll(() => service.stop());

describe('withWishes', () => {
  const session = { id: 's', embedTheme: dark, language: 'de-DE' } as LiveSession;

  it('is the session itself where nothing is wished', () => {
    expect(withWishes(session, { theme: undefined, language: undefined })).toBe(session);
  });

  it('replaces, keeps what is not named, and takes back', () => {
    const wish = (theme?: string, language?: string) => {
      const { embedTheme, language: spoken } = withWishes(session, { theme, language });
      return [embedTheme, spoken];
    };
    expect(wish(light)).toEqual([light, 'de-DE']);
    expect(wish('none')).toEqual([undefined, 'de-DE']);
    expect(wish(undefined, 'fr-FR')).toEqual([dark, 'fr-FR']);
    expect(wish(undefined, 'none')).toEqual([dark, undefined]);
    expect(wish('none', 'xx-XX')).toEqual([undefined, undefined]);
  });
});

describe('a session whose page changes its mind', () => {
  const look = async (claims: object, headers: Record<string, string>) => {
    const keys = await service.open({ sub: 'acme-reader', ...claims });
    const response = await service.call('/api/v1/session', { ...keys, ...headers });
    return (await response.json()) as {
      language: string;
      locale: string;
      theme: { oid: string; source: string };
    };
  };

  it(
    verifies('EMB-6', 'has the theme of the page, and without one that of the token'),
    async () => {
      const thm = { thm: light };
      expect((await look(thm, { 'Embed-Theme': dark })).theme).toEqual({
        oid: dark,
        source: 'embed',
      });
      expect((await look(thm, { 'Embed-Theme': 'none' })).theme).toEqual({
        oid: light,
        source: 'token',
      });
      expect((await look(thm, { 'Embed-Theme': '<b>' })).theme.source).toBe('token');
    },
  );

  it(
    verifies('TOK-12', 'has the formats of the language where the token names none, else its own'),
    async () => {
      const spoken = { 'Embed-Language': 'ja-JP' };
      expect(await look({ lng: 'de-DE' }, spoken)).toMatchObject({
        language: 'ja-JP',
        locale: 'ja-JP',
      });
      expect(await look({ lng: 'de-DE', loc: 'fr-FR' }, spoken)).toMatchObject({
        language: 'ja-JP',
        locale: 'fr-FR',
      });
    },
  );
});
