import type { RequestHandler } from 'express';
import { isSameSecret } from '../http/is-same-secret.ts';
import { Problem } from '../problem/problem.ts';

const minTokenCharacters = 24;

/**
 * The gate of the admin plane: the request was not started by another site, and it carries
 * `Authorization: Bearer <admin token>`. Answers `cross_site_refused` or `admin_required`.
 * Throws `TypeError` for a token of fewer than 24 characters.
 */
export function requireAdmin(adminToken: string): RequestHandler {
  if (adminToken.length < minTokenCharacters) {
    throw new TypeError(`adminToken must have at least ${minTokenCharacters} characters`);
  }
  return function checkAdmin(request, _response, next) {
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') throw new Problem('cross_site_refused');
    const presented = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!isSameSecret(presented, adminToken)) throw new Problem('admin_required');
    next();
  };
}
