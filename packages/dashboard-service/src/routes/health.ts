import type { RequestHandler } from 'express';

/** `GET /healthz`: the process is alive. */
export const getHealth: RequestHandler = (_request, response) => {
  response.json({ status: 'ok' });
};

/** `GET /readyz`: 503 while it cannot serve, and while it drains. */
export const getReadiness =
  (isReady: () => boolean | Promise<boolean>): RequestHandler =>
  async (_request, response) => {
    const ready = await isReady();
    response.status(ready ? 200 : 503).json({ status: ready ? 'ready' : 'not_ready' });
  };
