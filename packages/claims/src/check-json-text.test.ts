import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { parseStrictJson } from './parse-strict-json.ts';

const codesOf = (text: string) => parseStrictJson(text).findings.map(({ code }) => code);
const placesOf = (text: string) =>
  parseStrictJson(text).findings.map(({ code, pointer }) => `${code} ${pointer}`);

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

const invalid = [
  ...[
    '',
    ' ',
    '{',
    '}',
    '[',
    ']',
    '[1,]',
    '{"a":1,}',
    '{a:1}',
    "{'a':1}",
    '{"a"}',
    '{"a":}',
    '[,1]',
  ],
  ...[
    '01',
    '+1',
    '.5',
    '1.',
    '1e',
    '-',
    '0x1',
    'NaN',
    'Infinity',
    '-Infinity',
    'nul',
    'True',
    '1 2',
  ],
  ...['"', '"\\x"', '"\\u12"', '"\u0001"', '"a\nb"', '//x', '[1]//x', '/*x*/1', '[1/*x*/]', '[1]x'],
  ...[
    '{"a":1 "b":2}',
    '[1 2]',
    '{"a":1]',
    '[1}',
    '{}{}',
    '"\\',
    'undefined',
    '{1:2}',
    '[}[}',
    '\u00a01',
  ],
];

