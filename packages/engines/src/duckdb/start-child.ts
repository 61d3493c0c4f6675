import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';

/** Threads of the child's pool, each of which one running query holds. */
export const poolThreads = 8;

/** Starts a child module of this folder with an environment that holds nothing but the size of its thread pool. */
export function startChild(name: 'query-child' | 'import-child'): ChildProcess {
  // Node runs the sources as they are in the workspace, and the built files where the package is installed.
  const extension = import.meta.url.endsWith('.ts') ? 'ts' : 'js';
  return fork(new URL(`./${name}.${extension}`, import.meta.url), [], {
    env: { UV_THREADPOOL_SIZE: String(poolThreads) },
    execArgv: [],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  });
}

/** Ends a child at once; done when it is gone. */
export async function endChild(child: ChildProcess): Promise<void> {
  const isGone = child.pid === undefined || child.exitCode !== null || child.signalCode !== null;
  if (isGone) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}
