import { setTimeout } from 'node:timers/promises';
import { findingOf } from '@vitrine/claims';
import { type DecryptedToken, decryptToken, TokenError, type TokenSuite } from '@vitrine/tokens';
import type { KeyRing } from '../keys/key-ring.ts';
import type { DecryptionOutcome, ServiceMetrics } from '../metrics/service-metrics.ts';
import { Problem } from '../problem/problem.ts';
import type { StoredKey } from '../store/store.ts';
import type { DecryptGate } from './decrypt-gate.ts';
import { type RememberedToken, type TokenCache, tokenKey } from './token-cache.ts';

interface TokenDecryptorParts {
  readonly keyRing: KeyRing;
  readonly cache: TokenCache;
  readonly gate: DecryptGate;
  readonly metrics: ServiceMetrics;
}

/** The keys of a configuration that may open a token: all of them are of its suite. */
interface FittingKeys {
  readonly kid: string;
  readonly keys: readonly StoredKey[];
  readonly suite: TokenSuite;
}

/**
 * The way to a token's claims text: remembered → under way already → limits and queue → RSA.
 * To be asked only for a token that `readHeader` took, of a configuration that is in service.
 */
export class TokenDecryptor {
  readonly #parts: TokenDecryptorParts;
  readonly #underWay = new Map<string, Promise<RememberedToken>>();

  constructor(parts: TokenDecryptorParts) {
    this.#parts = parts;
  }

  /**
   * `address` as `request.ip`; without one no rate is limited, only the queue is.
   * Throws `TokenError` `token_malformed`, `token_refused`; `Problem` `rate_limited`, `overloaded`.
   */
  async decrypt(token: string, fitting: FittingKeys, address?: string): Promise<DecryptedToken> {
    const { cache, metrics } = this.#parts;
    const key = tokenKey(token);
    const known = cache.get(key) ?? (await this.#underWay.get(key));
    if (known !== undefined && isOpenedBy(known, fitting)) {
      metrics.decryptions.remembered.inc();
      return known;
    }
    const opening = this.#open(token, fitting, address);
    this.#underWay.set(key, opening);
    try {
      const opened = await opening;
      cache.set(key, opened);
      metrics.decryptions.done.inc();
      return opened;
    } catch (error) {
      metrics.decryptions[outcomeOf(error)].inc();
      throw error;
    } finally {
      if (this.#underWay.get(key) === opening) this.#underWay.delete(key);
    }
  }

  async #open(
    token: string,
    { kid, keys, suite }: FittingKeys,
    address: string | undefined,
  ): Promise<RememberedToken> {
    const { gate, keyRing } = this.#parts;
    const startedAt = performance.now();
    try {
      return await gate.run({ kid, address }, async () => {
        for (const key of keys) {
          try {
            const privateKey = await keyRing.privateKey(kid, key, suite);
            const decrypted = await decryptToken(token, privateKey, suite);
            return { ...decrypted, thumbprint: key.thumbprint };
          } catch (error) {
            if (!(error instanceof TokenError && error.code === 'token_refused')) throw error;
          }
        }
        const findings = [findingOf('not_decryptable')];
        throw new TokenError('token_refused', undefined, { findings });
      });
    } catch (error) {
      if (error instanceof TokenError) await untilNextStep(startedAt);
      throw error;
    }
  }
}

/**
 * Refusals are told at steps of so many milliseconds after they were asked for, so that their time does not say which of key, tag or
 * compression was wrong: that differs by microseconds.
 */
const refusalStepMs = 10;

async function untilNextStep(startedAt: number): Promise<void> {
  const elapsed = performance.now() - startedAt;
  await setTimeout(refusalStepMs - (elapsed % refusalStepMs));
}

function isOpenedBy({ thumbprint }: RememberedToken, { keys }: FittingKeys): boolean {
  return keys.some((key) => key.thumbprint === thumbprint);
}

function outcomeOf(error: unknown): DecryptionOutcome {
  return error instanceof Problem ? 'limited' : 'failed';
}
