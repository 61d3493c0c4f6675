/** SVG paths of a small line and the area under it; gaps are bridged, the lowest value lies above the ground. */
export function sparklinePath(
  values: readonly (number | null)[],
  width: number,
  height: number,
): { line: string; area: string } {
  const known = values.flatMap((value, index) => (value === null ? [] : [{ value, index }]));
  const [first] = known;
  const last = known.at(-1);
  if (!first || !last || known.length < 2) return { line: '', area: '' };
  const low = Math.min(...known.map(({ value }) => value));
  const high = Math.max(...known.map(({ value }) => value));
  const x = (index: number) => round((index / (values.length - 1)) * width);
  const y = (value: number) =>
    round(high === low ? height / 2 : 2 + (1 - (value - low) / (high - low)) * (height - 8));
  const line = known
    .map(({ value, index }, at) => `${at === 0 ? 'M' : 'L'}${x(index)} ${y(value)}`)
    .join('');
  return { line, area: `${line}L${x(last.index)} ${height}L${x(first.index)} ${height}Z` };
}

function round(value: number): number {
  return Math.round(value * 100) / 100;
}
