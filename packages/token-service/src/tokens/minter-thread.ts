import { parentPort } from 'node:worker_threads';
import type { Finding } from '@vitrine/claims';
import { encryptClaims, TokenError, type TokenSuite } from '@vitrine/tokens';
import { DeflateStream } from './zip-streams.ts';

/** Claims to encrypt, as JSON text that has been checked. */
export interface MintOrder {
  readonly id: number;
  readonly json: string;
  readonly kid: string;
  readonly suite: TokenSuite;
  /** Of the key; the thread has been told the key itself, once. */
  readonly thumbprint: string;
}

/** What the thread is told: keys that it does not know yet, and orders for any it knows. */
export interface ToMinter {
  readonly keys: readonly (readonly [thumbprint: string, key: CryptoKey])[];
  readonly orders: readonly MintOrder[];
}

/** `findings`: the claims are refused. `fault`: the name of an error that is nobody's input. */
export type Minted =
  | { readonly id: number; readonly token: string }
  | { readonly id: number; readonly findings: readonly Finding[] }
  | { readonly id: number; readonly fault: string };

// jose compresses with the global of that name; nothing else runs in this thread.
globalThis.CompressionStream = DeflateStream;

const keys = new Map<string, CryptoKey>();
let done: Minted[] = [];

parentPort?.on('message', (message: ToMinter) => {
  for (const [thumbprint, key] of message.keys) keys.set(thumbprint, key);
  for (const order of message.orders) void mint(order).then(answer);
});

async function mint({ id, json, kid, suite, thumbprint }: MintOrder): Promise<Minted> {
  try {
    const publicKey = keys.get(thumbprint);
    if (publicKey === undefined) throw new TypeError('unknown key');
    return { id, token: await encryptClaims(json, { kid, publicKey, suite }) };
  } catch (error) {
    if (error instanceof TokenError) return { id, findings: error.findings };
    return { id, fault: error instanceof Error ? error.name : 'Error' };
  }
}

/** What is done in one turn of the event loop is answered together. */
function answer(minted: Minted): void {
  if (done.length === 0) setImmediate(send);
  done.push(minted);
}

function send(): void {
  parentPort?.postMessage(done);
  done = [];
}