describe('JSON text', () => {
  it.each(invalid)('refuses %j like JSON.parse', (text) => {
    expect(isJson(text)).toBe(false);
    expect(codesOf(text)).toContain('json_invalid');
  });

  it('accepts what JSON.parse accepts, and refuses what it refuses', () => {
    const pieces = fc.constantFrom(
      ...[
        '{',
        '}',
        '[',
        ']',
        ',',
        ':',
        '"a"',
        '"b"',
        '1',
        '-0.5e3',
        'true',
        'null',
        ' ',
        '\n',
        '"',
      ],
      ...['\\', '/', '//', '1.', 'e', '-', '\u2028', 'x'],
    );
    const nearly = fc.array(pieces, { maxLength: 12 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(fc.oneof(nearly, fc.json({ maxDepth: 5 }), fc.string()), (text) => {
        expect(codesOf(text).includes('json_invalid')).toBe(!isJson(text));
      }),
      { numRuns: 3_000 },
    );
  });

  it('gives back the value that JSON.parse gives', () => {
    const values = fc.jsonValue({ maxDepth: 6, noUnicodeString: false });
    fc.assert(
      fc.property(values, (value) => {
        const text = JSON.stringify(value);
        const { findings, ...parsed } = parseStrictJson(text);
        if (findings.length === 0) expect(parsed.value).toEqual(JSON.parse(text));
      }),
    );
  });

  it('says where invalid text goes wrong', () => {
    expect(parseStrictJson('{\n  "a": x\n}').findings[0]?.hint).toBe('Look at line 2, column 8.');
  });

  it.each([
    ['{"a":1,"a":2}', '/a'],
    ['{"grants":{"acl":[{}]},"grants":{}}', '/grants'],
    ['{"exp":1,"\\u0065xp":2}', '/exp'],
    ['{"x":[1,{"y":{"z":1,"z":1}}]}', '/x/1/y/z'],
    ['{"caf\u00e9":1,"cafe\u0301":2}', '/cafe\u0301'],
    ['{"a/b~":1,"a/b~":2}', '/a~1b~0'],
    ['{"":1,"":2}', '/'],
  ])(verifies('B-1', 'refuses the duplicate name in %s'), (text, pointer) => {
    expect(placesOf(text)).toEqual([`json_duplicate_name ${pointer}`]);
  });

  it(verifies('B-1', 'lets one name stand in several objects'), () => {
    expect(codesOf('[{"a":{"a":1}},{"a":2},"a","a"]')).toEqual([]);
  });

  it.each([
    ...[
      '9007199254740993',
      '1e400',
      '-1e400',
      '1e-400',
      '-0',
      '-0.0',
      '-0e5',
      '0.1000000000000000055',
    ],
    ...[
      '123456789012345678901',
      '1.00000000000000001',
      `1${'0'.repeat(400)}`,
      '3.14159265358979323846',
    ],
    '1'.repeat(100_000),
  ])(verifies('B-3', 'refuses a number that a double changes'), (number) => {
    expect(codesOf(`{"n":${number}}`)).toEqual(['json_number_inexact']);
  });

  it.each([
    ...[
      '0',
      '0.0',
      '-1',
      '1.50',
      '1e2',
      '1E+2',
      '100e-2',
      '0.1',
      '9007199254740992',
      '1e21',
      '5e-324',
    ],
    ...['1e300', '1000000000000000000000', '-0.25', '1.7976931348623157e308', '0e999'],
  ])(verifies('B-3', 'takes %s, which a double keeps'), (number) => {
    expect(codesOf(`[${number}]`)).toEqual([]);
  });

  it(verifies('B-3', 'takes every number that JSON.stringify writes'), () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(fc.property(numbers, (number) => codesOf(JSON.stringify(number)).length === 0));
  });

  it(verifies('B-4', 'refuses names that reach prototypes, 300 times without a trace'), () => {
    const names = ['__proto__', 'constructor', 'prototype', '\\u005f_proto__'];
    for (let round = 0; round < 75; round++) {
      for (const name of names) {
        const deep = `${'{"a":'.repeat(round % 20)}{"${name}":{"polluted":1}}${'}'.repeat(round % 20)}`;
        expect(codesOf(deep)).toEqual(['json_name_forbidden']);
      }
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
    expect('polluted' in {}).toBe(false);
  });

  const nested = (depth: number) => '['.repeat(depth) + ']'.repeat(depth);
  it(verifies('B-5', 'takes 32 levels'), () => {
    expect(codesOf(nested(32))).toEqual([]);
    expect(codesOf(`${'{"a":'.repeat(31)}[]${'}'.repeat(31)}`)).toEqual([]);
  });

  it.each([
    ['33 levels', nested(33), 'json_too_deep'],
    ['5,000 levels', nested(5_000), 'json_too_deep'],
    ['100,000 levels', nested(100_000), 'json_too_deep'],
    ['open brackets only', '['.repeat(262_144), 'json_too_deep'],
    ['open objects only', '{"a":'.repeat(100_000), 'json_too_deep'],
    [
      '1,000,000 names',
      `{${Array.from({ length: 1_000_000 }, (_, at) => `"${at}":1`)}}`,
      'json_too_large',
    ],
    ['200,001 values', `[${'0,'.repeat(199_999)}0]`, 'json_too_many_nodes'],
    ['a text too long', `["${'x'.repeat(81_201)}"]`, 'json_string_too_long'],
    ['a name too long', `{"${'x'.repeat(81_201)}":1}`, 'json_string_too_long'],
  ])(verifies('B-5', 'refuses %s in little time'), (_, text, code) => {
    const start = performance.now();
    expect(codesOf(text)).toEqual([code]);
    expect(performance.now() - start).toBeLessThan(250);
  });

  it(verifies('B-5', 'takes 200,000 values and a text of 81,200 characters'), () => {
    expect(codesOf(`[${'0,'.repeat(199_998)}0]`)).toEqual([]);
    expect(codesOf(`["${'x'.repeat(81_200)}"]`)).toEqual([]);
  });

  it.each(['"\\ud800"', '"\\udc00\\ud800"', '"a\\u0000b"', '{"\\ud83d":1}', '{"a\\u0000":1}'])(
    verifies('B-7', 'refuses %s'),
    (text) => {
      expect(codesOf(text)).toEqual(['json_text_forbidden']);
    },
  );

  it(verifies('B-7', 'takes whole pairs and other characters'), () => {
    expect(codesOf('["\\ud83d\\ude00","\u{1f600}","\u202e\u200b","\\u0007"]')).toEqual([]);
  });

  it(verifies('A-4', 'refuses a byte order mark'), () => {
    expect(codesOf('\ufeff{}')).toEqual(['json_bom']);
  });
});
