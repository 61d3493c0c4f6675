import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { checkJsonText, jsonLimits } from './check-json-text.ts';
import { FindingCollector } from './finding-collector.ts';
import { readPlainJson } from './read-plain-json.ts';

const read = (text: string) => readPlainJson(text, jsonLimits.maxDepth);

/** What the whole check says about a text. */
function findingsOf(text: string): readonly string[] {
  const collector = new FindingCollector({ use: 'open', profile: 'strict' });
  checkJsonText(text, collector);
  return collector.findings.map(({ code }) => code);
}

describe('readPlainJson', () => {
  it('reads what JSON.stringify writes', () => {
    const claims = {
      sub: 'u',
      exp: 1_900_000_000,
      grants: { res: [], acl: [{ members: ['a\n"'] }] },
    };
    expect(read(JSON.stringify(claims))).toEqual(claims);
    expect(read('null')).toBeNull();
  });

  it.each([
    ...['{"a":1,"a":2}', '{"a":1,"a":1}', '{"a":{"b":1,"b":2}}', '{"\\u0061":1}', '{"a":1}{', '{'],
    ...[
      '{"a": 1}',
      ' {}',
      '{}\n',
      '{"a":1.0}',
      '{"a":-0}',
      '{"a":1e400}',
      '{"a":9007199254740993}',
    ],
    ...['{"a":"\\ud800"}', '{"a":"\\u0000"}', '{"a":"é"}', '{"é":1}', '{"__proto__":1}', '', 'x'],
    ...[
      '{"a":{"constructor":1}}',
      '{"2":1,"1":2}',
      '{"a":"\\/"}',
      `${'['.repeat(33)}${']'.repeat(33)}`,
    ],
    ...[`"${'x'.repeat(20_000)}"`, '\ufeff{}'],
  ])(verifies('B-1 B-3 B-4 B-5', 'leaves %j to the whole check'), (text) => {
    expect(read(text)).toBeUndefined();
  });

  it(verifies('B-1 B-3 B-4 B-5', 'reads nothing that the whole check would refuse'), () => {
    const name = fc.constantFrom('a', 'A', 'b', '__proto__', 'é', 'e\u0301', '2', '1', '');
    const scalar = fc.constantFrom(
      ...['1', '1.0', '-0', '1e2', '1e400', '9007199254740993', '"x"', '"\\u0000"', '"\\ud800"'],
      ...['"\\n"', '"é"', 'true', 'null', '""', '0.1'],
    );
    const { text } = fc.letrec<{ text: string }>((tie) => ({
      text: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        scalar,
        fc.array(tie('text'), { maxLength: 3 }).map((parts) => `[${parts.join(',')}]`),
        fc
          .array(fc.tuple(name, tie('text')), { maxLength: 3 })
          .map((all) => `{${all.map(([key, value]) => `"${key}":${value}`).join(',')}}`),
      ),
    }));
    let plainTexts = 0;
    fc.assert(
      fc.property(text, (json) => {
        const value = read(json);
        if (value === undefined) return;
        plainTexts += 1;
        expect(findingsOf(json)).toEqual([]);
        expect(value).toEqual(JSON.parse(json));
      }),
      { numRuns: 5000 },
    );
    expect(plainTexts).toBeGreaterThan(500);
  });
});
