import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import type { CheckOptions } from './parse-claims.ts';
import { parseClaims } from './parse-claims.ts';

const now = 1_800_000_000;
const endOfDates = 253_402_300_800;

const errorsOf = (times: string, options: Partial<CheckOptions>) =>
  parseClaims(`{"sub":"u"${times}}`, { use: 'open', now, ...options })
    .findings.filter(({ severity }) => severity === 'error')
    .map(({ code }) => code);

/** Times as JSON text, the verdict, and what the configuration adds. */
const table: [string, string[], Partial<CheckOptions>?][] = [
  ['', []],
  [',"exp":null', []],
  ['', ['exp_missing'], { profile: 'strict' }],
  [',"exp":null', ['exp_missing'], { profile: 'strict' }],
  ['', ['exp_missing'], { maxLifetimeSeconds: 60 }],
  [',"exp":null', ['exp_missing'], { maxLifetimeSeconds: 60 }],
  [`,"exp":${now + 60}`, []],
  [`,"exp":${now + 60}`, [], { profile: 'strict' }],
  [`,"exp":${now + 60}`, [], { maxLifetimeSeconds: 60 }],
  [`,"exp":${now + 61}`, ['exp_too_late'], { maxLifetimeSeconds: 60 }],
  [`,"exp":${now + 61}`, [], { maxLifetimeSeconds: 60, clockToleranceSeconds: 1 }],
  [`,"exp":${now + 1}`, []],
  [`,"exp":${now + 0.5}`, []],
  [`,"exp":${now}`, ['expired']],
  [`,"exp":${now - 0.5}`, ['expired']],
  [`,"exp":${now - 1}`, ['expired']],
  [`,"exp":${now - 1}`, [], { clockToleranceSeconds: 2 }],
  [`,"exp":${now - 2}`, ['expired'], { clockToleranceSeconds: 2 }],
  [',"exp":0', ['expired']],
  [',"exp":1', ['expired']],
  [`,"exp":${now + 60}.0`, []],
  [',"exp":18e9', []],
  [',"exp":1e11', []],
  [',"exp":100000000001', ['date_in_milliseconds']],
  [`,"exp":${now * 1000}`, ['date_in_milliseconds']],
  [`,"exp":${endOfDates - 1}`, ['date_in_milliseconds']],
  [`,"exp":${endOfDates}`, ['date_in_milliseconds']],
  [`,"exp":${endOfDates * 1000 - 1}`, ['date_in_milliseconds']],
  [`,"exp":${endOfDates * 1000}`, ['date_out_of_range']],
  [',"exp":1e300', ['date_out_of_range']],
  [',"exp":1e400', ['json_number_inexact', 'date_out_of_range']],
  [',"exp":-1e400', ['json_number_inexact', 'date_negative']],
  [',"exp":-1', ['date_negative']],
  [',"exp":-0.5', ['date_negative']],
  [',"exp":-0', ['json_number_inexact', 'expired']],
  [',"exp":-1e300', ['date_negative']],
  [',"exp":"1800000060"', ['date_not_number']],
  [',"exp":""', ['date_not_number']],
  [',"exp":"never"', ['date_not_number']],
  [',"exp":"2099-01-01T00:00:00Z"', ['date_not_number']],
  [',"exp":true', ['date_not_number']],
  [',"exp":false', ['date_not_number']],
  [',"exp":[]', ['date_not_number']],
  [',"exp":[1800000060]', ['date_not_number']],
  [',"exp":{}', ['date_not_number']],
  [',"exp":{"$gt":0}', ['date_not_number']],
  [',"exp":NaN', ['json_invalid']],
  [',"exp":Infinity', ['json_invalid']],
  [',"nbf":null', ['date_not_number']],
  [',"nbf":0', []],
  [`,"nbf":${now}`, []],
  [`,"nbf":${now - 1},"exp":${now + 1}`, []],
  [',"nbf":-1', ['date_negative']],
  [',"nbf":"0"', ['date_not_number']],
  [',"nbf":true', ['date_not_number']],
  [`,"nbf":${(now - 60) * 1000}`, ['date_in_milliseconds']],
  [`,"nbf":${endOfDates * 1000}`, ['date_out_of_range']],
  [`,"nbf":${now - 60},"exp":${now - 60}`, ['exp_not_after_nbf', 'expired']],
  [`,"nbf":${now - 10},"exp":${now - 60}`, ['exp_not_after_nbf', 'expired']],
  [`,"nbf":${now},"exp":${now}`, ['exp_not_after_nbf', 'expired']],
];

describe('times', () => {
  it('has 60 rows', () => expect(table).toHaveLength(60));

  it.each(table)(
    verifies('C-1 TOK-6', 'gives %s the verdict %j at mint, test and open'),
    (times, codes, options) => {
      for (const use of ['mint', 'test', 'open'] as const) {
        expect(errorsOf(times, { ...options, use })).toEqual(codes);
      }
    },
  );

  it(verifies('C-2 TOK-6', 'refuses at and after exp, and before nbf'), () => {
    const limits = `,"nbf":${now - 10},"exp":${now + 10}`;
    expect(errorsOf(limits, { now: now - 11 })).toEqual(['not_yet_valid']);
    expect(errorsOf(limits, { now: now - 10 })).toEqual([]);
    expect(errorsOf(limits, { now: now - 10.001 })).toEqual(['not_yet_valid']);
    expect(errorsOf(limits, { now: now + 9.999 })).toEqual([]);
    expect(errorsOf(limits, { now: now + 10 })).toEqual(['expired']);
    expect(errorsOf(limits, { now: now + 11 })).toEqual(['expired']);
  });

  it(verifies('C-2 TOK-6', 'applies one tolerance to both ends'), () => {
    const limits = `,"nbf":${now - 10},"exp":${now + 10}`;
    const at = (seconds: number) => errorsOf(limits, { now: seconds, clockToleranceSeconds: 5 });
    expect(at(now - 15.5)).toEqual(['not_yet_valid']);
    expect(at(now - 15)).toEqual([]);
    expect(at(now + 14.5)).toEqual([]);
    expect(at(now + 15)).toEqual(['expired']);
  });

  it('mints a token that becomes valid later, whose lifetime counts from then', () => {
    const later = `,"nbf":${now + 1_000},"exp":${now + 1_060}`;
    expect(errorsOf(later, { use: 'mint', maxLifetimeSeconds: 60 })).toEqual([]);
    expect(errorsOf(later, { use: 'mint', maxLifetimeSeconds: 59 })).toEqual(['exp_too_late']);
    expect(errorsOf(later, { use: 'test' })).toEqual(['not_yet_valid']);
  });
});
