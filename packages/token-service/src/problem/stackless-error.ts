/**
 * Thrown for what is an answer and no fault: it has no stack, since to take one costs more than all else in refusing a forged
 * token (I-1).
 */
export class StacklessError extends Error {
  constructor(message: string, options?: ErrorOptions) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    super(message, options);
    Error.stackTraceLimit = stackTraceLimit;
  }
}
