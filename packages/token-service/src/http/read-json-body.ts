import type { IncomingMessage } from 'node:http';
import { MIMEType } from 'node:util';
import getRawBody from 'raw-body';
import { Problem } from '../problem/problem.ts';

/**
 * A form or a plain-text post needs no preflight, so a foreign page could send it (F-8).
 * Throws `Problem` `media_type_unsupported`.
 */
export function requireJson(request: IncomingMessage): void {
  if (mediaTypeOf(request)?.essence !== json.essence) throw new Problem('media_type_unsupported');
}

const json = new MIMEType('application/json');

function mediaTypeOf({ headers }: IncomingMessage): MIMEType | undefined {
  const { 'content-type': text = '' } = headers;
  if (text === json.essence) return json;
  try {
    return new MIMEType(text);
  } catch {
    return undefined;
  }
}

/**
 * Reads the text of a JSON body, UTF-8, at most `limit` bytes. Not compressed: an inflated body costs what its text does not
 * show. Throws `Problem` `media_type_unsupported`, `body_too_large`, `request_invalid`.
 */
export async function readJsonText(request: IncomingMessage, limit: number): Promise<string> {
  requireJson(request);
  const charset = mediaTypeOf(request)?.params.get('charset') ?? 'utf-8';
  if (charset.toLowerCase() !== 'utf-8') throw new Problem('media_type_unsupported');
  const { 'content-encoding': encoding = 'identity', 'content-length': length = null } =
    request.headers;
  if (encoding !== 'identity') throw new Problem('media_type_unsupported');
  return (await getRawBody(request, { length, limit })).toString();
}

/**
 * Reads a JSON body, as `readJsonText`; an empty one is an empty object. A parser that stood in front of this route has left its
 * result in `request.body`. Throws as `readJsonText`, and `Problem` `body_invalid`.
 */
export async function readJsonBody(request: IncomingMessage, limit: number): Promise<unknown> {
  if ('body' in request && request.body !== undefined) return request.body;
  const text = await readJsonText(request, limit);
  try {
    return text === '' ? {} : JSON.parse(text);
  } catch {
    // Without its cause: that would quote the body.
    throw new Problem('body_invalid');
  }
}
