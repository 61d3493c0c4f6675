import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { isSessionSecret, newSessionSecret, sessionIdOf } from './session-secret.ts';

const now = Date.parse('2026-11-21T20:30:00Z');
const total = 1_000_000;

const randomBytesOf = (secret: string) => Buffer.from(secret.slice(9), 'base64url');

describe('a session secret', () => {
  it(
    verifies('E-5', 'is another one a million times, each value of its 16 bytes as likely'),
    () => {
      const secrets = new Set<string>();
      const counts = new Uint32Array(16 * 256);
      for (let nth = 0; nth < total; nth += 1) {
        const secret = newSessionSecret(now);
        secrets.add(secret);
        for (const [place, value] of randomBytesOf(secret).entries()) {
          counts[place * 256 + value] = (counts[place * 256 + value] ?? 0) + 1;
        }
      }
      expect(secrets.size).toBe(total);
      // Seven standard deviations of how often a fair die of 256 sides shows one of them.
      const most = 7 * Math.sqrt(total / 256);
      expect(Math.max(...counts.map((count) => Math.abs(count - total / 256)))).toBeLessThan(most);
    },
  );

  it(verifies('E-5', 'has its form, and is not the id that it rests under'), () => {
    const secret = newSessionSecret(now);
    expect(isSessionSecret(secret)).toBe(true);
    expect(randomBytesOf(secret)).toHaveLength(16);
    expect(sessionIdOf(secret)).not.toContain(secret.slice(9));
    expect(isSessionSecret(sessionIdOf(secret))).toBe(false);
  });
});
