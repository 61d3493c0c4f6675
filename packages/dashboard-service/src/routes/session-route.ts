import type { Request, RequestHandler, Response } from 'express';
import type { Services } from './services.ts';
import { openCall, type SessionCall } from './session-call.ts';

export interface RoutedCall extends SessionCall {
  readonly request: Request;
  readonly response: Response;
}

/** A route of the viewer plane. @throws Problem the codes of `openCall` */
export function sessionRoute(
  services: Services,
  answer: (call: RoutedCall) => void | Promise<void>,
): RequestHandler {
  return async (request, response) => {
    const requestId = String(response.get('Request-Id'));
    const call = await openCall(services, { request, response, requestId });
    await answer({ ...call, request, response });
  };
}
