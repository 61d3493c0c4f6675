import { expect, it } from 'vitest';
import { parseWallClock } from '../format/parse-wall-clock.ts';
import { months } from '../testing/samples.ts';
import { periodTicks } from './period-ticks.ts';

const starts = (texts: readonly string[]) => texts.map((text) => parseWallClock(text) ?? 0);
const options = { locale: 'en-US', widthPx: 600, fontSizePx: 12 };

it('labels each month where there is room, and the year where it begins', () => {
  const ticks = periodTicks(starts(months(2000, 11, 4)), 'months', options);
  expect([...ticks.values()]).toEqual(['Nov\n2000', 'Dec', 'Jan\n2001', 'Feb']);
});

it('goes to quarters of a year and to years as room runs out', () => {
  const long = starts(months(1995, 1, 60));
  expect([...periodTicks(long, 'months', options).values()].slice(0, 3)).toEqual([
    'Jan\n1995',
    'Jul',
    'Jan\n1996',
  ]);
  expect([...periodTicks(long, 'months', { ...options, widthPx: 250 }).values()]).toEqual([
    '1995',
    '1996',
    '1997',
    '1998',
    '1999',
  ]);
});

it('labels weeks by the first one in each month', () => {
  const weeks = Array.from({ length: 26 }, (_none, week) => Date.UTC(2001, 0, 1 + week * 7));
  const texts = [...periodTicks(weeks, 'weeks', { ...options, widthPx: 400 }).values()];
  expect(texts).toEqual(['Jan\n2001', 'Feb', 'Mar', 'Apr', 'May', 'Jun']);
});

it('labels hours with the day below', () => {
  const hours = Array.from({ length: 48 }, (_none, hour) => Date.UTC(2001, 4, 5, hour));
  const texts = [...periodTicks(hours, 'hours', { ...options, locale: 'de-DE' }).values()];
  expect(texts[0]).toBe('0:00\n5. Mai');
  expect(texts).toContain('0:00\n6. Mai');
});
