/**
 * A thousand hostile strings in every slot, in the SQL of every engine:
 *
 *   compiled   all of them: a string is refused, or the statement is one that harmless strings make too
 *   bound      each statement that harmless strings make, by running it on the real engine
 *   run        one hostile string in `runEvery` on each engine, in each slot another one
 *
 * `INJECTION_RUN_EVERY` = 1 runs them all.
 */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { type CompileContext, type CompiledQuery, JaqlError } from '@vitrine/jaql';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  engineNames,
  type OpenedEngine,
  openOn,
  postgres,
  type SampleTable,
} from '../harness/three-engines.ts';
import { verifies } from '../verifies.ts';
import { hostileStrings } from './hostile-strings.ts';
import { model, slots } from './slots.ts';

const runEvery = Number(process.env.INJECTION_RUN_EVERY ?? 40);
const limits = { maxRows: 100, timeoutMs: 20_000 };

const tables: readonly SampleTable[] = [
  {
    name: 'orders',
    columns: { id: 'integer', label: 'text', amount: 'integer', day: 'timestamp' },
    rows: [
      [1, 'Apple', 10, '2013-01-01 00:00:00'],
      [2, "O'Pear", null, null],
      [3, null, 30, '2014-01-01 00:00:00'],
    ],
  },
  { name: 'canary', columns: { state: 'text' }, rows: [['alive']] },
];

/** Strings that mean no harm; each shape of a statement is made by one of them. */
const harmless = [
  ...['x', '', '5', '2013-01-01', '[Orders.ID]', '[Orders.Label]', 'Orders', 'ID', 'Label', 'UTC'],
  // Compared in another way than a short number is.
  '5000000000',
  // No text that every engine can hold.
  '\0',
  ...['Amount', 'Day', 'days', 'weeks', 'mon', 'sum', 'count', 'asc', 'numeric', 'text', 'Sample'],
  // What a formula may end with, and call its placeholder.
  ...['\n', '-5', '[a]'],
];

describe.each(engineNames)('hostile strings on %s', (name) => {
  let opened: OpenedEngine;
  let context: CompileContext;
  beforeAll(async () => {
    opened = await openOn(name, tables);
    const scope = { model, rules: [], filters: [], now: new Date('2013-02-20T22:30:00Z') };
    context = { ...scope, dialect: opened.engine.dialect, timeZone: 'UTC', maxRows: 100 };
  });
  afterAll(() => opened.close());

  const attempt = (compile: () => CompiledQuery): CompiledQuery | string => {
    try {
      return compile();
    } catch (error) {
      if (error instanceof JaqlError) return error.message;
      throw error;
    }
  };
  const state = async () => {
    const { quote } = opened.engine.dialect;
    const ask = async (table: string) =>
      (await opened.engine.query({ text: `SELECT * FROM ${quote(table)}`, params: [], ...limits }))
        .rows;
    return [(await ask('canary')).flat(), (await ask('orders')).length];
  };

  it.each(Object.entries(slots).map(([slot, compile], turn) => ({ slot, compile, turn })))(
    verifies('D-8 D-7', 'in $slot stay values or are refused'),
    async ({ compile, turn }) => {
      const fingerprints = new Map<string, CompiledQuery>();
      for (const plain of harmless) {
        const compiled = attempt(() => compile(plain, context));
        if (typeof compiled !== 'string') fingerprints.set(compiled.text, compiled);
      }
      const refusals = new Set<string>();
      for (const [index, hostile] of hostileStrings.entries()) {
        const compiled = attempt(() => compile(hostile, context));
        if (typeof compiled === 'string') {
          refusals.add(compiled);
          continue;
        }
        expect([...fingerprints.keys()]).toContain(compiled.text);
        if ((index + turn) % runEvery === 0) {
          const { text, params } = compiled;
          await opened.engine.query({ text, params, ...limits });
        }
      }
      expect(refusals.size).toBeLessThanOrEqual(8);
      for (const { text, params } of fingerprints.values()) {
        await opened.engine.query({ text, params, ...limits });
      }
      expect(await state()).toEqual([['alive'], 3]);
      expect(Object.keys(Object.prototype)).toEqual([]);
    },
  );
});

/**
 * What PostgreSQL itself says that it was asked: the statements that harmless strings make, and those with which the engine
 * begins and ends.
 */
it(verifies('D-8 D-10', 'reach PostgreSQL in no other statement than harmless ones'), async () => {
  const opened = await openOn('postgres', tables);
  const { folder, password } = await postgres();
  const { href } = Object.assign(new URL(opened.address), { username: 'vitrine', password });
  const owner = new Client({ connectionString: href });
  await owner.connect();
  const logged = async (setting: string) => {
    await owner.query(`ALTER SYSTEM SET log_statement = '${setting}'`);
    await owner.query('SELECT pg_reload_conf()');
    await expect
      .poll(async () => {
        const { rows } = await opened.engine.query({
          ...{ text: "SELECT current_setting('log_statement')", params: [], ...limits },
        });
        return rows;
      })
      .toEqual([[setting]]);
  };
  const scope = { model, rules: [], filters: [], now: new Date('2013-02-20T22:30:00Z') };
  const context = { ...scope, dialect: opened.engine.dialect, timeZone: 'UTC', maxRows: 100 };
  const attempt = (text: string, compile: (typeof slots)[string]): CompiledQuery[] => {
    try {
      return [compile(text, context)];
    } catch {
      return [];
    }
  };
  await logged('all');
  const from = (await readFile(join(folder, 'log'), 'utf8')).length;
  const known = new Set<string>();
  let asked = 0;
  for (const [turn, compile] of Object.values(slots).entries()) {
    for (const plain of harmless) for (const { text } of attempt(plain, compile)) known.add(text);
    for (let index = turn; index < hostileStrings.length; index += 97) {
      for (const { text, params } of attempt(hostileStrings[index] ?? '', compile)) {
        await opened.engine.query({ text, params, ...limits });
        asked += 1;
      }
    }
  }
  const log = (await readFile(join(folder, 'log'), 'utf8')).slice(from);
  await logged('none');
  await owner.end();
  await opened.close();
  const own = /^\s*(?:BEGIN TRANSACTION READ ONLY|ROLLBACK$|DISCARD ALL$)/;
  const statements = log
    .split(/^\d{4}-\d{2}-\d{2} .*?\[\d+\] /m)
    .flatMap((entry) => /^LOG: +(?:statement|execute [^:]*): (.*)/s.exec(entry)?.[1] ?? [])
    // Lines after the first begin with a tab.
    .map((text) => text.trimEnd().replaceAll('\n\t', '\n'));
  const strange = statements.filter((text) => !own.test(text) && !known.has(text.trimEnd()));
  expect(asked).toBeGreaterThan(100);
  expect(statements.length).toBeGreaterThan(asked * 3);
  expect(strange).toEqual([]);
});

it('has a thousand strings and every slot', () => {
  expect(hostileStrings.length).toBeGreaterThanOrEqual(1_000);
  expect(Object.keys(slots).length).toBeGreaterThanOrEqual(40);
});
