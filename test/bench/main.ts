/**
 * `npm run bench [-- --json FILE] [-- --only NAME]`: each figure as value, baseline and ratio. Timings depend on the machine; ratios hold.
 */
import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { embedSize } from './embed-size.ts';
import { floods } from './floods.ts';
import { hiddenRows } from './hidden-rows.ts';
import { hotPath } from './hot-path.ts';
import { liveSessions } from './live-sessions.ts';
import { oracle } from './oracle.ts';
import { queries } from './queries.ts';
import type { Row } from './row.ts';
import { scale } from './scale.ts';
import { serving } from './serving.ts';
import { sessionOpens } from './session-opens.ts';
import { tokens } from './tokens.ts';

const { values: options } = parseArgs({
  options: { json: { type: 'string' }, only: { type: 'string' } },
});

const parts: Record<string, () => Promise<Row[]>> = {
  tokens,
  sessionOpens,
  hotPath,
  liveSessions,
  floods,
  oracle,
  queries,
  serving,
  hiddenRows,
  embedSize,
};
/** What takes long is only run where it is named. */
const onlyNamed: Record<string, () => Promise<Row[]>> = { scale };
const rows: Row[] = [];

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 4 });
const show = (value: number | undefined): string =>
  value === undefined ? '' : number.format(value);

console.log(
  [
    '',
    'figure'.padEnd(58),
    'value'.padStart(10),
    'unit'.padEnd(10),
    'baseline'.padStart(10),
    'ratio'.padStart(7),
    ' target',
  ].join(' '),
);
const { only } = options;
const chosen = only === undefined ? parts : { [only]: parts[only] ?? onlyNamed[only] };
for (const [name, part] of Object.entries(chosen)) {
  if (part === undefined) throw new Error(`There is no part ${name}.`);
  for (const row of await part()) {
    rows.push(row);
    const mark = row.met === undefined ? ' ' : row.met ? '✓' : '✗';
    console.log(
      [
        mark,
        row.name.padEnd(58),
        show(row.value).padStart(10),
        row.unit.padEnd(10),
        show(row.baseline).padStart(10),
        (row.ratio === undefined ? '' : row.ratio.toFixed(3)).padStart(7),
        ` ${row.target ?? ''}`,
      ].join(' '),
    );
  }
}
if (options.json !== undefined) writeFileSync(options.json, `${JSON.stringify(rows, null, 2)}\n`);
process.exit(0);
