import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** DuckDB without us, in a process as new as the engine's. */
export async function startDuckDb(database: string) {
  const child = fork(fileURLToPath(new URL('bare-duckdb.ts', import.meta.url)), {
    env: { ...process.env, DATABASE: database },
  });
  await once(child, 'message');
  return {
    /** Milliseconds of a statement. */
    async run(sql: string): Promise<number> {
      child.send(sql);
      const [milliseconds] = await once(child, 'message');
      return Number(milliseconds);
    },
    async stop(): Promise<void> {
      const ended = once(child, 'exit');
      child.disconnect();
      await ended;
    },
  };
}
