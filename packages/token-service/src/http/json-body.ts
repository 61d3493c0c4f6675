import express, {
  type NextFunction,
  type Request,
  type RequestHandler,
  type Response,
} from 'express';
import { requireJson } from './read-json-body.ts';

/** A token, or claims, of the longest legal kind fit in. */
export const tokenBodyBytes = 1_048_576;
/** Every other body. */
export const plainBodyBytes = 65_536;

function checkMediaType(request: Request, _response: Response, next: NextFunction): void {
  requireJson(request);
  next();
}

/** Reads a JSON body into `request.body`. Not compressed: an inflated body costs what its text does not show. */
export function jsonBody(limit: number): RequestHandler[] {
  return [checkMediaType, express.json({ limit, inflate: false, type: () => true })];
}
