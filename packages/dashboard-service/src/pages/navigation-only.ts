import { Problem } from '@vitrine/token-service';
import type { RequestHandler } from 'express';

const destinations: ReadonlySet<string> = new Set(['document', 'iframe']);

/**
 * Lets a page go only where pages belong (F-8): a browser that says what it wants a page for (Fetch Metadata) gets
 * none for a script, an image, a fetch or an `<object>`. Browsers and tools that do not say are let through.
 *
 * @throws Problem `destination_refused`
 */
export const navigationOnly: RequestHandler = (request, _response, next) => {
  const wanted = request.headers['sec-fetch-dest'];
  const isPage = wanted === undefined || destinations.has(String(wanted));
  next(isPage ? undefined : new Problem('destination_refused'));
};
