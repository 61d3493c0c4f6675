import { readdirSync } from 'node:fs';
import { setImmediate as turn } from 'node:timers/promises';
import { lightTheme, type QueryResult, type Widget } from '@vitrine/charts';
import { afterEach, describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { ExportDesk, type ExportLimits } from './export-desk.ts';
import { exportFile } from './export-file.ts';
import type { ExportJob } from './export-job.ts';

const never = new AbortController().signal;
const codeOf = (promise: Promise<unknown>) =>
  promise.then(
    () => 'done',
    (error: { code?: string }) => error.code,
  );

let desk: ExportDesk;
const open = (limits: Partial<ExportLimits> = {}) => {
  desk = new ExportDesk(limits);
  return desk;
};
afterEach(() => desk.workers.close());

/** Work that ends when the test says so. */
function hand() {
  const begun: string[] = [];
  const ends = new Map<string, () => void>();
  const make = (name: string) => () => {
    begun.push(name);
    return new Promise<void>((resolve) => ends.set(name, resolve));
  };
  return { begun, make, end: (name: string) => ends.get(name)?.() };
}

const result = (rows: number): QueryResult => ({
  headers: ['Name'],
  values: Array.from({ length: rows }, (_, nth) => [{ data: `row ${nth}`, text: `row ${nth}` }]),
  metadata: [{ jaql: { dim: '[T.C]', datatype: 'text', title: 'Name' }, panel: 'columns' }],
  truncated: false,
});
const widget: Widget = {
  ...{ oid: 'w1', type: 'table', title: 'Names', dataSource: 'T', metadata: [] },
  layout: { columns: 12, rows: 4 },
};
const job = (rows: number): ExportJob => ({
  dashboard: { oid: 'd1', title: 'D', dataSource: 'T', filters: [], widgets: [widget] },
  widgets: [widget],
  results: new Map([['w1', result(rows)]]),
  filters: [],
  theme: lightTheme,
  colors: {},
  ...{ locale: 'en-US', language: 'en-US', timeZone: 'UTC', now: new Date(0), isSingle: false },
});

describe('ExportDesk', () => {
  it(
    verifies('H-3 H-4', 'makes a few files at once, one of a session, and refuses what is beyond'),
    async () => {
      const { begun, make, end } = hand();
      open({ running: 2, waiting: 2 });
      const first = codeOf(desk.run('a', never, make('a1')));
      const second = codeOf(desk.run('a', never, make('a2')));
      const third = codeOf(desk.run('b', never, make('b1')));
      const fourth = codeOf(desk.run('c', never, make('c1')));
      expect(await codeOf(desk.run('d', never, make('d1')))).toBe('overloaded');
      expect(begun).toEqual(['a1', 'b1']);
      end('b1');
      await turn();
      expect(begun).toEqual(['a1', 'b1', 'c1']);
      end('a1');
      await turn();
      expect(begun).toEqual(['a1', 'b1', 'c1', 'a2']);
      for (const name of ['c1', 'a2']) end(name);
      expect(await Promise.all([first, second, third, fourth])).toEqual(Array(4).fill('done'));
    },
  );

  it(verifies('H-3 H-4', 'lets one session wait for a few, and others beside it'), async () => {
    const { make, end, begun } = hand();
    open({ running: 1 });
    const own = Array.from({ length: 5 }, (_, nth) => desk.run('a', never, make(`a${nth}`)));
    expect(await codeOf(desk.run('a', never, make('a5')))).toBe('overloaded');
    const gone = new AbortController();
    const left = codeOf(desk.run('b', gone.signal, make('b0')));
    const other = desk.run('c', never, make('c0'));
    gone.abort();
    expect(await left).toBe('query_cancelled');
    // Each that ends lets the next one begin; whoever has left never does.
    for (let nth = 0; nth < 6; nth++) {
      end(begun[nth] ?? '');
      await turn();
    }
    await Promise.all([...own, other]);
    expect(begun.toSorted()).toEqual(['a0', 'a1', 'a2', 'a3', 'a4', 'c0']);
  });

  it(verifies('H-3', 'ends what is too late, or of no use any more'), async () => {
    const signals: AbortSignal[] = [];
    const endless = (signal: AbortSignal) => {
      signals.push(signal);
      return new Promise<never>((_resolve, reject) => {
        signal.addEventListener('abort', () => reject(new Error('aborted')));
      });
    };
    open({ timeoutMs: 50 });
    expect(await codeOf(desk.run('a', never, endless))).toBe('export_failed');
    open();
    const gone = new AbortController();
    const left = codeOf(desk.run('a', gone.signal, endless));
    gone.abort();
    expect(await left).toBe('query_cancelled');
    await codeOf(desk.run('a', never, async (signal) => void signals.push(signal)));
    expect(signals.map(({ aborted }) => aborted)).toEqual([true, true, true]);
  });

  it(
    verifies('H-3', 'refuses a file that takes too much memory, and makes the next one'),
    async () => {
      open({ memoryMb: 16, maxRows: 1e6 });
      expect(await codeOf(exportFile('xlsx', job(100_000), desk, never))).toBe('export_failed');
      open();
      expect((await exportFile('xlsx', job(1), desk, never)).body.length).toBeGreaterThan(1000);
    },
  );

  it(verifies('H-4', 'makes no file of more rows than it may have'), async () => {
    open({ maxRows: 10 });
    for (const format of ['pdf', 'png', 'xlsx', 'csv'] as const) {
      expect(await codeOf(exportFile(format, job(11), desk, never))).toBe('export_failed');
    }
    const { body } = await exportFile('xlsx', job(10), desk, never);
    expect(body.length).toBeGreaterThan(1000);
  });

  it(
    verifies(
      'H-3 VIEW-3',
      'draws beside the thread that answers, and ends a drawing with its reader',
    ),
    async () => {
      open();
      const drawing = exportFile('pdf', job(50), desk, never);
      let turns = 0;
      let isDrawn = false;
      void drawing.then(() => {
        isDrawn = true;
      });
      while (!isDrawn) {
        await turn();
        turns += 1;
      }
      expect(turns).toBeGreaterThan(100);
      const threads = () => readdirSync('/proc/self/task').length;
      const before = threads();
      const gone = new AbortController();
      const left = exportFile('pdf', job(5_000), desk, gone.signal);
      gone.abort();
      await expect(left).rejects.toMatchObject({ name: 'AbortError' });
      await expect.poll(threads).toBeLessThan(before);
      expect((await exportFile('png', job(1), desk, never)).body.length).toBeGreaterThan(1000);
    },
  );
});
