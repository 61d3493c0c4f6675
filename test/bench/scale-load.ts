import { readFileSync } from 'node:fs';
import { type Reader, ReaderConnection } from './reader.ts';

export interface Load {
  /** Of the service. */
  readonly pid: number;
  readonly readers: readonly Reader[];
  /** Bodies; each reader begins with another one. */
  readonly questions: readonly string[];
  readonly leastAnswers: number;
  /** Milliseconds. Default 0. */
  readonly leastMs?: number;
}

export interface Measured {
  readonly answersPerSecond: number;
  readonly p50Ms: number;
  readonly p95Ms: number;
  /** Answers that were not 200. */
  readonly refused: number;
  /** The most that the service and its engines held, resident, megabytes. */
  readonly megabytes: number;
}

/** Every reader asks, waits for the answer, and asks the next question at once. */
export async function askInTurn(load: Load): Promise<Measured> {
  const { pid, readers, questions, leastAnswers, leastMs = 0 } = load;
  const connections = readers.map((reader) => new ReaderConnection(reader));
  const times: number[] = [];
  let refused = 0;
  let megabytes = residentMegabytes(pid);
  const watch = setInterval(() => {
    megabytes = Math.max(megabytes, residentMegabytes(pid));
  }, 500);
  const started = performance.now();
  const isOver = () => times.length >= leastAnswers && performance.now() - started >= leastMs;
  const askAndAsk = async (connection: ReaderConnection, nth: number) => {
    for (let asked = nth; !isOver(); asked += 1) {
      const body = questions[asked % questions.length] ?? '';
      const before = performance.now();
      const status = await connection.ask(body);
      times.push(performance.now() - before);
      if (status !== 200) refused += 1;
    }
  };
  try {
    await Promise.all(connections.map(askAndAsk));
    const elapsed = performance.now() - started;
    times.sort((a, b) => a - b);
    const quantile = (share: number) => times[Math.floor(times.length * share)] ?? Number.NaN;
    return {
      answersPerSecond: ((times.length - refused) * 1000) / elapsed,
      ...{ p50Ms: quantile(0.5), p95Ms: quantile(0.95) },
      ...{ refused, megabytes },
    };
  } finally {
    clearInterval(watch);
    for (const connection of connections) connection.close();
  }
}

/** The process and its children. */
function residentMegabytes(pid: number): number {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim();
  const all = [pid, ...children.split(' ').filter((child) => child !== '')];
  const kilobytes = all.map((one) => {
    const status = readFileSync(`/proc/${one}/status`, 'utf8');
    return Number(/^VmRSS:\s+(\d+) kB$/m.exec(status)?.[1] ?? 0);
  });
  return kilobytes.reduce((sum, one) => sum + one, 0) / 1000;
}
