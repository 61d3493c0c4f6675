import type { JaqlItem } from '@vitrine/claims';
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { compileQuery, type JaqlError } from '../index.ts';
import { dims, formula, tradesContext } from '../testing/trades.ts';

const compile = (...jaqls: object[]) =>
  compileQuery(
    { metadata: jaqls.map((jaql) => ({ jaql })) as unknown as JaqlItem[] },
    tradesContext(),
  );
const refusal = (...jaqls: object[]) => {
  try {
    compile(...jaqls);
  } catch (error) {
    return error as JaqlError;
  }
  return undefined;
};
const total = { ...dims.amount, agg: 'sum' };
const only = { ...dims.product, filter: { members: ['Axe'] } };
const month = { ...dims.day, level: 'months' };

describe('a formula that does not fit', () => {
  it.each([
    ['SUMM([amount])', 'formula_function', 0, 'sum'],
    ['1 + Averag([amount])', 'formula_function', 4, 'avg'],
    ['PASTYER(SUM([amount]))', 'formula_function', 0, 'pastyear'],
    ['toString([amount])', 'formula_function', 0, undefined],
    ['__proto__([amount])', 'formula_function', 0, undefined],
    ['ASC', 'formula_function', 0, undefined],
    ['SUM([amont])', 'formula_reference', 4, undefined],
    ['SUM([total])', 'formula_type', 4, undefined],
    ['SUM([only])', 'formula_reference', 4, undefined],
    ['SUM([shop])', 'formula_type', 4, undefined],
    ['AVG([day])', 'formula_type', 4, undefined],
    ['SUM()', 'formula_arguments', 0, undefined],
    ['SUM(1)', 'formula_type', 4, undefined],
    ['COUNT(TRUE)', 'formula_type', 6, undefined],
    ['COUNT(NULL)', 'formula_type', 6, undefined],
    ['AVG([shop], [amount])', 'formula_type', 12, undefined],
    ['AVG([only], SUM([amount]))', 'formula_reference', 4, undefined],
    ['AVG(1, SUM([amount]))', 'formula_reference', 4, undefined],
    ['[amount]', 'formula_type', 0, undefined],
    ['[amount] + 1', 'formula_type', 9, undefined],
    ['1 + 1', 'formula_type', 2, undefined],
    ['SUM([amount]) > 1', 'formula_type', 14, undefined],
    ['SUM([amount]) + [amount]', 'formula_type', 14, undefined],
    ['SUM([amount]) + "1"', 'formula_type', 14, undefined],
    ['SUM([amount]) + TRUE', 'formula_type', 14, undefined],
    ['SUM([amount]) AND TRUE', 'formula_type', 14, undefined],
    ['NOT SUM([amount])', 'formula_type', 0, undefined],
    ['IF(SUM([amount]) = "x", 1, 2)', 'formula_type', 17, undefined],
    ['IF(TRUE = FALSE, [total], 2)', 'formula_type', 8, undefined],
    ['IF(SUM([amount]), 1, 2)', 'formula_type', 0, undefined],
    ['IF([total] > 1, 1, "x")', 'formula_type', 0, undefined],
    ['IF([total] > 1)', 'formula_arguments', 0, undefined],
    ['ISNULL([total])', 'formula_type', 0, undefined],
    ['ABS([total], 1)', 'formula_arguments', 0, undefined],
    ['ABS(MIN([shop]))', 'formula_type', 0, undefined],
    ['POWER([total])', 'formula_arguments', 0, undefined],
    ['ROUND([total], [total])', 'formula_arguments', 15, undefined],
    ['ROUND([total], 0.5)', 'formula_arguments', 15, undefined],
    ['ROUND([total], -16)', 'formula_arguments', 16, undefined],
    ['DDIFF([day])', 'formula_arguments', 0, undefined],
    ['AVG(DDIFF([day], [amount]))', 'formula_type', 4, undefined],
    ['PERCENTILE([amount])', 'formula_arguments', 11, undefined],
    ['PERCENTILE([amount], 2)', 'formula_arguments', 21, undefined],
    ['PERCENTILE([amount], [total])', 'formula_arguments', 21, undefined],
    ['QUARTILE([amount], 0.5)', 'formula_arguments', 19, undefined],
    ['LARGEST([amount], 0)', 'formula_arguments', 18, undefined],
    ['LARGEST([amount], 1.5)', 'formula_arguments', 18, undefined],
    ['(SUM([amount]), [shop])', 'formula_reference', 16, undefined],
    ['(SUM([amount]), [total])', 'formula_reference', 16, undefined],
    ['(SUM([amount]), 1)', 'formula_reference', 16, undefined],
    ['(SUM([amount]), SUM([pieces]))', 'formula_arguments', 16, undefined],
    ['([amount], [only])', 'formula_type', 1, undefined],
    ['(SUM([amount]), ALL())', 'formula_arguments', 16, undefined],
    ['(SUM([amount]), ALL([only]))', 'formula_reference', 20, undefined],
    ['(SUM([amount]), ALL([shop], 1))', 'formula_arguments', 16, undefined],
    ['(SUM([amount]), PREV([shop]))', 'formula_type', 21, undefined],
    ['(SUM([amount]), PREV([day], 0))', 'formula_arguments', 28, undefined],
    ['(SUM([amount]), PREV([day], -1))', 'formula_arguments', 28, undefined],
    ['(SUM([amount]), NOW([shop]))', 'formula_type', 20, undefined],
    ['ALL([shop])', 'formula_arguments', 0, undefined],
    ['SUM([amount]) / ALL([shop])', 'formula_arguments', 16, undefined],
    ['PASTYEAR([amount])', 'formula_type', 9, undefined],
    ['PASTYEAR(MIN([shop]))', 'formula_type', 9, undefined],
    ['PASTYEAR([total], 0)', 'formula_arguments', 18, undefined],
    ['PASTYEAR([total], 1, 2)', 'formula_arguments', 0, undefined],
    ['YTDSUM([amount])', 'formula_type', 7, undefined],
    ['RSUM([amount])', 'formula_type', 5, undefined],
    ['RSUM([total], 1)', 'formula_arguments', 14, undefined],
    ['RANK()', 'formula_arguments', 0, undefined],
    ['RANK([total], "up")', 'formula_arguments', 14, undefined],
    ['RANK([total], "1223", "ASC")', 'formula_arguments', 22, undefined],
    ['RANK([total], [total])', 'formula_reference', 14, undefined],
    ['CONTRIBUTION([total], 1)', 'formula_arguments', 0, undefined],
  ])(verifies('DATA-1', 'is refused: %s'), (text, code, position, hint) => {
    const known = { total, only };
    const error = refusal(month, formula(text, known));
    expect(error).toMatchObject({ code, pointer: '/metadata/1/jaql/formula', position });
    expect(error?.hint).toBe(hint);
  });

  it(verifies('DATA-1', 'has hints from its context'), () => {
    const jaql = { formula: 'SUM([amont])', context: { '[amount]': dims.amount } };
    expect(refusal(jaql)).toMatchObject({ code: 'formula_reference', hint: 'amount' });
  });

  it.each([
    ['a filter on a measure', { ...total, filter: { from: 1 } }, 'item_unsupported', ''],
    ['an order', { ...dims.amount, sort: 'asc' }, 'item_unsupported', ''],
    [
      'a highlight',
      { ...dims.shop, in: { selected: { jaql: { ...dims.shop, filter: {} } } } },
      'item_unsupported',
      '',
    ],
    ['an unknown column', { dim: '[Trades.Nothing]' }, 'field_unknown', '/dim'],
    ['an unknown key', { ...dims.amount, colour: 1 }, 'item_unsupported', '/colour'],
    ['a text', 'x', 'item_invalid', ''],
    ['a formula without its items', { formula: 'SUM([x])' }, 'formula_reference', '/formula'],
    [
      'a filter that is none',
      { ...dims.shop, filter: { around: 1 } },
      'filter_unsupported',
      '/filter/around',
    ],
  ])(
    verifies('DATA-1', 'has nothing in its context that cannot stand there: %s'),
    (_name, item, code, pointer) => {
      for (const text of ['SUM([amount])', 'SUM([other])']) {
        const jaql = {
          formula: text,
          context: {
            '[amount]': text.includes('amount') ? item : dims.amount,
            other: text.includes('amount') ? dims.amount : item,
          },
        };
        const id = text.includes('amount') ? '[amount]' : 'other';
        expect(refusal(jaql)).toMatchObject({
          code,
          pointer: `/metadata/0/jaql/context/${id}${pointer}`,
        });
      }
      const unused = { formula: 'SUM([amount])', context: { amount: dims.amount, unused: item } };
      expect(refusal(unused)).toMatchObject({ code });
    },
  );

  it.each([
    [{ formula: 1 }, 'item_invalid', '/formula'],
    [{ context: {} }, 'item_invalid', '/formula'],
    [{ formula: 'SUM([a])', context: [dims.amount] }, 'item_invalid', '/context'],
    [
      { formula: 'SUM([a])', context: { a: dims.amount, '[a]': dims.amount } },
      'item_invalid',
      '/context',
    ],
    [{ formula: 'SUM([a])', context: { 'a]b': dims.amount } }, 'item_invalid', '/context'],
    [{ ...formula('SUM([amount])'), dim: '[Trades.Amount]' }, 'item_unsupported', '/dim'],
    [{ ...formula('SUM([amount])'), agg: 'sum' }, 'item_unsupported', '/agg'],
    [{ ...formula('SUM([amount])'), datatype: 'text' }, 'item_invalid', '/datatype'],
    [
      { ...formula('SUM([amount])'), filter: { contains: 'x' } },
      'filter_unsupported',
      '/filter/contains',
    ],
    [{ ...formula('SUM([amount])'), in: { selected: { jaql: {} } } }, 'item_unsupported', '/in'],
  ])(verifies('DATA-1', 'is refused as an item: %j'), (jaql, code, pointer) => {
    expect(refusal(jaql)).toMatchObject({ code, pointer: `/metadata/0/jaql${pointer}` });
  });
});

