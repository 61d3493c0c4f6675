import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { heldBytes } from '../../../../test/held-bytes.ts';
import { verifies } from '../../../../test/verifies.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Formula, Operator } from './formula.ts';
import { parseFormula } from './parse-formula.ts';
import { printFormula } from './print-formula.ts';

const parse = (text: string) => parseFormula(text, '/formula');
const refused = (text: string) => {
  try {
    parse(text);
  } catch (error) {
    return error as JaqlError;
  }
  return undefined;
};

/** A formula without the places of its parts. */
const bare = (formula: Formula): unknown =>
  JSON.parse(JSON.stringify(formula, (key, value) => (key === 'at' ? undefined : value)));

const operators: readonly Operator[] = [
  '+',
  '-',
  '*',
  '/',
  '=',
  '<>',
  '<',
  '<=',
  '>',
  '>=',
  'and',
  'or',
];
const keywords = new Set(['case', 'when', 'then', 'else', 'end', 'and', 'or', 'not']);
const name = fc.stringMatching(/^[a-z_][a-z0-9_]{0,11}$/).filter((one) => !keywords.has(one));

const arbitraryFormula: fc.Arbitrary<Formula> = fc.letrec<{ formula: Formula }>((tie) => {
  const part = tie('formula');
  return {
    formula: fc.oneof(
      { maxDepth: 5, withCrossShrink: true },
      fc.record({
        kind: fc.constant('number' as const),
        value: fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((one) => one + 0),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('text' as const),
        value: fc.string({ unit: 'grapheme', maxLength: 8 }),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('word' as const),
        value: fc.constantFrom(true, false, null),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('reference' as const),
        id: fc.string({ maxLength: 6 }).map((one) => one.replace(/[[\]]/g, '')),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('call' as const),
        name,
        of: fc.array(part, { maxLength: 3 }),
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('binary' as const),
        operator: fc.constantFrom(...operators),
        left: part,
        right: part,
        at: fc.constant(0),
      }),
      fc.record({
        kind: fc.constant('unary' as const),
        operator: fc.constantFrom('-' as const, 'not' as const),
        of: part,
        at: fc.constant(0),
      }),
      fc.record(
        {
          kind: fc.constant('case' as const),
          branches: fc.array(fc.record({ when: part, gives: part }), {
            minLength: 1,
            maxLength: 2,
          }),
          otherwise: part,
          at: fc.constant(0),
        },
        { requiredKeys: ['kind', 'branches', 'at'] },
      ),
      fc.record({
        kind: fc.constant('measured' as const),
        of: part,
        by: fc.array(part, { minLength: 1, maxLength: 2 }),
        at: fc.constant(0),
      }),
    ),
  };
}).formula;

