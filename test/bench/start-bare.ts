import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { generateKeyPair, mintToken } from '@vitrine/tokens';
import { sampleClaims } from './claims.ts';

/** The bare route in a process of its own, and a body that it opens. */
export async function startBare() {
  const { privateKey, publicKey } = await generateKeyPair();
  const child = fork(fileURLToPath(new URL('bare-route.ts', import.meta.url)), {
    env: { ...process.env, PRIVATE_KEY: privateKey, PUBLIC_KEY: publicKey },
  });
  const [port] = await once(child, 'message');
  const key = { kid: '6102ad6c86792300351fd952', publicKey };
  const webAccessToken = await mintToken(sampleClaims(Math.floor(Date.now() / 1000)), key);
  return {
    url: `http://127.0.0.1:${port}/open`,
    mintUrl: `http://127.0.0.1:${port}/mint`,
    body: JSON.stringify({ webAccessToken }),
    stop: () => child.kill(),
  };
}
