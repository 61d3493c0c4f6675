import { setTimeout as pause } from 'node:timers/promises';
import { type Logger, pino } from 'pino';

/** Bytes. */
const bufferedBytes = 4096;
/** What nobody reads is dropped beyond, bytes. */
const mostBytes = 16 * 1024 ** 2;
/** Milliseconds. */
const flushMs = 100;
/** How long the last lines may take, milliseconds. */
const endMs = 1000;

export interface Log {
  readonly log: Logger;
  /** Writes what is left; what nobody reads in a second is lost. The process may exit afterwards. */
  end(): Promise<void>;
}

/**
 * JSON lines on standard output, written some at a time: a write of its own for each request costs more than refusing a forged
 * token. A process that is killed loses the last tenth of a second at most; one that ends by itself loses nothing.
 */
export function createLog(level: string): Log {
  const destination = pino.destination({
    ...{ dest: 1, sync: false, minLength: bufferedBytes, periodicFlush: flushMs },
    maxLength: mostBytes,
  });
  const log = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  return {
    log,
    async end() {
      await Promise.race([new Promise((resolve) => log.flush(resolve)), pause(endMs)]);
      // It would try for ever, on the way out of the process, to reach a reader that is gone.
      destination.flushSync = () => undefined;
    },
  };
}
