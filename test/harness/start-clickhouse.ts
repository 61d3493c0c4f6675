import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const front = join(import.meta.dirname, 'chdb');
/** The name of the cluster that every server knows: two shards, both of them this server. */
export const cluster = 'analytics';

/** The ClickHouse engine behind its HTTP front (see `chdb/serve.ts`). */
export interface ClickHouse {
  readonly url: string;
  /** The URL of a new, empty database. */
  createDatabase(): Promise<string>;
  /** Runs a statement, and gives what the engine says as text. */
  run(database: string, statement: string): Promise<string>;
  /** Ids of the queries that run, as their callers gave them. */
  running(): Promise<readonly string[]>;
  /** Another server over the same data at the same address, after this one. */
  restart(options: ClickHouseServer): Promise<ClickHouse>;
  /** Ends it; its data stays. */
  crash(): Promise<void>;
  /** Ends it and removes its data. */
  stop(): Promise<void>;
}

export interface ClickHouseServer {
  /** Profile, quota, grants and row policies of the user, as in `users.xml`. Default: everything is allowed. */
  readonly user?: Readonly<Record<'profiles' | 'quotas' | 'user', string>>;
  /** What the server does not do: end queries whose callers leave, or those that it is asked to kill. */
  readonly undone?: readonly ('leave' | 'kill')[];
}

const everything = { profiles: '<default/>', quotas: '<default/>', user: '' };

/** Starts it in a process with an empty environment. Throws `Error` where `scripts/install-chdb.mjs` has not installed it. */
export async function startClickHouse(options: ClickHouseServer = {}): Promise<ClickHouse> {
  if (!existsSync(join(front, 'node_modules/chdb'))) {
    throw new Error(
      'The ClickHouse engine is not here: its installation failed, or "node scripts/install-chdb.mjs" has not run.',
    );
  }
  const folder = mkdtempSync(join(tmpdir(), 'vitrine-clickhouse-'));
  return serve(folder, options);
}

async function serve(folder: string, options: ClickHouseServer, samePort = 0): Promise<ClickHouse> {
  const child = forkFront(folder, samePort, options);
  const port = await portOf(child);
  // A test file that ends without stop() still ends: the child then ends by itself.
  child.unref();
  child.channel?.unref();
  const url = `http://127.0.0.1:${port}`;
  const post = async (path: string, body: string) => {
    const response = await fetch(`${url}${path}`, { method: 'POST', body });
    const text = await response.text();
    if (!response.ok) throw new Error(text);
    return text;
  };
  const crash = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  };
  let databases = 0;
  return {
    url,
    async createDatabase() {
      databases += 1;
      const name = `data_${databases}`;
      await post('/', `CREATE DATABASE ${name}`);
      return `${url}/${name}`;
    },
    run: (database, statement) =>
      post(`/?database=${new URL(database).pathname.slice(1)}`, statement),
    async running() {
      const ids = "SELECT Settings['log_comment'] AS id FROM system.processes WHERE id != ''";
      return (await post('/', `${ids} FORMAT TSV`)).split('\n').filter(Boolean);
    },
    async restart(others) {
      await crash();
      return serve(folder, others, port);
    },
    crash,
    async stop() {
      await crash();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function forkFront(
  folder: string,
  port: number,
  { user, undone = [] }: ClickHouseServer,
): ChildProcess {
  const [config, users] = [join(folder, 'config.xml'), join(folder, 'users.xml')];
  const shard = '<shard><replica><host>localhost</host><port>9000</port></replica></shard>';
  writeFileSync(
    config,
    `<clickhouse>
      <tcp_port>9000</tcp_port>
      <users_config>${users}</users_config>
      <remote_servers><${cluster}>${shard}${shard}</${cluster}></remote_servers>
    </clickhouse>`,
  );
  const { profiles, quotas, user: rights } = user ?? everything;
  writeFileSync(
    users,
    `<clickhouse>
      <profiles>${profiles}</profiles>
      <quotas>${quotas}</quotas>
      <users><default>
        <password/><networks><ip>::/0</ip></networks><profile>default</profile><quota>default</quota>${rights}
      </default></users>
    </clickhouse>`,
  );
  const data = join(folder, 'data');
  mkdirSync(data, { recursive: true });
  return fork(join(front, 'serve.ts'), [data, config, String(port), ...undone], {
    env: { UV_THREADPOOL_SIZE: '24' },
    execArgv: [],
    stdio: 'ignore',
  });
}

async function portOf(child: ChildProcess): Promise<number> {
  const ended = new AbortController();
  child.once('exit', () => ended.abort(new Error('The ClickHouse engine ended.')));
  const [port] = (await once(child, 'message', { signal: ended.signal })) as [number];
  return port;
}
