/** One figure beside its baseline, both taken in the same run. */
export interface Row {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly baseline?: number;
  /** value / baseline. */
  readonly ratio?: number;
  /** As a sentence: `ratio ≥ 0.8`. */
  readonly target?: string;
  readonly met?: boolean;
}

export interface Bound {
  readonly of: 'ratio' | 'value';
  readonly atLeast?: number;
  readonly atMost?: number;
}

export function row(
  name: string,
  unit: string,
  value: number,
  baseline?: number,
  bound?: Bound,
): Row {
  const ratio = baseline === undefined ? undefined : value / baseline;
  const measured = bound?.of === 'ratio' ? ratio : value;
  return {
    name,
    unit,
    value,
    ...(baseline !== undefined && { baseline }),
    ...(ratio !== undefined && { ratio }),
    ...(bound &&
      measured !== undefined && {
        target: `${bound.of} ${bound.atLeast === undefined ? `≤ ${bound.atMost}` : `≥ ${bound.atLeast}`}`,
        met: measured >= (bound.atLeast ?? -Infinity) && measured <= (bound.atMost ?? Infinity),
      }),
  };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}

/**
 * Runs the two in turn, A B A B …, so that a drift of the machine meets both; answers the medians. Each turn is a block of
 * `block` runs: where the two are processes, a single run would mostly measure how the caches change hands.
 */
export async function inTurn(
  rounds: number,
  first: () => Promise<number>,
  second: () => Promise<number>,
  block = 1,
): Promise<[number, number]> {
  const results: [number[], number[]] = [[], []];
  for (let round = 0; round < rounds; round += 1) {
    for (let run = 0; run < block; run += 1) results[0].push(await first());
    for (let run = 0; run < block; run += 1) results[1].push(await second());
  }
  return [median(results[0]), median(results[1])];
}
