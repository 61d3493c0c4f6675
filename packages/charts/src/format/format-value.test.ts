import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import type { DateLevel, ValueFormat } from '../view-model.ts';
import { formatValue } from './format-value.ts';
import { placeholder } from './placeholder.ts';

const locales = [
  'de-DE',
  'en-US',
  'es-AR',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pt-BR',
  'ru-RU',
  'tr-TR',
  'zh-CN',
];

const plain = (text: string) => text.replaceAll('\u00a0', ' ').replaceAll('\u202f', ' ');
const number = (value: number, format: ValueFormat | undefined, locale: string) =>
  plain(formatValue(value, { datatype: 'numeric', format }, locale));
const date = (value: string, level: DateLevel | undefined, locale: string) =>
  plain(formatValue(value, { datatype: 'datetime', level }, locale));

describe('numbers', () => {
  it.each([
    ['de-DE', '1.234.567,89'],
    ['en-US', '1,234,567.89'],
    ['es-AR', '1.234.567,89'],
    ['es-ES', '1.234.567,89'],
    ['fr-FR', '1 234 567,89'],
    ['it-IT', '1.234.567,89'],
    ['ja-JP', '1,234,567.89'],
    ['ko-KR', '1,234,567.89'],
    ['nl-NL', '1.234.567,89'],
    ['pt-BR', '1.234.567,89'],
    ['ru-RU', '1 234 567,89'],
    ['tr-TR', '1.234.567,89'],
    ['zh-CN', '1,234,567.89'],
  ])(verifies('VIEW-4', 'writes plain numbers in %s'), (locale, expected) => {
    expect(number(1234567.891, undefined, locale)).toBe(expected);
  });

  it.each([
    ['de-DE', '12,3 %'],
    ['en-US', '12.3%'],
    ['es-AR', '12,3%'],
    ['es-ES', '12,3 %'],
    ['fr-FR', '12,3 %'],
    ['it-IT', '12,3%'],
    ['ja-JP', '12.3%'],
    ['ko-KR', '12.3%'],
    ['nl-NL', '12,3%'],
    ['pt-BR', '12,3%'],
    ['ru-RU', '12,3 %'],
    ['tr-TR', '%12,3'],
    ['zh-CN', '12.3%'],
  ])(verifies('VIEW-4', 'writes percent in %s'), (locale, expected) => {
    expect(number(0.1234, { style: 'percent', decimals: 1 }, locale)).toBe(expected);
  });

  it.each([
    ['de-DE', '1,2 Mio.'],
    ['en-US', '1.2M'],
    ['ja-JP', '123.5万'],
    ['ko-KR', '123.5만'],
    ['zh-CN', '123.5万'],
  ])(verifies('VIEW-4', 'writes compact numbers in %s'), (locale, expected) => {
    expect(number(1234567, { compact: true }, locale)).toBe(expected);
  });

  it(
    verifies('VIEW-4', 'writes no decimals where a locale has no short form for a large number'),
    () => {
      expect(number(817_762.13, { compact: true, decimals: 1 }, 'de-DE')).toBe('817.762');
      expect(number(950.25, { compact: true, decimals: 1 }, 'de-DE')).toBe('950,3');
    },
  );

  it(
    verifies('VIEW-4', "writes currency with the narrow sign and the currency's own decimals"),
    () => {
      expect(number(1234.5, { style: 'currency', currency: 'EUR' }, 'de-DE')).toBe('1.234,50 €');
      expect(number(1234.5, { style: 'currency', currency: 'JPY' }, 'ja-JP')).toMatch(
        /^[¥\uffe5]1,235$/,
      );
      expect(
        number(1234.5, { style: 'currency', currency: 'USD', decimals: 0 }, 'es-AR'),
      ).toContain('$');
    },
  );

  it('writes the unit behind the number and keeps decimals as told', () => {
    expect(number(12, { unit: 'min', decimals: 1 }, 'en-US')).toBe('12.0 min');
  });

  it('survives a bad currency, absurd decimals, -0 and infinities', () => {
    expect(number(5, { style: 'currency', currency: '<b>' }, 'en-US')).toBe('5');
    expect(number(5, { decimals: 99 }, 'en-US')).toBe('5.000000');
    expect(number(5, { decimals: Number.NaN }, 'en-US')).toBe('5');
    expect(number(-0, undefined, 'en-US')).toBe('0');
    expect(number(Number.NEGATIVE_INFINITY, undefined, 'en-US')).toBe('−∞');
  });

  it(
    verifies('VIEW-4', 'writes whole numbers beyond 2^53, which come as texts, to the digit'),
    () => {
      const whole = (value: string, format: ValueFormat | undefined, locale: string) =>
        plain(formatValue(value, { datatype: 'numeric', format }, locale));
      expect(whole('9007199254740993', undefined, 'de-DE')).toBe('9.007.199.254.740.993');
      expect(whole('-489820502672069885837', { style: 'currency', currency: 'EUR' }, 'en-US')).toBe(
        '-€489,820,502,672,069,885,837.00',
      );
      expect(whole('9007199254740993', { compact: true, unit: 'B' }, 'en-US')).toBe('9,007.2T B');
      expect(whole('12.5 or so', undefined, 'en-US')).toBe('12.5 or so');
      expect(plain(formatValue('9007199254740993', { datatype: 'text' }, 'en-US'))).toBe(
        '9007199254740993',
      );
    },
  );

  it('falls back to en-US for a text that is no locale', () => {
    expect(number(1234.5, undefined, 'not a locale')).toBe('1,234.5');
  });
});

