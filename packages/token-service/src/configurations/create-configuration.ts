import { randomBytes } from 'node:crypto';
import { generateKeyPair, publicKeyThumbprint } from '@vitrine/tokens';
import type { RequestHandler } from 'express';
import { readBody } from '../http/read-input.ts';
import type { ServiceContext } from '../service-context.ts';
import type { StoredConfiguration } from '../store/store.ts';
import { newConfigurationSchema } from './configuration-schema.ts';
import { viewOf } from './configuration-view.ts';

/**
 * `POST …/configurations`: 201 with the configuration and, this once, `secret` (SPKI PEM). The secret
 * is not kept, only its thumbprint: whoever has it can mint.
 */
export function createConfiguration(context: ServiceContext): RequestHandler {
  const { store, vault, wallNow, log, audit } = context;
  return async (request, response) => {
    const body = readBody(newConfigurationSchema, request.body);
    const { publicKey, privateKey } = await generateKeyPair();
    const kid = randomBytes(12).toString('hex');
    const now = wallNow();
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
      createdAt: now,
      updatedAt: now,
      keys: [
        {
          thumbprint: await publicKeyThumbprint(publicKey),
          sealed: await vault.seal(kid, privateKey),
        },
      ],
    };
    await audit.around({ act: 'configuration.create', kid }, () =>
      store.createConfiguration(configuration),
    );
    log.info({ event: 'configuration_created', kid, profile: body.profile });
    response
      .status(201)
      .location(`${request.baseUrl}${request.path}/${kid}`)
      .json({ ...viewOf(configuration), secret: publicKey });
  };
}
