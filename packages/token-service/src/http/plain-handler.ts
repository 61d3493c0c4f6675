import type { IncomingMessage, ServerResponse } from 'node:http';
import { problemFrom } from '../problem/problem-from.ts';
import { writeProblem } from '../problem/write-problem.ts';
import { type TextContent, writeText } from './write-text.ts';

export interface Caller {
  /** Whose budget a failure is charged to. */
  readonly address: string;
  /** What log and answer call the request by. Default: it has no name. */
  readonly requestId?: string;
  /** For the answer, beside those of its content: names and values in turn. Default none. */
  readonly headers?: readonly string[];
}

/**
 * Answers a request, or refuses it; never throws. A plain Node handler: Express and its parsers cost more than to refuse a
 * forged token (I-1), and a third of what it costs to mint one.
 */
export type PlainHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  caller: Caller,
) => Promise<void>;

/** A handler that writes what `answer` gives, or throws. */
export function plainHandler(
  answer: (request: IncomingMessage, address: string) => Promise<TextContent>,
): PlainHandler {
  return async function answerPlainly(request, response, { address, headers }) {
    try {
      writeText(response, await answer(request, address), headers);
    } catch (error) {
      writeProblem(response, problemFrom(error), headers);
    }
  };
}
