import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refusedTokens } from '../../../../test/harness/refused-tokens.ts';
import { verifies } from '../../../../test/verifies.ts';
import { type Created, newState, type Started, startService } from '../test/start-service.ts';

let state: Awaited<ReturnType<typeof newState>>;
let service: Started;
let created: Created;
beforeAll(async () => {
  state = await newState();
  service = await startService(state.file);
  created = await service.create();
});
afterAll(async () => {
  await service.stop();
  await state.remove();
});

/** What a client sees of a refusal, without what no two answers share. */
async function answerTo(token: string) {
  const response = await service.exchange(token);
  const headers = [...response.headers].filter(([name]) => name !== 'date');
  return JSON.stringify([response.status, headers, await response.text()]);
}

/** Decryptions that failed until now. */
async function failures(): Promise<number> {
  const metrics = await service.service.registry.metrics();
  const found = /^vitrine_token_decryptions_total\{outcome="failed"\} (\d{1,9})$/m.exec(metrics);
  return Number(found?.[1] ?? 0);
}

describe('a token that fails after the checks that need no key', () => {
  const key = () => ({ kid: created.kid, publicKey: created.secret });

  it(verifies('A-8', 'is refused with the same bytes at whichever step it fails'), async () => {
    const answers = new Set<string>();
    for (const make of Object.values(refusedTokens)) answers.add(await answerTo(make(key())));
    expect(answers.size).toBe(1);
    expect([...answers][0]).toContain('token_refused');
  });

  it(
    verifies('A-8', 'costs one decryption at whichever step; an unknown kid costs none'),
    async () => {
      const costs: Record<string, number> = {};
      for (const [name, make] of Object.entries(refusedTokens)) {
        const before = await failures();
        for (let nth = 0; nth < 5; nth += 1) await answerTo(make(key()));
        costs[name] = (await failures()) - before;
      }
      expect(costs).toEqual({ 'OAEP bad': 5, 'tag bad': 5, 'inflate bad': 5, 'kid unknown': 0 });
    },
  );

  it(
    verifies('A-8', 'is refused no sooner than the next step of time at whichever step it fails'),
    async () => {
      const decrypting = Object.entries(refusedTokens).filter(([name]) => name !== 'kid unknown');
      expect(decrypting).toHaveLength(3);
      for (const [name, make] of decrypting) {
        let soonest = Number.POSITIVE_INFINITY;
        for (let nth = 0; nth < 5; nth += 1) {
          const token = make(key());
          const started = performance.now();
          await service.exchange(token);
          soonest = Math.min(soonest, performance.now() - started);
        }
        // A timer may be a millisecond early.
        expect(soonest, name).toBeGreaterThanOrEqual(9);
      }
    },
  );

  it(verifies('A-8', 'is taken from the same budget at whichever step'), async () => {
    const few = { burst: 3, perSecond: 0.001 };
    const other = await newState();
    const strict = await startService(other.file, { limits: { failuresPerAddress: few } });
    const { kid, secret } = await strict.create();
    for (const [nth, name] of (['OAEP bad', 'tag bad', 'inflate bad'] as const).entries()) {
      const statuses: number[] = [];
      for (let attempt = 0; attempt < 4; attempt += 1) {
        const token = refusedTokens[name]({ kid, publicKey: secret });
        const from = { 'X-Forwarded-For': `192.0.2.${nth + 1}` };
        statuses.push((await strict.exchange(token, {}, from)).status);
      }
      expect(statuses).toEqual([401, 401, 401, 429]);
    }
    await strict.stop();
    await other.remove();
  });
});
