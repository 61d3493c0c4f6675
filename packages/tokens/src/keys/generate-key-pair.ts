import { exportPKCS8, exportSPKI, generateKeyPair as generate } from 'jose';

export interface KeyPair {
  /** The secret of a configuration: SPKI in PEM armour, LF, 64 columns, final newline. */
  readonly publicKey: string;
  /** PKCS#8 in PEM armour. */
  readonly privateKey: string;
}

/** Generates an RSA-2048 key pair with exponent 65537, off the event loop. */
export async function generateKeyPair(): Promise<KeyPair> {
  const pair = await generate('RSA-OAEP-256', { modulusLength: 2048, extractable: true });
  return {
    publicKey: `${await exportSPKI(pair.publicKey)}\n`,
    privateKey: `${await exportPKCS8(pair.privateKey)}\n`,
  };
}
