/** The backend half of an embedding product: it knows its reader, and mints a token that says what the reader may see. */
import { fileURLToPath } from 'node:url';
import { type Claims, type Language, languages } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import express, { type Express } from 'express';
import { type Place, places } from './tenants.ts';

export interface BackendOptions {
  /** Where the dashboards come from: `http://127.0.0.1:4700`. */
  readonly serviceUrl: string;
  /** Configuration whose tokens the service opens, and its public key (PEM), which stays in this process. */
  readonly kid: string;
  readonly publicKey: string;
}

const lifetimeSeconds = 60;

export function createBackend({ serviceUrl, kid, publicKey }: BackendOptions): Express {
  const app = express().disable('x-powered-by');

  app.get('/config.json', (_request, response) => {
    response.json({ serviceUrl, languages });
  });

  app.post('/api/wat', express.json(), async (request, response) => {
    const { place, language } = request.body ?? {};
    if (!isPlace(place) || !isLanguage(language)) {
      response.status(400).json({ error: 'place and language must be known' });
      return;
    }
    const claims: Claims = {
      ...places[place],
      lng: language,
      loc: language,
      exp: Math.floor(Date.now() / 1000) + lifetimeSeconds,
    };
    const wat = await mintToken(claims, { kid, publicKey });
    response.set('cache-control', 'no-store').json({ wat, claims });
  });

  app.use(express.static(fileURLToPath(new URL('public', import.meta.url))));
  return app;
}

const isPlace = (value: unknown): value is Place =>
  typeof value === 'string' && Object.hasOwn(places, value);
const isLanguage = (value: unknown): value is Language => languages.includes(value as Language);
