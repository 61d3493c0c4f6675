import type { RequestHandler } from 'express';
import { newKey } from '../keys/new-key.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { viewOf } from './configuration-view.ts';

/**
 * `POST …/configurations/<kid>/rotate`: a next key under the same kid; 201 with its `secret`, this once. Tokens of both
 * keys open until the old one is retired (CFG-3).
 */
export function rotateKey(context: ServiceContext): RequestHandler<{ kid: string }> {
  const { store, vault, configurations, wallNow, log, audit } = context;
  return async (request, response) => {
    const { kid } = request.params;
    const before = await store.findConfiguration(kid);
    if (before === undefined) throw new Problem('not_found');
    if (before.keys.length > 1) throw new Problem('rotation_under_way');
    // Later than the other one also where the clock was set back: the order says which is the next.
    const createdAt = Math.max(wallNow(), (before.keys[0]?.createdAt ?? 0) + 1);
    const { key, secret } = await newKey(kid, vault, createdAt);
    await audit.around({ act: 'key.rotate', kid }, async () => {
      if (!(await store.addKey(kid, key))) throw new Problem('rotation_under_way');
    });
    configurations.forget(kid);
    const configuration = await store.findConfiguration(kid);
    if (configuration === undefined) throw new Problem('not_found');
    log.info({ event: 'key_rotated', kid });
    response.status(201).json({ ...viewOf(configuration), secret });
  };
}