describe('the grammar', () => {
  it(verifies('DATA-1', 'reads back every formula that it prints'), () => {
    fc.assert(
      fc.property(arbitraryFormula, (formula) => {
        const text = printFormula(formula);
        expect(bare(parse(text))).toEqual(bare(formula));
      }),
      { numRuns: 2_000, seed: 4 },
    );
  });

  it.each([
    ['1+2*3', '1 + 2 * 3'],
    ['(1+2)*3', '(1 + 2) * 3'],
    ['1-2-3', '1 - 2 - 3'],
    ['1-(2-3)', '1 - (2 - 3)'],
    ['-1*2', '-1 * 2'],
    ['--1', '--1'],
    ['not 1=2 and 3<>4 or true', 'NOT 1 = 2 AND 3 <> 4 OR TRUE'],
    ['1 + 2 <= 3 / 4', '1 + 2 <= 3 / 4'],
    ['sum([a b])\n', 'SUM([a b])'],
    ['Rank([a],"asc",\'12"24\')', 'RANK([a], "asc", "12""24")'],
    ['(sum([a]),[f], all([g]))', '(SUM([a]), [f], ALL([g]))'],
    ['((sum([a])))', 'SUM([a])'],
    ['case when 1>2 then .5 end', 'CASE WHEN 1 > 2 THEN 0.5 END'],
    ['1.e3', '1000'],
    ['endless(case_)', 'ENDLESS(CASE_())'],
  ])(verifies('DATA-1', 'reads %j'), (text, printed) => {
    expect(printFormula(parse(text))).toBe(printed);
  });

  it.each([
    ['', 0],
    ['1 +', 3],
    ['1 + * 2', 4],
    ['sum([a]', 7],
    ['sum([a]) sum([b])', 9],
    ['sum([a', 4],
    ['sum(a]', 5],
    ['1 < 2 < 3', 6],
    ['"open', 0],
    ['1; 2', 1],
    ['a$b', 1],
    ['case 1 end', 5],
    ['sum(,)', 4],
    ['[a][b]', 3],
    ['1 == 1', 3],
    ['1 != 1', 2],
    ['sum([a]) # x', 9],
  ])(verifies('DATA-1', 'says where it cannot read %j on'), (text, position) => {
    const error = refused(text);
    expect(error).toMatchObject({ code: 'formula_syntax', pointer: '/formula', position });
  });
});

describe('hostile texts', () => {
  it(verifies('DATA-1 D-8', 'are refused with a code, and nothing else'), () => {
    const pieces = fc.constantFrom(
      '[',
      ']',
      '(',
      ')',
      ',',
      '"',
      "'",
      ' ',
      '\n',
      'sum',
      'case',
      'when',
      'not ',
      '-',
      '*',
      '/',
      '=',
      '<',
      '>',
      '1',
      '.',
      'e',
      '[a]',
      ';',
      '\0',
      '\ud800',
      '🙂',
      '__proto__',
      'constructor',
    );
    const noise = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(pieces, { maxLength: 60 }).map((some) => some.join('')),
    );
    fc.assert(
      fc.property(noise, (text) => {
        try {
          parse(text);
        } catch (error) {
          expect(error).toBeInstanceOf(JaqlError);
        }
      }),
      { numRuns: 3_000, seed: 7 },
    );
  });

  it.each([
    ['(', '('],
    ['-', '-'],
    ['not ', 'not '],
    ['case when ', 'case when '],
    ['abs(', 'abs('],
    ['1+', '1+'],
    ['[', '['],
    ['"', '"'],
    ['""', '""'],
    ['\'"', '\'"'],
    ['1.', '1.'],
    ['1e', '1e'],
    ['a', 'a'],
  ])(
    verifies('DATA-1 D-8', 'of 100 kB, and of the longest length, are judged at once: %j'),
    (piece) => {
      for (const length of [100_000, 9_990]) {
        const text = piece.repeat(Math.ceil(length / piece.length)).slice(0, length);
        const begin = performance.now();
        const error = refused(text);
        expect(performance.now() - begin).toBeLessThan(500);
        if (length === 100_000) expect(error).toMatchObject({ code: 'formula_limit' });
        if (error !== undefined) expect(error).toBeInstanceOf(JaqlError);
      }
    },
  );

  it(verifies('DATA-1', 'nested too deeply are refused before they are read'), () => {
    const nested = (depth: number) => `${'('.repeat(depth)}1${')'.repeat(depth)}`;
    expect(refused(nested(64))).toBeUndefined();
    expect(refused(nested(65))).toMatchObject({ code: 'formula_limit', position: 64 });
    expect(refused(`${'-'.repeat(65)}1`)).toMatchObject({ code: 'formula_limit' });
  });

  it(
    verifies('DATA-1 D-8', 'of the longest length are not remembered by the hundred'),
    async () => {
      const held = await heldBytes(() => {
        for (let nth = 0; nth < 400; nth += 1) parse(`${nth}${'+1'.repeat(4_998)}`);
      });
      expect(held).toBeLessThan(30_000_000);
    },
  );
});
