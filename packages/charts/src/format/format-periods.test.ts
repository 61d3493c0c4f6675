import { describe, expect, it } from 'vitest';
import { formatPeriods, type Periods } from './format-periods.ts';

const english = { language: 'en-US', locale: 'en-US' };

describe('formatPeriods', () => {
  it.each<[Periods, string]>([
    [{ level: 'months', from: 0, to: 0 }, 'this month'],
    [{ level: 'quarters', from: -1, to: -1 }, 'last quarter'],
    [{ level: 'days', from: -3, to: -1 }, '3 days ago – yesterday'],
    [{ level: 'years', from: 1, to: 2 }, 'next year – in 2 years'],
    [{ level: 'months', from: -2, to: 0, anchor: '2013-01-31' }, 'Nov 2012 – Jan 2013'],
    [{ level: 'quarters', from: -1, to: -1, anchor: '2013-01-31' }, 'Q4 2012'],
    [{ level: 'weeks', from: 0, to: 0, anchor: '2024-05-09' }, 'May 6, 2024'],
    [
      { level: 'days', from: -1, to: 0, anchor: '2024-03-01T10:00:00' },
      'Feb 29, 2024 – Mar 1, 2024',
    ],
    [{ level: 'years', from: 0, to: 0, anchor: 'soon' }, 'this year'],
  ])('writes %j as %s', (periods, expected) => {
    expect(formatPeriods(periods, english)).toBe(expected);
  });

  it('writes words in the language and dates in the locale', () => {
    const both = { language: 'de-DE', locale: 'ja-JP' };
    expect(formatPeriods({ level: 'months', from: -1, to: 0 }, both)).toBe(
      'letzten Monat – diesen Monat',
    );
    expect(formatPeriods({ level: 'months', from: 0, to: 0, anchor: '2013-01-31' }, both)).toBe(
      '2013年1月',
    );
  });
});
