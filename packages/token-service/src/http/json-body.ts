import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { Problem } from '../problem/problem.ts';

/** A token, or claims, of the longest legal kind fit in. */
export const tokenBodyBytes = 1_048_576;
/** Every other body. */
export const plainBodyBytes = 65_536;

/**
 * A form or a plain-text post needs no preflight, so a foreign page could send it (F-8).
 * Throws `Problem` `media_type_unsupported`.
 */
function requireJson(request: Request, _response: Response, next: NextFunction): void {
  const [mediaType = ''] = (request.headers['content-type'] ?? '').split(';');
  if (mediaType.trim().toLowerCase() !== 'application/json') {
    throw new Problem('media_type_unsupported');
  }
  next();
}

/** Reads a JSON body into `request.body`. Not compressed: an inflated body costs what its text does not show. */
export function jsonBody(limit: number): RequestHandler[] {
  return [requireJson, express.json({ limit, inflate: false, type: () => true })];
}

/** Reads the text of a JSON body into `request.body`, for a parser of our own. */
export function jsonText(limit: number): RequestHandler[] {
  return [
    requireJson,
    express.text({ limit, inflate: false, type: () => true, defaultCharset: 'utf-8' }),
  ];
}
