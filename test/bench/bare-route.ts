/** Baselines: Express and jose, nothing checked and nothing kept on disk. `/open` decrypts and keeps a session in a Map, `/mint` encrypts. */
import { randomUUID } from 'node:crypto';
import express from 'express';
import {
  CompactEncrypt,
  type CompactJWEHeaderParameters,
  compactDecrypt,
  importPKCS8,
  importSPKI,
} from 'jose';

const privateKey = await importPKCS8(process.env.PRIVATE_KEY ?? '', 'RSA-OAEP-256');
const sessions = new Map<string, unknown>();

const app = express();
app.post('/open', express.json({ limit: '1mb' }), async (request, response) => {
  const { plaintext } = await compactDecrypt(request.body.webAccessToken, privateKey);
  const id = randomUUID();
  sessions.set(id, JSON.parse(new TextDecoder().decode(plaintext)));
  response.json({ webSessionToken: id, initialiser: randomUUID() });
});

const publicKey = await importSPKI(process.env.PUBLIC_KEY ?? '', 'RSA-OAEP-256');
const encoder = new TextEncoder();
const header: CompactJWEHeaderParameters = {
  typ: 'JWT',
  alg: 'RSA-OAEP-256',
  enc: 'A128GCM',
  zip: 'DEF',
};
app.post('/mint', express.json({ limit: '1mb' }), async (request, response) => {
  const plaintext = encoder.encode(JSON.stringify(request.body.payload));
  const minting = new CompactEncrypt(plaintext).setProtectedHeader(header);
  response.type('text/plain').send(await minting.encrypt(publicKey));
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
