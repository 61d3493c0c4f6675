import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { codeOf, opened, type Started, startOnNewState } from '../test/start-service.ts';

const minute = 60_000;
const hour = 60 * minute;
const moments = [
  ...[
    '2026-11-21T20:30:00Z',
    '2038-01-19T03:14:07Z',
    '2028-02-29T23:59:30Z',
    '2028-02-28T23:59:30Z',
  ],
  // Clocks change: in São Paulo midnight itself was skipped, in Berlin an hour comes twice.
  ...['2018-11-04T02:59:30Z', '2026-10-25T00:59:30Z', '2026-03-29T00:59:30Z'],
];
const jumps = { '+1 hour': hour, '-1 hour': -hour, '+1 day': 24 * hour, '-1 day': -24 * hour };
const zones = [
  ...['UTC', 'America/Sao_Paulo', 'Asia/Kathmandu', 'Europe/Berlin', 'Pacific/Kiritimati'],
  ...['Pacific/Pago_Pago', 'Australia/Lord_Howe', 'America/St_Johns'],
];
const table = moments.flatMap((moment) =>
  Object.entries(jumps).map(([name, jump]) => ({ moment, name, jump })),
);

let service: Started;
/** What the wall clock says and what has really passed, apart. */
const clock = { wall: 0, passed: 0 };
beforeEach(async () => {
  clock.wall = Date.parse('2018-01-01T00:00:00Z');
  clock.passed = 0;
  service = await startOnNewState({
    clock: () => clock.wall,
    elapsed: () => clock.passed,
  });
});
afterEach(() => service.stop());

interface Usage {
  readonly today: number;
  readonly total: number;
  readonly lastUsed: string;
}

describe('a wall clock that jumps', () => {
  it.each(table)(
    verifies('C-3 CFG-5', 'loses and doubles no count: $name at $moment'),
    async ({ moment, jump }) => {
      clock.wall = Date.parse(moment);
      const created = await service.create();
      const token = await service.mint({ ...created }, { nbf: 0 });
      const held = await opened(await service.exchange(token));
      clock.wall += jump + minute;
      clock.passed += minute;
      expect((await service.whoami(held)).status).toBe(jump > 0 ? 401 : 200);
      await opened(await service.exchange(token));
      for (const zone of zones) {
        const path = `/api/v1/wat/configurations/${created.kid}/usage?timeZone=${zone}`;
        const usage = (await (await service.admin('GET', path)).json()) as Usage;
        expect(usage.total).toBe(2);
        expect(usage.today).toBeGreaterThanOrEqual(1);
        expect(usage.today).toBeLessThanOrEqual(2);
        expect(Date.parse(usage.lastUsed)).toBeGreaterThanOrEqual(Date.parse(moment));
      }
    },
  );

  it(verifies('C-3', 'set back, does not keep an idle session alive'), async () => {
    const created = await service.create();
    const held = await opened(await service.exchange(await service.mint(created, { nbf: 0 })));
    clock.wall -= 24 * hour;
    clock.passed += 31 * minute;
    expect(await codeOf(await service.whoami(held))).toBe('session_expired');
  });
});
