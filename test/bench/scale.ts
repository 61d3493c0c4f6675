/**
 * Many sessions over growing data, each under a rule of its own: `npm run bench -- --only scale`. Takes about ten minutes and writes
 * the figures into docs/scale.md. `SCALE_ROWS` and `SCALE_SESSIONS` (lists) try it with less, and write nothing.
 */
import { rmSync } from 'node:fs';
import { type RunningService, startService } from '../harness/start-service.ts';
import { ruleOn, shapesOfTenant, writeFacts } from './facts.ts';
import { openReaders, type Reader } from './reader.ts';
import { type Row, row } from './row.ts';
import { type ScalePoint, writeScale } from './scale-figures.ts';
import { askInTurn } from './scale-load.ts';

const listOf = (name: string) => process.env[name]?.split(',').map(Number);
const sizes = listOf('SCALE_ROWS') ?? [1_000_000, 3_000_000, 10_000_000, 30_000_000];
const crowds = listOf('SCALE_SESSIONS') ?? [1, 10, 50, 200];
const isTrial = process.env.SCALE_ROWS !== undefined || process.env.SCALE_SESSIONS !== undefined;
const tenants = 200;

/** Tenants' rows apart with no results kept and with results kept, and together with none kept. */
const settings = [
  { isSorted: false, isKept: false },
  { isSorted: false, isKept: true },
  { isSorted: true, isKept: false },
] as const;

export async function scale(): Promise<Row[]> {
  const points: ScalePoint[] = [];
  for (const rows of sizes) {
    for (const isSorted of [false, true]) {
      const contentDir = await writeFacts({ rows, tenants, isSorted });
      try {
        for (const setting of settings.filter((one) => one.isSorted === isSorted))
          points.push(...(await measure(contentDir, rows, setting)));
      } finally {
        rmSync(contentDir, { recursive: true });
      }
    }
  }
  if (!isTrial) writeScale(points);
  return points.flatMap(rowsOf);
}

async function measure(
  contentDir: string,
  rows: number,
  setting: (typeof settings)[number],
): Promise<ScalePoint[]> {
  const env = { LOG_LEVEL: 'warn', ...(setting.isKept ? {} : { RESULT_CACHE_MB: '0' }) };
  const service = await startService({ compiled: true, contentDir, env });
  try {
    const everybody = await openReaders(
      service,
      Array.from({ length: Math.max(...crowds) }, (_, nth) => [ruleOn(`t${nth % tenants}`)]),
    );
    const points: ScalePoint[] = [];
    for (const sessions of crowds) {
      const readers = everybody.slice(0, sessions);
      const point = await ask(service, readers, setting.isKept);
      points.push({ rows, sessions, ...setting, ...point });
      process.stderr.write(`${JSON.stringify(points.at(-1))}\n`);
    }
    return points;
  } catch (error) {
    throw new Error(`The service said:\n${service.output().slice(-2000)}`, { cause: error });
  } finally {
    await service.stop();
  }
}

/** Each session asks all questions once, unmeasured: files are read then, and results are kept. */
async function ask({ pid }: RunningService, readers: readonly Reader[], isKept: boolean) {
  // What is kept takes the same time whatever was asked.
  const asked = isKept ? shapesOfTenant.slice(0, 2) : shapesOfTenant;
  const questions = asked.map(({ metadata }) => JSON.stringify({ metadata }));
  const first = isKept ? readers : readers.slice(0, 4);
  await askInTurn({ pid, readers: first, questions, leastAnswers: first.length * asked.length });
  const leastAnswers = Math.max(20, readers.length * 2);
  return askInTurn({ pid, readers, questions, leastAnswers, leastMs: 5000 });
}

function rowsOf({ rows, sessions, isSorted, isKept, answersPerSecond, p95Ms }: ScalePoint): Row[] {
  const how = isKept ? ', kept' : isSorted ? ', sorted' : '';
  const name = `${rows / 1_000_000} million rows, ${sessions} sessions${how}`;
  return [row(name, '1/s', answersPerSecond), row(`${name}: 95 % come within`, 'ms', p95Ms)];
}
