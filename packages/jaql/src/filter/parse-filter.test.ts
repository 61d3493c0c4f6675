import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openSample } from '../testing/sample-database.ts';

const even = '9007199254740992';
const odd = '9007199254740993';
const all = [1, 2, 3, 4, 5, 6, even, odd];
const without = (...ids: (number | string)[]) => all.filter((id) => !ids.includes(id));

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const label = (filter: object) => ({ dim: '[Orders.Label]', filter });
const amount = (filter: object) => ({ dim: '[Orders.Amount]', filter });
const day = (filter: object, level?: string, more: object = {}) => ({
  dim: '[Orders.Day (Calendar)]',
  filter,
  ...(level === undefined ? {} : { level }),
  ...more,
});

const cases: [string, object, (number | string)[]][] = [
  ['all', label({ all: true }), all],
  ['an empty filter', label({}), all],
  ['no members', label({ members: [] }), all],
  ['text members, by case', label({ members: ['Apple', 'banana'] }), [1]],
  ['members with null', label({ members: ['Apple', null] }), [1, 6]],
  ['one choice', label({ members: ['Apple'], multiSelection: false }), [1]],
  ['more members than one by one', label({ members: [...'abcdefghijklmnop', 'Apple'] }), [1]],
  ['number members', amount({ members: [10, '20', 30.5] }), [1, 2]],
  ['exact large ids', { dim: '[Orders.ID]', filter: { members: [odd] } }, [odd]],
  ['date members at a level', day({ members: ['2013-01-01T00:00:00'] }, 'months'), [2, 3]],
  [
    'date members in years',
    day({ members: ['2013-07-09', '2012-01-01'] }, 'years'),
    [1, 2, 3, 4, 5],
  ],
  ['date members in weeks from Monday', day({ members: ['2013-01-06'] }, 'weeks'), [1, 2, 3]],
  [
    'date members in weeks from Sunday',
    day({ members: ['2013-01-06'] }, 'weeks', { firstday: 'sun' }),
    [3],
  ],
  ['date members without a level', day({ members: ['2013-01-01'] }), [2]],
  ['quarters', day({ members: ['2014-09-30'] }, 'quarters'), [even, odd]],
  ['hours', day({ members: ['2013-01-06T10:00:00'] }, 'hours'), [3]],
  ['minutes', day({ members: ['2013-01-06T10:30:59Z'] }, 'minutes'), [3]],
  ['exclude keeps rows without a value', label({ exclude: { members: ['Apple'] } }), without(1)],
  ['exclude null', label({ exclude: { members: ['Apple', null] } }), without(1, 6)],
  ['exclude no members', label({ exclude: { members: [] } }), all],
  ['exclude everything', label({ exclude: { all: true } }), []],
  ['exclude twice', label({ exclude: { exclude: { members: ['Apple'] } } }), [1]],
  ['exclude many', label({ exclude: { members: [...'abcdefghijklmnop', 'Apple'] } }), without(1)],
  ['exclude a range', amount({ exclude: { from: 20, to: 60 } }), [1, 4, even, odd]],
  [
    'switched-off members',
    label({
      members: ['Apple', 'Banana'],
      filter: { turnedOff: true, exclude: { members: ['Banana'] } },
    }),
    [1],
  ],
  ['a background filter', amount({ from: 20, filter: { to: 30 } }), [2, 3]],
  ['contains', label({ contains: 'PPL' }), [1, 2]],
  ['contains % literally', label({ contains: '%' }), [4]],
  ['contains _ literally', label({ contains: '_' }), [even]],
  ['doesntContain', label({ doesntContain: 'a' }), [4, 5, 6]],
  ['startsWith', label({ startsWith: 'APPLE' }), [1, 2]],
  ['doesntStartWith', label({ doesntStartWith: 'a' }), [3, 4, 5, 6]],
  ['endsWith', label({ endsWith: 'E' }), [1, 2]],
  ['doesntEndWith', label({ doesntEndWith: 'e' }), without(1, 2)],
  ['equals', label({ equals: 'APPLE' }), [1]],
  ['equals nothing', label({ equals: '' }), [5, 6]],
  ['doesntEqual', label({ doesntEqual: 'apple' }), without(1)],
  ['doesntEqual nothing', label({ doesntEqual: '' }), without(5, 6)],
  ['like', label({ like: 'a_b' }), [even, odd]],
  ['like with %', label({ like: 'A%E' }), [1, 2]],
  ['like with what is special elsewhere', label({ like: '%.\\%' }), []],
  ['number equals', amount({ equals: 20 }), [2]],
  ['number =', amount({ '=': '20' }), [2]],
  ['doesntEqual keeps rows without a number', amount({ doesntEqual: 20 }), without(2)],
  ['from', amount({ from: 60 }), [6, even, odd]],
  ['fromNotEqual', amount({ fromNotEqual: 60 }), [even, odd]],
  ['to', amount({ to: 20 }), [1, 2]],
  ['toNotEqual', amount({ toNotEqual: 20 }), [1]],
  ['a range', amount({ from: 20, toNotEqual: 60 }), [2, 3, 5]],
  ['a range in signs', amount({ '>': 10, '<=': 30 }), [2, 3]],
  ['>= and <', amount({ '>=': 20, '<': 30 }), [2]],
  ['a fraction', amount({ from: 19.5, to: 20.5 }), [2]],
  ['an open range of numbers', amount({ from: null, to: 10 }), [1]],
  ['dates from, to by day', day({ from: '2013-01-01', to: '2013-01-06' }), [2, 3]],
  ['dates by month', day({ from: '2013-01-31', to: '2013-02-01' }, 'months'), [2, 3, 4]],
  ['dates by year', day({ from: '2012-06-01', to: '2012-06-01' }, 'years'), [1]],
  ['dates by minute', day({ to: '2013-01-06T10:29:00' }, 'minutes'), [1, 2]],
  ['an open date range', day({ from: '2013-03-31', to: null }), [5, even, odd]],
  ['a date range without ends', day({ from: null, to: null }), all],
  ['exclude dates', day({ exclude: { from: '2013-01-01', to: '2013-12-31' } }), [1, 6, even, odd]],
  ['last, with the current month', day({ last: { count: 2, offset: 0 } }, 'months'), [2, 3, 4]],
  ['last, offset', day({ last: { count: 1, offset: 1 } }, 'months'), [2, 3]],
  ['last, negative offset', day({ last: { count: 2, offset: -1 } }, 'months'), [4, 5]],
  ['next', day({ next: { count: 2, offset: 0 } }, 'months'), [4, 5]],
  ['next, offset', day({ next: { count: 1, offset: 1 } }, 'months'), [5]],
  ['next, negative offset', day({ next: { count: 1, offset: -1 } }, 'months'), [2, 3]],
  ['last years', day({ last: { count: 1, offset: 1 } }, 'years'), [1]],
  ['an anchor', day({ last: { count: 1 }, anchor: '2014-07-15' }, 'quarters'), [even, odd]],
  ['an anchor inside', day({ last: { count: 1, anchor: '2014-07-15' } }, 'months'), [even, odd]],
  ['and', amount({ and: [{ from: 20 }, { to: 30 }] }), [2, 3]],
  ['or', amount({ or: [{ to: 10 }, { from: 80 }] }), [1, odd]],
  [
    'and in or in exclude',
    amount({ exclude: { or: [{ and: [{ from: 20 }, { to: 30 }] }, { equals: 80 }] } }),
    without(2, 3, odd),
  ],
];