describe('dates', () => {
  it.each([
    ['de-DE', 'Q2 2001'],
    ['en-US', 'Q2 2001'],
    ['es-AR', 'T2 de 2001'],
    ['es-ES', 'T2 2001'],
    ['fr-FR', 'T2 2001'],
    ['it-IT', 'T2 2001'],
    ['ja-JP', '2001年第2四半期'],
    ['ko-KR', '2001년 2분기'],
    ['nl-NL', 'K2 2001'],
    ['pt-BR', 'T2 de 2001'],
    ['ru-RU', '2-й кв. 2001 г.'],
    ['tr-TR', '2001 Ç2'],
    ['zh-CN', '2001年第2季度'],
  ])(verifies('VIEW-4', 'writes quarters as CLDR does in %s'), (locale, expected) => {
    expect(date('2001-04-01T00:00:00', 'quarters', locale)).toBe(expected);
  });

  it.each([
    ['de-DE', 'Mai 2001', '7. Mai 2001'],
    ['en-US', 'May 2001', 'May 7, 2001'],
    ['ja-JP', '2001年5月', '2001年5月7日'],
    ['zh-CN', '2001年5月', '2001年5月7日'],
    ['fr-FR', 'mai 2001', '7 mai 2001'],
    ['nl-NL', 'mei 2001', '7 mei 2001'],
  ])(verifies('VIEW-4', 'writes months and days in %s'), (locale, month, day) => {
    expect(date('2001-05-01T00:00:00', 'months', locale)).toBe(month);
    expect(date('2001-05-07T00:00:00', 'days', locale)).toBe(day);
    expect(date('2001-05-07T00:00:00', 'weeks', locale)).toBe(day);
  });

  it.each(locales)(
    verifies('VIEW-4', 'writes every level in %s without shifting the wall clock'),
    (locale) => {
      const levels: DateLevel[] = [
        'years',
        'quarters',
        'months',
        'weeks',
        'days',
        'hours',
        'minutes',
      ];
      for (const level of levels) {
        const first = date('2000-01-01T00:00:00', level, locale);
        const last = date('2000-12-31T23:59:59', level, locale);
        expect(first).toContain('2000');
        expect(last).toContain('2000');
        expect(`${first}${last}`).not.toMatch(/1999|2001|Invalid|undefined|\{/);
      }
    },
  );

  it('writes a date without a level as a day, with the time unless midnight', () => {
    expect(date('2001-05-07', undefined, 'en-US')).toBe('May 7, 2001');
    expect(date('2001-05-07T14:05:00', undefined, 'en-US')).toBe('May 7, 2001, 2:05 PM');
  });

  it('writes what is no date as it stands', () => {
    expect(date('2001-02-30', 'days', 'en-US')).toBe('2001-02-30');
    expect(date('soon', 'days', 'en-US')).toBe('soon');
  });
});

it('writes one placeholder for what is missing', () => {
  for (const value of [null, '', Number.NaN]) {
    expect(formatValue(value, { datatype: 'numeric' }, 'de-DE')).toBe(placeholder);
  }
  expect(formatValue('x', { datatype: 'text' }, 'de-DE')).toBe('x');
  expect(formatValue(true, { datatype: 'text' }, 'de-DE')).toBe('true');
});
