import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { join } from 'node:path';

const folder = join(import.meta.dirname, 'chdb');

/** The ClickHouse engine behind its HTTP front (see `chdb/serve.ts`). */
export interface ClickHouse {
  /** The URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Runs a statement that gives no rows. */
  run(database: string, statement: string): Promise<void>;
  /** Ids of queries that came, of those that it was asked to kill, and of those whose caller has left. */
  asides(): Promise<Readonly<Record<'asked' | 'killed' | 'left', readonly string[]>>>;
  stop(): Promise<void>;
}

/** Starts it in a process with an empty environment. Throws `Error` where `scripts/install-chdb.mjs` has not installed it. */
export async function startClickHouse(): Promise<ClickHouse> {
  if (!existsSync(join(folder, 'node_modules/chdb'))) {
    throw new Error(
      'The ClickHouse engine is not here: its installation failed, or "node scripts/install-chdb.mjs" has not run.',
    );
  }
  const child = fork(join(folder, 'serve.ts'), [], { env: {}, execArgv: [], stdio: 'ignore' });
  const port = await portOf(child);
  // A test file that ends without stop() still ends: the child then ends by itself.
  child.unref();
  child.channel?.unref();
  const url = `http://127.0.0.1:${port}`;
  const post = async (path: string, body: string) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body });
    if (!response.ok) throw new Error(await response.text());
    await response.arrayBuffer();
  };
  let databases = 0;
  return {
    async createDatabase() {
      databases += 1;
      const name = `data_${databases}`;
      await post('/', `CREATE DATABASE ${name}`);
      return `${url}/${name}`;
    },
    run: (database, statement) =>
      post(`/?database=${new URL(database).pathname.slice(1)}`, statement),
    asides: async () => (await fetch(`${url}/asides`)).json() as ReturnType<ClickHouse['asides']>,
    async stop() {
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    },
  };
}

async function portOf(child: ChildProcess): Promise<number> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort(new Error('The ClickHouse engine ended.')));
  const [port] = (await once(child, 'message', { signal: ended.signal })) as [number];
  return port;
}
