import type { ServerResponse } from 'node:http';

/** The content of an answer. */
export interface TextContent {
  readonly text: string;
  readonly type: 'application/json' | 'text/plain';
}

/**
 * Answers 200 with a text that no cache may keep (F-7). `headers`: more of them, names and values in turn; default none.
 */
export function writeText(
  response: ServerResponse,
  { text, type }: TextContent,
  headers: readonly string[] = [],
): void {
  response
    .writeHead(200, [
      ...headers,
      ...['Cache-Control', 'no-store', 'Content-Type', `${type}; charset=utf-8`],
      ...['Content-Length', String(Buffer.byteLength(text))],
    ])
    .end(text);
}
