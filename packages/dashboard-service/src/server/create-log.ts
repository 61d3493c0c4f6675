import { type Logger, pino } from 'pino';

/** Bytes. */
const bufferedBytes = 4096;
/** Milliseconds. */
const flushMs = 100;

/**
 * JSON lines on standard output, written some at a time: a write of its own for each request costs more than refusing a forged
 * token. A process that is killed loses the last tenth of a second at most; one that ends by itself loses nothing.
 */
export function createLog(level: string): Logger {
  return pino(
    { level, base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.destination({ dest: 1, sync: false, minLength: bufferedBytes, periodicFlush: flushMs }),
  );
}