describe('the limits of a formula', () => {
  it(
    verifies('DATA-1', 'are its parts, those of nested formulas counted as often as they are used'),
    () => {
      const nest = (depth: number): object =>
        depth === 0 ? total : { formula: '[a] + [a] + [a] + [a]', context: { a: nest(depth - 1) } };
      expect(refusal(nest(5))).toBeUndefined();
      expect(refusal(nest(8))).toMatchObject({ code: 'formula_limit' });
      const powers = (depth: number): string =>
        depth === 0 ? '[total]' : `POWER(${powers(depth - 1)}, 2)`;
      expect(refusal(formula(powers(3), { total }))).toBeUndefined();
      expect(refusal(formula(powers(12), { total }))).toMatchObject({ code: 'formula_limit' });
      const chain = (length: number) => Array(length).fill('[total]').join('+');
      expect(refusal(formula(chain(100), { total }))).toBeUndefined();
      expect(refusal(formula(chain(140), { total }))).toMatchObject({ code: 'formula_limit' });
    },
  );

  it(verifies('DATA-1', 'are 16 formulas inside each other, and 200 items in a context'), () => {
    const nest = (depth: number): object =>
      depth === 0 ? total : { formula: '[a]', context: { a: nest(depth - 1) } };
    expect(refusal(nest(16))).toBeUndefined();
    expect(refusal(nest(17))).toMatchObject({ code: 'formula_limit' });
    const context = Object.fromEntries(
      Array.from({ length: 201 }, (_, n) => [`a${n}`, dims.amount]),
    );
    expect(refusal({ formula: 'SUM([a1])', context })).toMatchObject({ code: 'item_invalid' });
  });
});
