import type { IncomingMessage } from 'node:http';
import type { RequestHandler } from 'express';
import { isSameSecret } from '../http/is-same-secret.ts';
import { Problem } from '../problem/problem.ts';

const minTokenCharacters = 24;

/** Throws `Problem` where a request may not enter. */
export type Gate = (request: IncomingMessage) => void;

/**
 * The gate of the admin plane: the request was not started by another site, and it carries
 * `Authorization: Bearer <admin token>`. Refuses with `cross_site_refused` or `admin_required`.
 * Throws `TypeError` for a token of fewer than 24 characters.
 */
export function adminGate(adminToken: string): Gate {
  if (adminToken.length < minTokenCharacters) {
    throw new TypeError(`adminToken must have at least ${minTokenCharacters} characters`);
  }
  return function checkAdmin(request) {
    const site = request.headers['sec-fetch-site'];
    if (site === 'cross-site' || site === 'same-site') throw new Problem('cross_site_refused');
    const presented = /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? '')?.[1] ?? '';
    if (!isSameSecret(presented, adminToken)) throw new Problem('admin_required');
  };
}

/** The gate for Express. */
export function requireAdmin(gate: Gate): RequestHandler {
  return function enter(request, _response, next) {
    gate(request);
    next();
  };
}
