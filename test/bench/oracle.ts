import { Agent, request } from 'node:http';
import { refusedTokens } from '../harness/refused-tokens.ts';
import { startService } from '../harness/start-service.ts';
import { type Row, row } from './row.ts';

const requests = Number(process.env.ORACLE_REQUESTS ?? 10_000);
const warmUp = 500;
const variants = 32;
/** Slower ones are what else the machine did, and hide small differences. */
const keptShare = 0.95;

type Step = keyof typeof refusedTokens;

/**
 * Whether the time of a refusal tells at which step a token failed: Welch's t of each step against a wrong tag, the
 * requests interleaved. Two differences are meant to be there and have no bound: an unknown kid is quicker, since the kid is
 * public and checking it first keeps floods cheap; and what cannot be inflated had a right tag, which takes the public key.
 */
export async function oracle(): Promise<Row[]> {
  const unlimited = { BURST: '1000000', RATE: '100000' };
  const env = Object.fromEntries(
    ['ADDRESS', 'CONFIGURATION'].flatMap((of) =>
      Object.entries(unlimited).map(([name, value]) => [`FAILURES_PER_${of}_${name}`, value]),
    ),
  );
  const service = await startService({ compiled: true, env: { LOG_LEVEL: 'warn', ...env } });
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  try {
    const key = await service.createConfiguration();
    const steps = Object.keys(refusedTokens) as Step[];
    const bodies = steps.map((step) =>
      Array.from({ length: variants }, () =>
        JSON.stringify({ webAccessToken: refusedTokens[step](key) }),
      ),
    );
    const times: number[][] = steps.map(() => []);
    for (let round = 0; round < warmUp + requests; round += 1) {
      // The order turns, so that no step always follows the same other one.
      for (let turn = 0; turn < steps.length; turn += 1) {
        const index = (turn + round) % steps.length;
        const body = bodies[index]?.[round % variants] ?? '';
        const time = await timed(`${service.url}/api/v1/wat/sessionToken`, body, agent);
        if (round >= warmUp) times[index]?.push(time);
      }
    }
    const slowest = quantile(times.slice(0, 3).flat(), keptShare);
    const kept = times.map((each) => each.filter((time) => time <= slowest));
    const reference = kept[steps.indexOf('tag bad')] ?? [];
    return steps
      .filter((step) => step !== 'tag bad')
      .map((step) => {
        const t = Math.abs(welch(kept[steps.indexOf(step)] ?? [], reference));
        const bound = step === 'OAEP bad' ? { of: 'value' as const, atMost: 4.5 } : undefined;
        return row(`time of "${step}" beside "tag bad", Welch's t`, '', t, undefined, bound);
      });
  } finally {
    agent.destroy();
    await service.stop();
  }
}

/** Milliseconds from the request to the end of its answer. */
function timed(address: string, body: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(body),
    };
    const started = performance.now();
    request(address, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(performance.now() - started));
    })
      .once('error', reject)
      .end(body);
  });
}

function quantile(values: readonly number[], share: number): number {
  return values.toSorted((one, other) => one - other)[Math.floor(values.length * share)] ?? 0;
}

/** Welch's t statistic of two samples. */
function welch(one: readonly number[], other: readonly number[]): number {
  const [a, b] = [moments(one), moments(other)];
  return (a.mean - b.mean) / Math.sqrt(a.variance / one.length + b.variance / other.length);
}

function moments(values: readonly number[]): { mean: number; variance: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, variance: squares / (values.length - 1) };
}
