import type { AclRule } from '@vitrine/claims';

/** One row: what it shows, the rules on `Orders`, and the ids of the orders that they let through. */
export type SecurityRow = readonly [name: string, rules: AclRule[], kept: (number | string)[]];

const even = '9007199254740992';
const odd = '9007199254740993';
const all = [1, 2, 3, 4, 5, 6, even, odd];
const without = (...ids: (number | string)[]) => all.filter((id) => !ids.includes(id));

/** A rule on a column of `Orders` in the data source `Sample`. */
const rule = (column: string, more: Partial<AclRule>): AclRule => ({
  ...{ dataSourceTitle: 'Sample', table: 'Orders', column },
  ...more,
});
const label = (more: Partial<AclRule>) => rule('Label', more);
const amount = (more: Partial<AclRule>) => rule('Amount', more);
const id = (more: Partial<AclRule>) => rule('ID', more);
const loose = (more: Record<string, unknown>) => label(more as Partial<AclRule>);

/**
 * The truth table of data security (D-12), decided once: run in SQL by the language's own tests, and end to end by the service.
 * Order 6 has no label and no day, order 4 has no amount.
 */
export const securityTable: readonly SecurityRow[] = [
  ['no rule', [], all],
  ['inclusive: its members, never NULL', [label({ members: ['Apple', ''] })], [1, 5]],
  ['inclusive: members by case', [label({ members: ['apple'] })], []],
  ['inclusive: members with blanks', [label({ members: ['Apple '] })], []],
  ['inclusive: null is no member', [loose({ members: ['Apple', null] })], [1]],
  ['inclusive: only null', [loose({ members: [null] })], []],
  ['inclusive: [] lets nothing through', [label({ members: [] })], []],
  ['inclusive: [] said to be inclusive', [label({ members: [], exclusionary: false })], []],
  ['inclusive: no members', [label({})], []],
  ['inclusive: null members', [label({ members: null, allMembers: null })], []],
  ['inclusive: a text for a list', [loose({ members: 'Apple' })], []],
  ['allMembers: everything', [label({ allMembers: true })], all],
  ['allMembers over members', [label({ members: ['Apple'], allMembers: true })], all],
  ['allMembers over []', [label({ members: [], allMembers: true })], all],
  ['allMembers: false is not all', [label({ members: [], allMembers: false })], []],
  ['allMembers that is not true', [loose({ members: ['Apple'], allMembers: 'true' })], []],
  [
    'exclusionary: the others, NULL too',
    [label({ members: ['Apple'], exclusionary: true })],
    without(1),
  ],
  [
    'exclusionary: NULL among the members',
    [loose({ members: ['Apple', null], exclusionary: true })],
    without(1, 6),
  ],
  ['exclusionary: only null', [loose({ members: [null], exclusionary: true })], without(6)],
  ['exclusionary: [] leaves nothing out', [label({ members: [], exclusionary: true })], all],
  ['exclusionary: no members', [label({ exclusionary: true })], []],
  ['exclusionary: all members', [label({ exclusionary: true, allMembers: true })], []],
  ['exclusionary that is not true', [loose({ members: ['Apple'], exclusionary: 1 })], []],
  [
    'two inclusive ones: either',
    [label({ members: ['Apple'] }), label({ members: ['Banana'] })],
    [1, 3],
  ],
  [
    'inclusive and allMembers: everything',
    [label({ members: ['Apple'] }), label({ allMembers: true })],
    all,
  ],
  ['inclusive and []', [label({ members: ['Apple'] }), label({ members: [] })], [1]],
  [
    'two exclusionary ones: neither',
    [
      label({ members: ['Apple'], exclusionary: true }),
      label({ members: ['Banana'], exclusionary: true }),
    ],
    without(1, 3),
  ],
  [
    'both kinds: both hold',
    [label({ members: ['Apple', 'Banana'] }), label({ members: ['Apple'], exclusionary: true })],
    [3],
  ],
  [
    'two columns: both hold',
    [label({ members: ['Apple', 'Banana'] }), amount({ members: [30, 80] })],
    [3],
  ],
  ['numbers', [amount({ members: [10, 20] })], [1, 2]],
  ['numbers as text', [amount({ members: ['10', '20.0'] })], [1, 2]],
  ['numbers that are not there', [amount({ members: [10.5, -10] })], []],
  ['numbers excluded', [amount({ members: [10], exclusionary: true })], without(1)],
  ['a text among numbers', [amount({ members: [10, 'x'] })], [1]],
  ['a text among excluded numbers', [amount({ members: [10, 'x'], exclusionary: true })], []],
  ['a number among texts', [label({ members: [1, 'Apple'] })], [1]],
  ['a number among excluded texts', [label({ members: [1], exclusionary: true })], []],
  ['a number for a text that looks like it', [label({ members: [100] })], []],
  ['another datatype', [label({ members: ['Apple'], datatype: 'numeric' })], []],
  ['the right datatype', [label({ members: ['Apple'], datatype: 'text' })], [1]],
  [
    'another datatype, excluding',
    [label({ members: ['Apple'], datatype: 'datetime', exclusionary: true })],
    [],
  ],
  ['another datatype, all', [label({ allMembers: true, datatype: 'numeric' })], []],
  ['a large id as text', [id({ members: [odd] })], [odd]],
  ['its neighbour', [id({ members: [even] })], [even]],
  ['a large id excluded', [id({ members: [odd], exclusionary: true })], without(odd)],
  ['a large id as a number', [id({ members: [Number(even)] })], []],
  ['a large id as an inexact text', [id({ members: [`${odd}.0`, '9.007199254740993e15'] })], []],
  ['an id out of range', [id({ members: ['99999999999999999999'] })], []],
  [
    'an id out of range, excluding',
    [id({ members: ['99999999999999999999'], exclusionary: true })],
    [],
  ],
  ['NaN', [id({ members: [Number.NaN] })], []],
  ['Infinity excluded', [id({ members: [Number.POSITIVE_INFINITY], exclusionary: true })], []],
  ['a date', [rule('Day', { members: ['2013-01-01'] })], [2]],
  ['a date with its time', [rule('Day', { members: ['2013-01-06T10:30:00'] })], [3]],
  ['a date that is not there', [rule('Day', { members: ['2013-02-30'] })], []],
  ['a date excluded', [rule('Day', { members: ['2013-01-01'], exclusionary: true })], without(2)],
  ['no date excluded', [rule('Day', { members: ['x'], exclusionary: true })], []],
  ['a text with quotes', [label({ members: ["' OR 1=1 --"] })], []],
  ['a text with NUL', [label({ members: ['Apple\0'] })], []],
  ['a wildcard', [label({ members: ['%'] })], []],
  ['many members', [label({ members: [...'abcdefghijklmnop', 'Apple'] })], [1]],
  [
    'many members excluded',
    [label({ members: [...'abcdefghijklmnop', 'Apple'], exclusionary: true })],
    without(1),
  ],
  ['the empty text alone', [label({ members: [''] })], [5]],
  ['the empty text excluded', [label({ members: [''], exclusionary: true })], without(5)],
  ['a number as text with a blank', [amount({ members: ['10 '] })], []],
  ['a date with a closing Z', [rule('Day', { members: ['2013-01-01T00:00:00Z'] })], [2]],
  ['a year for a date', [rule('Day', { members: ['2013'] })], []],
  ['a hidden column', [rule('Brand ID', { members: [3] })], [5, odd]],
];

/** The orders, as JSON text: two ids differ where a double does not. */
export const ordersJson = `[
  {"id":1,"label":"Apple","amount":10,"day":"2012-12-31 23:59:59","brand_id":1},
  {"id":2,"label":"apple pie","amount":20,"day":"2013-01-01 00:00:00","brand_id":1},
  {"id":3,"label":"Banana","amount":30,"day":"2013-01-06 10:30:00","brand_id":2},
  {"id":4,"label":"100%","amount":null,"day":"2013-02-15 12:00:00","brand_id":2},
  {"id":5,"label":"","amount":50,"day":"2013-03-31 00:00:00","brand_id":3},
  {"id":6,"label":null,"amount":60,"day":null,"brand_id":99},
  {"id":9007199254740992,"label":"a_b","amount":70,"day":"2014-07-01 08:15:30","brand_id":null},
  {"id":9007199254740993,"label":"aXb","amount":80,"day":"2014-07-02 08:15:30","brand_id":3}
]`;
