import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { claimsWith, goldenCases } from '../test/golden-cases.ts';
import { type Created, type Started, startOnNewState } from '../test/start-service.ts';
import { threeFlows } from '../test/three-flows.ts';

let service: Started;
let strict: Created;
beforeAll(async () => {
  service = await startOnNewState();
  strict = await service.create({ profile: 'strict' });
});
afterAll(() => service.stop());

const cases = Object.entries(goldenCases);
const codeAlone = (finding: string) => finding.split(' ')[0] ?? '';
const label = (text: string) =>
  text.length > 40 ? `${text.slice(0, 37)}… (${text.length})` : text;

describe('the golden table', () => {
  it('has 14 claims with 20 different wrong values each', () => {
    const texts = cases.map(([, ofClaim]) => new Set(ofClaim.map(([text]) => text)).size);
    expect(texts).toEqual(Array(14).fill(20));
  });

  it(verifies('B-10 VAL-2', 'passes its good claims in all three flows'), async () => {
    expect(await threeFlows(service, strict, claimsWith('lng', '"de-DE"'))).toEqual({
      ...{ mint: [], test: [], open: [], answer: undefined },
    });
  });

  it(
    verifies('B-10 B-5', 'draws the line of depth at the same level in all three flows'),
    async () => {
      const nested = (levels: number) => claimsWith('iat', '['.repeat(levels) + ']'.repeat(levels));
      expect(await threeFlows(service, strict, nested(31))).toMatchObject({
        ...{ mint: [], test: [], open: [] },
      });
      expect(await threeFlows(service, strict, nested(32))).toMatchObject({
        ...{ mint: ['json_too_deep '], test: ['json_too_deep '], open: ['json_too_deep'] },
      });
    },
  );

  it.each(
    cases.flatMap(([claim, ofClaim]) =>
      ofClaim.map(([text, code]) => [claim, label(text) || '(none)', code, text] as const),
    ),
  )(
    verifies('B-10 VAL-2', 'refuses %s: %s with %s at mint, test and open'),
    async (claim, _label, code, text) => {
      const { mint, test, open, answer } = await threeFlows(
        service,
        strict,
        claimsWith(claim, text),
      );
      // A token may well be minted before it becomes valid.
      const tested = test.filter((finding) => codeAlone(finding) !== 'not_yet_valid');
      const opened = open.filter((finding) => finding !== 'not_yet_valid');
      expect(mint.map(codeAlone)).toContain(code);
      expect(tested.map(codeAlone)).toContain(code);
      expect(opened).toEqual(tested.map(codeAlone));
      // What is no JSON is not read as claims at minting, so nothing more is found.
      if (code.startsWith('json_')) expect(tested).toEqual(expect.arrayContaining([...mint]));
      else expect(mint).toEqual(tested);
      expect(answer).toMatch(/^token_(malformed|refused|expired)$/);
    },
  );
});
