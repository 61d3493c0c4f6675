import type { ServerResponse } from 'node:http';

/** Answers 200 with JSON that is written already, and that no cache may keep (F-7). */
export function writeJson(response: ServerResponse, text: string): void {
  response
    .writeHead(200, {
      'Cache-Control': 'no-store',
      'Content-Type': 'application/json; charset=utf-8',
      'Content-Length': Buffer.byteLength(text),
    })
    .end(text);
}
