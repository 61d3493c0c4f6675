import { Problem } from '@vitrine/token-service';
import type { RequestHandler } from 'express';

/**
 * Lets only paths through that mean one thing to every parser on the way (F-6): no empty or dot segments, no
 * encoded slashes, backslashes, dots alone or control characters, no backslashes, well-formed escapes only.
 */
export const strictPath: RequestHandler = (request, _response, next) => {
  next(isStrictPath(request.url) ? undefined : new Problem('not_found'));
};

/** True where a request target is a path (and query) that is safe to route on. */
export function isStrictPath(target: string): boolean {
  const end = target.indexOf('?');
  const path = end === -1 ? target : target.slice(0, end);
  if (!path.startsWith('/') || /[^\x21-\x7e]|[\\#]/.test(path)) return false;
  if (/%(?![0-9a-fA-F]{2})|%(?:2[fF]|5[cC]|[01][0-9a-fA-F]|7[fF])/.test(path)) return false;
  if (!isDecodable(path)) return false;
  const segments = path.split('/').slice(1);
  return segments.every((segment, index) => {
    if (segment === '') return index === 0 && segments.length === 1;
    const plain = segment.replaceAll(/%2[eE]/g, '.');
    return plain !== '.' && plain !== '..';
  });
}

function isDecodable(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** The answer where no route was found. */
export const notFound: RequestHandler = () => {
  throw new Problem('not_found');
};
