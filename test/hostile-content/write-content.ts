import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DuckDBInstance } from '@duckdb/node-api';

/** A dashboard of the folder and the strings that it shows. */
export interface HostileDashboard {
  readonly oid: string;
  /** Its own title and description; empty where its widgets show the strings. */
  readonly title: string;
  readonly widgets: readonly { readonly oid: string; readonly title: string }[];
}

export interface HostileContent {
  readonly folder: string;
  /** One for each string, without widgets. */
  readonly titled: readonly HostileDashboard[];
  /** Widgets whose title, subtitle, text and axis titles are strings. */
  readonly filled: readonly HostileDashboard[];
  /** A table, bars, and a ring over all strings as members, and a filter on them. */
  readonly members: HostileDashboard;
}

const stringsADashboard = 20;
const source = 'Hostile';
const name = { dim: '[Words.Name]', datatype: 'text', title: 'Name' } as const;
const sum = { dim: '[Words.N]', datatype: 'numeric', agg: 'sum', title: 'Sum' } as const;
const first = { ...name, filter: { top: 1, by: sum } };

let made = 0;
function oid(): string {
  made += 1;
  return `67${made.toString(16).padStart(22, '0')}`;
}

/** A content folder that shows each string wherever a dashboard shows text. */
export async function writeHostileContent(strings: readonly string[]): Promise<HostileContent> {
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-hostile-'));
  for (const kind of ['users', 'models', 'dashboards', 'data']) mkdirSync(join(folder, kind));
  await writeWords(join(folder, 'data/words.duckdb'), strings);
  const write = (path: string, object: object) =>
    writeFileSync(join(folder, `${path}.json`), JSON.stringify(object));
  write('users/ada', { id: 'ada', name: 'Ada' });
  write('models/hostile', {
    ...{ oid: oid(), title: source, engine: 'duckdb', database: '../data/words.duckdb' },
    tables: [
      {
        ...{ name: 'Words', from: 'words' },
        columns: [
          { name: 'Name', column: 'name', type: 'text' },
          { name: 'N', column: 'n', type: 'numeric' },
        ],
      },
    ],
  });
  const dashboard = (title: string, widgets: readonly Widget[], more: object = {}) => {
    const made: HostileDashboard = { oid: oid(), title, widgets };
    const shared = { dataSource: source, sharedWith: { everyone: true } };
    write(`dashboards/${made.oid}`, { oid: made.oid, title, ...shared, widgets, ...more });
    return made;
  };
  const titled = strings.map((text) => dashboard(text, [], { description: text }));
  const filled = Array.from({ length: Math.ceil(strings.length / stringsADashboard) }, (_, page) =>
    dashboard(
      `Page ${page}`,
      strings
        .slice(page * stringsADashboard, (page + 1) * stringsADashboard)
        .flatMap((text) => [richText(text), chart(text)]),
    ),
  );
  const members = dashboard(
    'Members',
    [
      { ...head('table', 'Table'), metadata: [item('columns', name), item('columns', sum)] },
      { ...head('bar', 'Bars'), metadata: [item('category', name), item('value', sum)] },
      { ...head('pie', 'Ring'), metadata: [item('category', name), item('value', sum)] },
      {
        ...head('column', 'Columns'),
        options: { stacking: 'normal' },
        metadata: [
          item('category', { ...name, title: 'Group' }),
          item('series', { ...name, filter: { top: 30, by: sum } }),
          item('value', sum),
        ],
      },
    ],
    { filters: [{ jaql: { ...name, filter: { all: true } } }] },
  );
  return { folder, titled, filled, members };
}

type Widget = ReturnType<typeof head> & Readonly<Record<string, unknown>>;

const item = (panel: string, jaql: object) => ({ panel, jaql });
const head = (type: string, title: string) => ({
  ...{ oid: oid(), type, title },
  layout: { columns: 6, rows: 4 },
});
const richText = (text: string): Widget => ({
  ...head('richtext', text),
  ...{ subtitle: text, text },
});
const chart = (text: string): Widget => ({
  ...head('column', text),
  subtitle: text,
  options: { xTitle: text, yTitle: text },
  metadata: [item('category', { ...first, title: text }), item('value', { ...sum, title: text })],
});

async function writeWords(path: string, strings: readonly string[]): Promise<void> {
  const instance = await DuckDBInstance.create(path);
  const connection = await instance.connect();
  await connection.run('create table words (name varchar, n integer)');
  for (const [index, text] of strings.entries()) {
    await connection.run('insert into words values ($1, $2)', [text, index + 1]);
  }
  connection.closeSync();
  instance.closeSync();
}
