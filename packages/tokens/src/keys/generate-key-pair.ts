import { exportPKCS8, exportSPKI, generateKeyPair as generate } from 'jose';
import { defaultSuite, type TokenSuite } from '../token-suites.ts';

export interface KeyPair {
  /** The secret of a configuration: SPKI in PEM armour, LF, 64 columns, final newline. */
  readonly publicKey: string;
  /** PKCS#8 in PEM armour. */
  readonly privateKey: string;
}

/** Generates an RSA key pair with exponent 65537, off the event loop: of the suite of TOK-1 (2048 bits), or of another. */
export async function generateKeyPair({
  alg,
  modulusLength,
}: TokenSuite = defaultSuite): Promise<KeyPair> {
  const pair = await generate(alg, { modulusLength, extractable: true });
  return {
    publicKey: `${await exportSPKI(pair.publicKey)}\n`,
    privateKey: `${await exportPKCS8(pair.privateKey)}\n`,
  };
}
