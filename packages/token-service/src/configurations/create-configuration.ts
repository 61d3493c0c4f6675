import { randomBytes } from 'node:crypto';
import type { RequestHandler } from 'express';
import { readBody } from '../http/read-input.ts';
import { newKey } from '../keys/new-key.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';
import { newConfigurationSchema } from './configuration-schema.ts';
import { viewOf } from './configuration-view.ts';
import { readSignature } from './read-signature.ts';

/**
 * `POST …/configurations`: 201 with the configuration and, this once, `secret` (SPKI PEM). The secret
 * is not kept, only its thumbprint: whoever has it can mint.
 */
export function createConfiguration(context: ServiceContext): RequestHandler {
  const { store, vault, configurations, wallNow, log, audit } = context;
  return async (request, response) => {
    const body = readBody(newConfigurationSchema, request.body);
    const signature = await readSignature(body.signature ?? null);
    const kid = randomBytes(12).toString('hex');
    const now = wallNow();
    const { key, secret } = await newKey(kid, vault, now);
    const configuration: StoredConfiguration = {
      kid,
      name: body.name,
      profile: body.profile,
      enabled: true,
      origins: body.origins ?? [],
      linksAllowed: body.linksAllowed ?? true,
      maxTokenLifetimeSeconds: body.maxTokenLifetimeSeconds ?? null,
      allowErasedAcl: body.allowErasedAcl ?? false,
      idleTimeoutSeconds: body.idleTimeoutSeconds ?? null,
      endSessionsAtExp: body.endSessionsAtExp ?? false,
      maxSessions: body.maxSessions ?? null,
      maxSessionsPerSubject: body.maxSessionsPerSubject ?? null,
      maxSessionsPerToken: body.maxSessionsPerToken ?? null,
      maxOpensPerMinute: body.maxOpensPerMinute ?? null,
      signature,
      createdAt: now,
      updatedAt: now,
      keys: [key],
    };
    await audit.around({ act: 'configuration.create', kid }, () =>
      store.createConfiguration(configuration),
    );
    configurations.forget(kid);
    log.info({ event: 'configuration_created', kid, profile: body.profile });
    response
      .status(201)
      .location(`${request.baseUrl}${request.path}/${kid}`)
      .json({ ...viewOf(configuration), secret });
  };
}
