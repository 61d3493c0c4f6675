import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import {
  type Created,
  codeOf,
  newState,
  type Started,
  startService,
  startTime,
} from '../test/start-service.ts';
import { threeFlows } from '../test/three-flows.ts';

const now = startTime / 1000;
const endOfDates = 253_402_300_800;
const day = 86_400;
type Kind = 'compatible' | 'strict' | 'limited';
const malformed = 'token_malformed';
const refused = 'token_refused';
const expired = 'token_expired';

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let configurations: Record<Kind, Created>;
beforeAll(async () => {
  state = await newState();
  service = await startService(state.file);
  configurations = {
    compatible: await service.create(),
    strict: await service.create({ profile: 'strict' }),
    limited: await service.create({ maxTokenLifetimeSeconds: 60 }),
  };
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

/** Times as JSON text, the errors' codes, the public answer, and the configuration where it matters. */
const table: [times: string, codes: string[], answer?: string | undefined, kind?: Kind][] = [
  ['', []],
  [',"exp":null', []],
  ['', ['exp_missing'], refused, 'strict'],
  [',"exp":null', ['exp_missing'], refused, 'strict'],
  ['', ['exp_missing'], refused, 'limited'],
  [',"exp":null', ['exp_missing'], refused, 'limited'],
  [`,"exp":${now + 60}`, []],
  [`,"exp":${now + 60}`, [], undefined, 'strict'],
  [`,"exp":${now + 60}`, [], undefined, 'limited'],
  [`,"exp":${now + 60.5}`, ['exp_too_late'], refused, 'limited'],
  [`,"exp":${now + 61}`, ['exp_too_late'], refused, 'limited'],
  [`,"nbf":${now},"exp":${now + 60}`, [], undefined, 'limited'],
  [`,"exp":${now + day}`, [], undefined, 'strict'],
  [`,"exp":${now + day + 1}`, ['exp_too_late'], refused, 'strict'],
  [`,"exp":${now + 1}`, []],
  [`,"exp":${now + 0.5}`, []],
  [`,"exp":${now}`, ['expired'], expired],
  [`,"exp":${now - 0.5}`, ['expired'], expired],
  [`,"exp":${now - 1}`, ['expired'], expired],
  [`,"exp":${now}`, ['expired'], expired, 'strict'],
  [`,"exp":${now}`, ['expired'], expired, 'limited'],
  [',"exp":0', ['expired'], expired],
  [',"exp":1', ['expired'], expired],
  [`,"exp":${now + 60}.0`, []],
  [',"exp":18e9', []],
  [',"exp":1e11', []],
  [',"exp":100000000001', ['date_in_milliseconds'], malformed],
  [`,"exp":${now * 1000}`, ['date_in_milliseconds'], malformed],
  [`,"exp":${endOfDates - 1}`, ['date_in_milliseconds'], malformed],
  [`,"exp":${endOfDates}`, ['date_in_milliseconds'], malformed],
  [`,"exp":${endOfDates * 1000 - 1}`, ['date_in_milliseconds'], malformed],
  [`,"exp":${endOfDates * 1000}`, ['date_out_of_range'], malformed],
  [',"exp":1e300', ['date_out_of_range'], malformed],
  [',"exp":1e400', ['json_number_inexact'], malformed],
  [',"exp":-1e400', ['json_number_inexact'], malformed],
  [',"exp":-1', ['date_negative'], malformed],
  [',"exp":-0.5', ['date_negative'], malformed],
  [',"exp":-0', ['json_number_inexact'], malformed],
  [',"exp":-1e300', ['date_negative'], malformed],
  [`,"exp":"${now + 60}"`, ['date_not_number'], malformed],
  [',"exp":""', ['date_not_number'], malformed],
  [',"exp":"never"', ['date_not_number'], malformed],
  [',"exp":"2099-01-01T00:00:00Z"', ['date_not_number'], malformed],
  [',"exp":true', ['date_not_number'], malformed],
  [',"exp":false', ['date_not_number'], malformed],
  [',"exp":[]', ['date_not_number'], malformed],
  [',"exp":{"$gt":0}', ['date_not_number'], malformed],
  [',"exp":NaN', ['json_invalid'], malformed],
  [',"exp":Infinity', ['json_invalid'], malformed],
  [',"nbf":null', ['date_not_number'], malformed],
  [',"nbf":0', []],
  [`,"nbf":${now}`, []],
  [`,"nbf":${now - 1},"exp":${now + 1}`, []],
  [',"nbf":-1', ['date_negative'], malformed],
  [',"nbf":"0"', ['date_not_number'], malformed],
  [`,"nbf":${(now - 60) * 1000}`, ['date_in_milliseconds'], malformed],
  [`,"nbf":${endOfDates * 1000}`, ['date_out_of_range'], malformed],
  [`,"nbf":${now - 60},"exp":${now - 60}`, ['exp_not_after_nbf', 'expired'], refused],
  [`,"nbf":${now - 10},"exp":${now - 60}`, ['exp_not_after_nbf', 'expired'], refused],
  [`,"nbf":${now},"exp":${now}`, ['exp_not_after_nbf', 'expired'], refused],
];

const codesIn = (findings: readonly string[]) => findings.map((finding) => finding.split(' ')[0]);

describe('times over HTTP', () => {
  it('has 60 rows', () => expect(table).toHaveLength(60));

  it.each(table)(
    verifies('C-1 TOK-6 B-10', 'gives %s the verdict %j at mint, test and open; answer %s (%s)'),
    async (times, codes, answer, kind = 'compatible') => {
      const flows = await threeFlows(service, configurations[kind], `{"sub":"ada"${times}}`);
      expect(flows.answer).toBe(answer);
      for (const found of [flows.mint, flows.test, flows.open]) {
        expect(codesIn(found)).toEqual(expect.arrayContaining(codes));
        // A number that no reader understands alike may have more findings where it was read after all.
        if (codes[0] !== 'json_number_inexact') expect(found).toHaveLength(codes.length);
      }
    },
  );

  it(verifies('C-1 TOK-6', 'mints what becomes valid later, and opens it no earlier'), async () => {
    const flows = await threeFlows(
      service,
      configurations.compatible,
      `{"sub":"ada","nbf":${now + 1}}`,
    );
    expect(flows).toEqual({
      mint: [],
      test: ['not_yet_valid /nbf'],
      open: ['not_yet_valid'],
      answer: 'token_not_yet_valid',
    });
  });

  it(verifies('C-2 TOK-6', 'bears clocks that differ by the tolerance, and no more'), async () => {
    const other = await newState();
    const tolerant = await startService(other.file, { clockToleranceSeconds: 5 });
    const configuration = await tolerant.create();
    const codes: (string | undefined)[] = [];
    for (const times of [{ nbf: now + 5 }, { nbf: now + 6 }, { exp: now + 1 }]) {
      codes.push(await codeOf(await tolerant.exchange(await tolerant.mint(configuration, times))));
    }
    const token = await tolerant.mint(configuration, { exp: now + 1 });
    for (const later of [5999, 6000]) {
      tolerant.time.now = startTime + later;
      codes.push(await codeOf(await tolerant.exchange(token)));
    }
    expect(codes).toEqual([
      undefined,
      'token_not_yet_valid',
      undefined,
      undefined,
      'token_expired',
    ]);
    await tolerant.stop();
    await other.remove();
    await expect(startService(state.file, { clockToleranceSeconds: 61 })).rejects.toThrow(
      TypeError,
    );
  });
});
