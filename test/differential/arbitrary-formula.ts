import fc from 'fast-check';
import { dated, dimension, exactMeasure, fieldOf, selectionOf } from './arbitrary-filter.ts';

/** Texts over a measure `m`, fields `g` and `h`, a number `n`, dates `d` and `e` and a filter `f`; their values are exact. */
const exactTexts = [
  ...['[m] - 2 * COUNT([g])', 'SUM([n]) / COUNT([g])', 'DUPCOUNT([g]) + MIN([n])'],
  ...['SUM(IF([n] > 3, [n], 0)) + LARGEST([n], 2)', 'IF([m] > 4, PERCENTILE([n], 0.5), NULL)'],
  ...['QUARTILE([n], 3)', 'CASE WHEN [m] > 10 THEN 2 WHEN ISNULL([m]) THEN 1 ELSE 0 END'],
  ...['ABS(FLOOR([m] / 3)) + MOD(COUNT([g]), 4)', 'ROUND([m] / 7, 2)', 'SUM(DDIFF([d], [e]))'],
  ...['([m], [f])', '([m], [f]) / ([m], ALL([g]))', '([m], [f], ALL([h]))', '([m], ALL([g]))'],
  ...['MAX([g], [m])', 'SUM([g], [h], [m]) - [m]', 'MEDIAN([h], SUM([g], ([m], [f])))'],
  ...[
    'MAX([g], SUM([n]) - [m]) - MIN([g], SUM([n]))',
    'MIN([g], [m]) + MAX([g], SUM([n])) + MAX([g], [m])',
  ],
  ...[
    'PASTYEAR([m])',
    'PASTMONTH([m], 2)',
    'DIFFPASTQUARTER([m])',
    'GROWTH([m])',
    'GROWTHRATE([m])',
  ],
  ...['GROWTHPASTWEEK([m])', '([m], PREV([d]))', '([m], NEXT([d], 2))', '([m], NOW([d]))'],
  ...['YTDSUM([m])', 'QTDSUM([m])', 'PASTYEAR(MAX([g], [m]))'],
  ...['RANK([m], "ASC", "1334")', 'RANK([m], "DESC", "1224")', 'RSUM([m])', 'RSUM([m], TRUE)'],
  ...['CONTRIBUTION([m])', 'RAVG(([m], ALL([g])), TRUE)'],
];
/** Equal up to rounding. */
const roundedTexts = [
  ...['STDEV([n])', 'VARP([n]) + 1', 'SQRT(ABS([m]))', 'LN(ABS([m]) + 1)', 'LOG10(ABS([m]) + 1)'],
  ...['EXP(MOD(COUNT([g]), 5))', 'POWER([m] / 10, 2)', 'YTDAVG([m])', 'AVG([h], [m])'],
];

const formulaOf = (texts: readonly string[]) =>
  fc
    .record({
      text: fc.constantFrom(...texts),
      n: fc.oneof(fc.constant({ dim: '[sales.size]' }), fieldOf('numeric')),
      m: fc.oneof(
        { weight: 3, arbitrary: fc.constant({ dim: '[sales.price]', agg: 'sum' }) },
        { weight: 2, arbitrary: exactMeasure.filter(isNumeric) },
      ),
      g: dimension,
      h: dimension,
      d: dated,
      e: fieldOf('datetime'),
      f: fc.oneof(
        fc
          .tuple(fieldOf('text'), selectionOf.text)
          .map(([field, filter]) => ({ ...field, filter })),
        fc.tuple(dated, selectionOf.datetime).map(([field, filter]) => ({ ...field, filter })),
      ),
    })
    .map(({ text, ...items }) => {
      const used = Object.entries(items).filter(([id]) => text.includes(`[${id}]`));
      return { formula: text, context: Object.fromEntries(used) };
    });

function isNumeric({ agg, dim }: { agg: string; dim: string }): boolean {
  return !['min', 'max'].includes(agg) || !/\.(?:word|day)\]$/.test(dim);
}

/** A formula to sort, filter and rank by. */
export const exactFormula = formulaOf(exactTexts);
/** A formula to show alone. */
export const roundedFormula = formulaOf(roundedTexts);
