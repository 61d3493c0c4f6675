import type { AclRule } from '@vitrine/claims';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { openSample, rule } from '../testing/sample-database.ts';

const even = '9007199254740992';
const odd = '9007199254740993';
const all = [1, 2, 3, 4, 5, 6, even, odd];
const without = (...ids: (number | string)[]) => all.filter((id) => !ids.includes(id));

let sample: Awaited<ReturnType<typeof openSample>>;
beforeAll(async () => {
  sample = await openSample();
});
afterAll(() => sample.close());

const label = (more: Partial<AclRule>) => rule('Orders', 'Label', more);
const amount = (more: Partial<AclRule>) => rule('Orders', 'Amount', more);
const id = (more: Partial<AclRule>) => rule('Orders', 'ID', more);
const loose = (more: Record<string, unknown>) => label(more as Partial<AclRule>);

/** Order 6 has no label and no day, order 4 has no amount. */
const truth: [string, AclRule[], (number | string)[]][] = [
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
  ['a date', [rule('Orders', 'Day', { members: ['2013-01-01'] })], [2]],
  ['a date with its time', [rule('Orders', 'Day', { members: ['2013-01-06T10:30:00'] })], [3]],
  ['a date that is not there', [rule('Orders', 'Day', { members: ['2013-02-30'] })], []],
  [
    'a date excluded',
    [rule('Orders', 'Day', { members: ['2013-01-01'], exclusionary: true })],
    without(2),
  ],
  ['no date excluded', [rule('Orders', 'Day', { members: ['x'], exclusionary: true })], []],
  ['a text with quotes', [label({ members: ["' OR 1=1 --"] })], []],
  ['a text with NUL', [label({ members: ['Apple\0'] })], []],
  ['a wildcard', [label({ members: ['%'] })], []],
  ['many members', [label({ members: [...'abcdefghijklmnop', 'Apple'] })], [1]],
  [
    'many members excluded',
    [label({ members: [...'abcdefghijklmnop', 'Apple'], exclusionary: true })],
    without(1),
  ],
  ['a hidden column', [rule('Orders', 'Brand ID', { members: [3] })], [5, odd]],
];

describe('rules on one table', () => {
  it.each(truth)(verifies('TOK-10 D-12 B-3', '%s'), async (_name, rules, expected) => {
    expect(await sample.kept({ dim: '[Orders.ID]', filter: {} }, { rules })).toEqual(expected);
  });

  it(
    verifies(
      'D-2 D-12',
      'refuses every query of a source with a rule on an unknown table or column',
    ),
    async () => {
      for (const unknown of [
        rule('Orders', 'Labl', { allMembers: true }),
        rule('orders', 'Label', {}),
      ]) {
        await expect(
          sample.kept({ dim: '[Orders.ID]' }, { rules: [label({ allMembers: true }), unknown] }),
        ).rejects.toMatchObject({ code: 'rule_field_unknown', pointer: '/rules/1' });
      }
    },
  );

  it(
    verifies('D-1', 'keeps filters of the client under the rules, whatever they ask for'),
    async () => {
      const rules = [label({ members: ['Apple'] })];
      for (const filter of [
        { all: true },
        { members: [] },
        { members: ['Banana', 'Apple'] },
        { exclude: { members: ['Banana'] } },
        { or: [{ all: true }, { members: ['Banana'] }] },
      ]) {
        expect(await sample.kept({ dim: '[Orders.Label]', filter }, { rules })).toEqual([1]);
      }
      expect(
        await sample.kept({ dim: '[Orders.Label]', filter: { members: ['Banana'] } }, { rules }),
      ).toEqual([]);
    },
  );
});
