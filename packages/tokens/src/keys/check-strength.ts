import { base64url } from 'jose';
import { keyRefused } from './key-refused.ts';

const shortestBits = 2048;
const longestBits = 4096;
const exponent = 'AQAB';
// Moduli of the flawed generator of CVE-2017-15361 are powers of 65537 modulo each of these primes.
const fingerprintPrimes = primesUpTo(167).slice(1).map(BigInt);

/** Refuses RSA keys that are too short, too long to be quick, or known to be weak. Throws `TokenError` `key_refused`. */
export function checkStrength({ n = '', e = '' }: JsonWebKey): void {
  const modulus = numberOf(n);
  const bits = modulus.toString(2).length;
  if (bits < shortestBits || bits > longestBits) {
    throw keyRefused('An RSA key must have 2048 to 4096 bits.');
  }
  if (e !== exponent) throw keyRefused('The public exponent must be 65537.');
  if (modulus % 2n === 0n) throw keyRefused('The modulus is not a product of two primes.');
  if (fingerprintPrimes.every((prime) => isPowerOfExponent(modulus % prime, prime))) {
    throw keyRefused('The key comes from a generator with a known weakness.');
  }
}

/** Whether a private key is made of exactly two primes. */
export function hasTwoPrimes({ n = '', p = '', q = '' }: JsonWebKey): boolean {
  return numberOf(p) * numberOf(q) === numberOf(n);
}

function numberOf(encoded: string): bigint {
  const digits = Array.from(base64url.decode(encoded), (byte) =>
    byte.toString(16).padStart(2, '0'),
  );
  return BigInt(`0x0${digits.join('')}`);
}

function isPowerOfExponent(residue: bigint, prime: bigint): boolean {
  const base = 65_537n % prime;
  let power = 1n;
  do {
    if (power === residue) return true;
    power = (power * base) % prime;
  } while (power !== 1n);
  return false;
}

function primesUpTo(limit: number): number[] {
  const primes: number[] = [];
  for (let candidate = 2; candidate <= limit; candidate++) {
    if (primes.every((prime) => candidate % prime !== 0)) primes.push(candidate);
  }
  return primes;
}
