import type { NextFunction, Request, Response } from 'express';

/** Nothing here may rest in a cache (F-7). */
export function noStore(_request: Request, response: Response, next: NextFunction): void {
  response.set('Cache-Control', 'no-store');
  next();
}
