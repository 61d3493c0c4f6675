import type { LiveSession } from '@vitrine/token-service';
import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import type { Content } from '../content/content.ts';
import { RightsCache } from './rights-cache.ts';

const log = pino({ level: 'silent' });

const newContent = (name = 'Ada') =>
  ({
    settings: {},
    themes: new Map(),
    models: new Map(),
    groups: new Map(),
    users: new Map([['ada', { id: 'ada', name }]]),
    dashboards: new Map(),
  }) as unknown as Content;

const sessionOf = (id: number, grants: object = {}): LiveSession => ({
  ...{ id: `${id}`, kid: 'a'.repeat(24), sub: 'ada', claims: { sub: 'ada', grants } },
  ...{ profile: 'compatible', allowErasedAcl: false, timeZone: 'UTC', openedAt: 0 },
});

/** As long as grants may be, as a session of its own brings them. */
const longest = () => ({
  flt: [
    {
      jaql: {
        dim: '[A.B]',
        filter: { members: Array.from({ length: 9_000 }, (_, nth) => `m${nth}`) },
      },
    },
  ],
});

describe('RightsCache', () => {
  it('keeps the rights of a session under one content', () => {
    const cache = new RightsCache({ log });
    const content = newContent();
    const rights = cache.rightsOf(sessionOf(1), content);
    expect(cache.rightsOf(sessionOf(1), content)).toBe(rights);
    expect(cache.rightsOf(sessionOf(1), newContent('Eve')).user.name).toBe('Eve');
    expect(cache.rightsOf({ ...sessionOf(1), language: 'de-DE' }, content).language).toBe('de-DE');
  });

  it('forgets the longest kept beyond so many sessions', () => {
    const cache = new RightsCache({ log, maxSessions: 2 });
    const content = newContent();
    const [first, second] = [1, 2, 3].map((id) => cache.rightsOf(sessionOf(id), content));
    expect(cache.rightsOf(sessionOf(2), content)).toBe(second);
    expect(cache.rightsOf(sessionOf(1), content)).not.toBe(first);
  });

  it(verifies('E-7', 'holds no more than it may of the longest grants'), async () => {
    const maxBytes = 8_000_000;
    const cache = new RightsCache({ log, maxBytes });
    const content = newContent();
    const held = await heldBytes(() => {
      for (let id = 0; id < 300; id += 1) {
        const grants = JSON.parse(JSON.stringify(longest()));
        cache.rightsOf(sessionOf(id, grants), content);
      }
    });
    expect(held).toBeLessThan(1.3 * maxBytes);
    const last = cache.rightsOf(sessionOf(299), content);
    expect(last.filters).toHaveLength(1);
  });

  it(verifies('E-9', 'holds no content that is out of service'), async () => {
    const cache = new RightsCache({ log });
    const held = await heldBytes(() => {
      for (let id = 0; id < 100; id += 1) {
        const content = newContent();
        Object.assign(content, { ballast: Array.from({ length: 100_000 }, (_, nth) => nth) });
        cache.rightsOf(sessionOf(id), content);
      }
    });
    expect(held).toBeLessThan(8_000_000);
  });
});
