#!/usr/bin/env node
/** The service as a process: the environment in, one line `listening` out, SIGTERM ends it. */
import { setTimeout as pause } from 'node:timers/promises';
import { EnvironmentError } from './environment/environment-error.ts';
import { readEnvironment } from './environment/read-environment.ts';
import { runService } from './server/run-service.ts';

const settleMs = 200;

try {
  const running = await runService(readEnvironment(process.env));
  for (const signal of ['SIGTERM', 'SIGINT'] as const) {
    process.once(signal, () => {
      running.stop().then(
        () => process.exit(0),
        () => process.exit(1),
      );
    });
  }
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