describe('filters on real rows', () => {
  it.each(cases)(verifies('DATA-1', '%s'), async (_name, jaql, expected) => {
    expect(await sample.kept(jaql)).toEqual(expected);
  });

  it(verifies('DATA-1', 'counts days from now in the time zone of the session'), async () => {
    const today = day({ last: { count: 1 } }, 'days');
    const at = (now: string, timeZone: string) =>
      sample.kept(today, { now: new Date(now), timeZone });
    expect(await at('2013-02-14T23:30:00Z', 'UTC')).toEqual([]);
    expect(await at('2013-02-14T23:30:00Z', 'Europe/Berlin')).toEqual([4]);
    expect(await at('2013-02-16T04:00:00Z', 'America/New_York')).toEqual([4]);
  });
});

const refused: [string, object, string, string][] = [
  ['an unknown kind', label({ soundsLike: 'x' }), 'filter_unsupported', '/soundsLike'],
  ['a text test on a number', amount({ contains: '1' }), 'filter_unsupported', '/contains'],
  ['a number test on a text', label({ from: 1 }), 'filter_unsupported', '/from'],
  ['two kinds at once', label({ contains: 'a', startsWith: 'b' }), 'filter_unsupported', ''],
  ['a filter that is no object', label([]), 'filter_invalid', ''],
  ['members that are no list', label({ members: 'Apple' }), 'filter_invalid', '/members'],
  ['a member of another type', amount({ members: [1, 'x'] }), 'filter_invalid', '/members/1'],
  [
    'an inexact member',
    { dim: '[Orders.ID]', filter: { members: [2 ** 53 + 2] } },
    'filter_invalid',
    '/members/0',
  ],
  [
    'a text that rounds to another number',
    { dim: '[Orders.ID]', filter: { members: [`${odd}.0`] } },
    'filter_invalid',
    '/members/0',
  ],
  ['NUL', label({ equals: 'a\0b' }), 'filter_invalid', '/equals'],
  ['half a character', label({ equals: '\ud800' }), 'filter_invalid', '/equals'],
  ['a long pattern', label({ like: '_'.repeat(1_001) }), 'filter_invalid', '/like'],
  ['no number', amount({ from: 'many' }), 'filter_invalid', '/from'],
  ['three ends', amount({ from: 1, to: 2, equals: 3 }), 'filter_invalid', ''],
  ['a day that is not there', day({ from: '2013-02-30' }), 'filter_invalid', '/from'],
  ['a date with an offset', day({ from: '2013-02-03T00:00:00+02:00' }), 'filter_invalid', '/from'],
  ['no periods', day({ last: { count: 0 } }), 'filter_invalid', '/last'],
  ['too many periods', day({ last: { count: 1e9 } }), 'filter_invalid', '/last/count'],
  ['too far back', day({ last: { count: 4_002 } }, 'years'), 'filter_invalid', '/last'],
  ['too far ahead', day({ next: { count: 1, offset: 4_000 } }, 'years'), 'filter_invalid', '/next'],
  ['last and next', day({ last: { count: 1 }, next: { count: 1 } }), 'filter_invalid', ''],
  ['an unknown part of last', day({ last: { count: 1, x: 1 } }), 'filter_unsupported', '/last/x'],
  ['an empty and', label({ and: [] }), 'filter_invalid', '/and'],
  ['a ranking without a measure', label({ top: 3 }), 'filter_invalid', ''],
  ['a ranking of no members', label({ top: 0, by: {} }), 'filter_invalid', '/top'],
  [
    'a nested unknown kind',
    label({ or: [{ all: true }, { x: 1 }] }),
    'filter_unsupported',
    '/or/1/x',
  ],
  [
    'an unknown background',
    label({ members: [], filter: { y: 1 } }),
    'filter_unsupported',
    '/filter/y',
  ],
  [
    'an own __proto__',
    label(JSON.parse('{"__proto__": {"all": true}}')),
    'filter_unsupported',
    '/__proto__',
  ],
];

describe('filters that are refused', () => {
  it.each(refused)(verifies('DATA-1', '%s'), async (_name, jaql, code, pointer) => {
    await expect(sample.kept(jaql)).rejects.toMatchObject({
      code,
      pointer: `/metadata/1/jaql/filter${pointer}`,
    });
  });

  it(verifies('DATA-1', 'nesting beyond 32'), async () => {
    let filter: object = { members: ['x'] };
    for (let depth = 0; depth < 5_000; depth++) filter = { exclude: filter };
    await expect(sample.kept(label(filter))).rejects.toMatchObject({ code: 'filter_invalid' });
  });
});
