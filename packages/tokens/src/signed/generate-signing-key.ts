import { exportPKCS8, exportSPKI, generateKeyPair } from 'jose';
import type { KeyPair } from '../keys/generate-key-pair.ts';
import type { SignatureAlgorithm } from './signature-algorithm.ts';

/** Generates an issuer's signing key: P-256, Ed25519, or RSA-2048 with exponent 65537. */
export async function generateSigningKey(algorithm: SignatureAlgorithm): Promise<KeyPair> {
  const pair = await generateKeyPair(algorithm, { extractable: true });
  return {
    publicKey: `${await exportSPKI(pair.publicKey)}\n`,
    privateKey: `${await exportPKCS8(pair.privateKey)}\n`,
  };
}
