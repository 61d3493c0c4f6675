import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Created, type Started, startOnNewState } from '../test/start-service.ts';
import { threeFlows } from '../test/three-flows.ts';

let service: Started;
let configuration: Created;
beforeAll(async () => {
  service = await startOnNewState();
  configuration = await service.create();
});
afterAll(() => service.stop());

const most = 81_200;
const rule = { dataSourceTitle: 'A', table: 'T', column: 'C' };

/** Claims as text whose grants measure exactly `length`, counted here by hand: `acl` with one member, and `prm`. */
function claimsOf(length: number, character: string, write: (text: string) => string): string {
  const around = JSON.stringify([{ ...rule, members: [''] }]).length + '[]'.length;
  const room = length - around;
  const fill = character.repeat(Math.floor(room / character.length)).padEnd(room, 'a');
  const acl = `[${JSON.stringify(rule).slice(0, -1)},"members":["${write(fill)}"]}]`;
  return `{"sub":"ada","grants":{"acl":${acl},"prm":[]}}`;
}

const escaped = (text: string) =>
  [...Array(text.length).keys()]
    .map((at) => `\\u${text.charCodeAt(at).toString(16).padStart(4, '0')}`)
    .join('');
const plain = (text: string) => text;

describe('the length of grants', () => {
  it.each([
    ['ASCII', 'x', plain],
    ['é', 'é', plain],
    ['CJK', '漢', plain],
    ['emoji', '😀', plain],
    ['\\u-escaped ASCII', 'x', escaped],
    ['\\u-escaped é', 'é', escaped],
    ['\\u-escaped CJK', '漢', escaped],
    ['\\u-escaped emoji', '😀', escaped],
  ])(
    verifies('TOK-14 B-6', 'ends at 81,200 of %s at mint, test and open, with and without zip'),
    async (_name, character, write) => {
      for (const zip of [true, false]) {
        for (const length of [most - 1, most]) {
          expect(
            await threeFlows(service, configuration, claimsOf(length, character, write), { zip }),
          ).toEqual({ mint: [], test: [], open: [], answer: undefined });
        }
        expect(
          await threeFlows(service, configuration, claimsOf(most + 1, character, write), { zip }),
        ).toEqual({
          mint: ['grants_too_long /grants'],
          test: ['grants_too_long /grants'],
          open: ['grants_too_long'],
          answer: 'token_refused',
        });
      }
    },
  );
});
