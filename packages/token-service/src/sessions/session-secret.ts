import { createHmac, hash, randomBytes } from 'node:crypto';

/** Digits of the time in front, base 36: enough until the year 5188. */
const timeDigits = 9;
const randomLength = 16;
/** Asked of the operating system at once: each call costs more than its bytes. */
let randomness = Buffer.alloc(0);
const secretPattern = /^[0-9a-z]{9}[A-Za-z0-9_-]{22}$/;

/**
 * A new `webSessionToken`: 128 random bits, behind the time of the open. Only the client keeps it.
 * The time is no secret; it lets neighbours in time be neighbours in the store's index, which makes
 * writing many sessions a good deal cheaper.
 */
export function newSessionSecret(now: number): string {
  const time = now.toString(36).padStart(timeDigits, '0').slice(-timeDigits);
  if (randomness.length === 0) randomness = randomBytes(randomLength * 64);
  const random = randomness.toString('base64url', 0, randomLength);
  randomness = randomness.subarray(randomLength);
  return time + random;
}

/** Whether a text has the form of a `webSessionToken`. */
export function isSessionSecret(text: string): boolean {
  return secretPattern.test(text);
}

/** The id under which the session rests: time and hash, which do not lead back to the secret. */
export function sessionIdOf(secret: string): string {
  return secret.slice(0, timeDigits) + hash('sha256', secret, 'base64url');
}

/** Binds the session to the token that opened it (HMAC-SHA256, RFC 2104). */
export function initialiserOf(secret: string, tokenDigest: string): string {
  return createHmac('sha256', secret).update(tokenDigest).digest('base64url');
}
