import { type SignatureAlgorithm, signatureAlgorithms } from '../signed/signature-algorithm.ts';
import { UsageError } from './usage-error.ts';

/** The signature algorithm that an option names, if there is one. Throws `UsageError`. */
export function readAlgorithm(text: string | undefined): SignatureAlgorithm | undefined {
  const algorithm = signatureAlgorithms.find((known) => known === text);
  if (text === undefined || algorithm !== undefined) return algorithm;
  throw new UsageError(`A signature algorithm is one of ${signatureAlgorithms.join(', ')}.`);
}
