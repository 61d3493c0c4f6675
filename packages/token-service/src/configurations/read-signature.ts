import { importVerifyKey, type SignatureAlgorithm, TokenError } from '@vitrine/tokens';
import { Problem } from '../problem/problem.ts';
import type { SignatureSetting } from '../store/store.ts';

/** The setting as an administrator writes it. */
interface SignatureInput {
  readonly algorithm: SignatureAlgorithm;
  /** PEM text, JWK text or JWK. */
  readonly publicKey: string | Readonly<Record<string, unknown>>;
}

/** The setting as it rests: public members only. Throws `Problem` `body_invalid`. */
export async function readSignature(
  input: SignatureInput | null,
): Promise<SignatureSetting | null> {
  if (input === null) return null;
  const { algorithm, publicKey } = input;
  const text = typeof publicKey === 'string' ? publicKey : JSON.stringify(publicKey);
  try {
    const { jwk, thumbprint } = await importVerifyKey(text, algorithm);
    return { algorithm, publicKey: jwk, thumbprint };
  } catch (error) {
    if (!(error instanceof TokenError)) throw error;
    const errors = [{ pointer: '/signature/publicKey', message: error.message }];
    throw new Problem('body_invalid', { errors });
  }
}
