import { round } from './svg-text.ts';

interface SparklineOptions {
  readonly top: number;
  readonly width: number;
  readonly height: number;
  readonly color: string;
  readonly id: string;
}

/** A line without axes over a soft area; gaps stay open. */
export function sparklineSvg(
  values: readonly (number | null)[],
  options: SparklineOptions,
): string {
  const { top, width, height, color, id } = options;
  const known = values.filter((value) => value !== null);
  const low = Math.min(...known);
  const span = Math.max(...known) - low || 1;
  const x = (index: number) => round((index / Math.max(1, values.length - 1)) * width);
  const y = (value: number) => round(top + 2 + (1 - (value - low) / span) * (height - 4));
  const runs = runsOf(values);
  const line = runs.map((run) => `M${run.map(([at, value]) => `${x(at)} ${y(value)}`).join('L')}`);
  const bottom = round(top + height);
  const area = runs.map((run, index) => {
    const first = x(run[0]?.[0] ?? 0);
    const last = x(run.at(-1)?.[0] ?? 0);
    return `${line[index]}L${last} ${bottom}L${first} ${bottom}Z`;
  });
  return [
    `<linearGradient id="${id}" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${color}" stop-opacity="0.22"/><stop offset="1" stop-color="${color}" stop-opacity="0"/></linearGradient>`,
    `<path d="${area.join('')}" fill="url(#${id})"/>`,
    `<path d="${line.join('')}" fill="none" stroke="${color}" stroke-width="1.75" stroke-linejoin="round" stroke-linecap="round"/>`,
  ].join('');
}

function runsOf(values: readonly (number | null)[]): [number, number][][] {
  const runs: [number, number][][] = [];
  let run: [number, number][] | undefined;
  values.forEach((value, index) => {
    if (value === null) {
      run = undefined;
      return;
    }
    if (run === undefined) {
      run = [];
      runs.push(run);
    }
    run.push([index, value]);
  });
  return runs;
}
