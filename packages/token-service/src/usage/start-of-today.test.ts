import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { bucketMs, bucketOf } from './bucket.ts';
import { startOfToday } from './start-of-today.ts';

const startAt = (now: string, timeZone: string) =>
  new Date(startOfToday(Date.parse(now), timeZone) * bucketMs).toISOString();

describe('startOfToday', () => {
  it.each([
    ['UTC', '2026-11-21T20:30:00Z', '2026-11-21T00:00:00.000Z'],
    ['UTC', '2026-11-21T00:00:00Z', '2026-11-21T00:00:00.000Z'],
    ['Asia/Kathmandu', '2026-11-21T20:30:00Z', '2026-11-21T18:15:00.000Z'],
    ['Asia/Kolkata', '2026-11-21T12:00:00Z', '2026-11-20T18:30:00.000Z'],
    ['Pacific/Kiritimati', '2026-11-21T12:00:00Z', '2026-11-21T10:00:00.000Z'],
    ['Pacific/Pago_Pago', '2026-11-21T10:59:00Z', '2026-11-20T11:00:00.000Z'],
    // The clock goes forward and back: days of 23 and 25 hours.
    ['Europe/Berlin', '2026-03-29T21:59:00Z', '2026-03-28T23:00:00.000Z'],
    ['Europe/Berlin', '2026-10-25T22:59:00Z', '2026-10-24T22:00:00.000Z'],
    // Midnight itself was skipped: the day began at 01:00.
    ['America/Sao_Paulo', '2018-11-04T12:00:00Z', '2018-11-04T03:00:00.000Z'],
    ['UTC', '2028-02-29T23:59:59Z', '2028-02-29T00:00:00.000Z'],
    ['Asia/Tokyo', '2038-01-19T03:14:08Z', '2038-01-18T15:00:00.000Z'],
  ])(
    verifies('CFG-5 C-3', 'finds the first quarter of the day in %s at %s'),
    (timeZone, now, start) => {
      expect(startAt(now, timeZone)).toBe(start);
    },
  );

  it(verifies('CFG-5', 'gives every zone a midnight on the edge of a bucket'), () => {
    for (const timeZone of Intl.supportedValuesOf('timeZone')) {
      const start = startOfToday(Date.parse('2026-11-21T12:34:56Z'), timeZone);
      const clock = new Intl.DateTimeFormat('en-GB', { timeZone, timeStyle: 'short' });
      expect(`${timeZone} ${clock.format(start * bucketMs)}`).toBe(`${timeZone} 00:00`);
    }
  });

  it('puts a moment into the bucket that begins at or before it', () => {
    expect(bucketOf(bucketMs - 1)).toBe(0);
    expect(bucketOf(bucketMs)).toBe(1);
  });
});
