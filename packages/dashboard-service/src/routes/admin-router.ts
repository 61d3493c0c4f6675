import { Router } from 'express';
import { getContentErrors, getGroups, getThemes, getUsers } from './admin-content.ts';
import type { Services } from './services.ts';

/** The content side of the admin plane. */
export function adminRouter(services: Services): Router {
  const router = Router({ caseSensitive: true, strict: true });
  const { requireAdmin } = services.tokens;
  router.get('/api/v1/users', requireAdmin, getUsers(services));
  router.get('/api/v1/groups', requireAdmin, getGroups(services));
  router.get('/api/v1/themes', requireAdmin, getThemes(services));
  router.get('/api/v1/content/errors', requireAdmin, getContentErrors(services));
  return router;
}

/** Lets only the exchange and its end through to the token service: for a listener without the admin plane. */
export function exchangeOnly(tokens: Router): Router {
  const router = Router({ caseSensitive: true, strict: true });
  router.all(['/api/v1/wat/sessionToken', '/api/v1/web-access-tokens/sessionToken'], tokens);
  return router;
}
