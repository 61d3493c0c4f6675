/** Baseline of the session opens: Express, jose and a Map, nothing checked and nothing kept on disk. */
import { randomUUID } from 'node:crypto';
import express from 'express';
import { compactDecrypt, importPKCS8 } from 'jose';

const privateKey = await importPKCS8(process.env.PRIVATE_KEY ?? '', 'RSA-OAEP-256');
const sessions = new Map<string, unknown>();

const app = express();
app.post('/open', express.json({ limit: '1mb' }), async (request, response) => {
  const { plaintext } = await compactDecrypt(request.body.webAccessToken, privateKey);
  const id = randomUUID();
  sessions.set(id, JSON.parse(new TextDecoder().decode(plaintext)));
  response.json({ webSessionToken: id, initialiser: randomUUID() });
});

const server = app.listen(0, '127.0.0.1', () => {
  const address = server.address();
  process.send?.(typeof address === 'object' && address ? address.port : 0);
});
