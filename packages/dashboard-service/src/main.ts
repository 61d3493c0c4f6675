#!/usr/bin/env node
/**
 * The service as a process: the environment in, one line `listening` out, SIGTERM ends it. So does a fault that nothing
 * caught, since nobody knows what it left behind: running requests are answered, then whoever started it starts it anew.
 */
import { setTimeout as pause } from 'node:timers/promises';
import { InflateStream } from '@vitrine/token-service';
import { EnvironmentError } from './environment/environment-error.ts';
import { readEnvironment } from './environment/read-environment.ts';
import { runService } from './server/run-service.ts';

const settleMs = 200;

// jose inflates with the global of that name; nothing else in this process asks for it.
globalThis.DecompressionStream = InflateStream;

try {
  const running = await runService(readEnvironment(process.env));
  const stop = (code: number) => {
    running.stop().then(
      () => process.exit(code),
      () => process.exit(1),
    );
  };
  for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => stop(0));
  // Also for rejections that nothing handles: Node raises them here.
  process.on('uncaughtException', (error) => {
    running.reportFault(error);
    stop(1);
  });
} catch (error) {
  const { code, message } = error as { code?: unknown; message?: unknown };
  const isExpected = error instanceof EnvironmentError || typeof code === 'string';
  process.stderr.write(
    `${isExpected ? `Not started: ${message}` : `Not started: ${(error as Error).stack}`}\n`,
  );
  // V8 still compiles in the background right after a start, and Node is known to wait for that for ever now and then
  // when it exits meanwhile (nodejs/node#54918).
  await pause(settleMs);
  process.exit(1);
}
