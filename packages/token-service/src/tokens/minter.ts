import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { TokenSuite } from '@vitrine/tokens';
import type { Secret } from '../keys/secret-ring.ts';
import type { Minted, MintOrder, ToMinter } from './minter-thread.ts';

/** An unused thread takes memory, milliseconds. */
const idleMs = 60_000;

// The sources run as they are and as compiled JavaScript; the thread has the same form as this file.
const threadFile = new URL(`./minter-thread${extname(import.meta.url)}`, import.meta.url);

interface Asked {
  readonly resolve: (minted: Minted) => void;
  readonly reject: (error: Error) => void;
}

/**
 * Encrypts claims in a thread of its own, so that readers do not wait for a backend that mints much. The thread starts with the
 * first order, and ends when there has been none for a minute.
 */
export class Minter {
  #worker: Worker | undefined;
  readonly #asked = new Map<number, Asked>();
  /** Thumbprints of the keys that the thread knows. */
  #known = new Set<string>();
  #keys: [string, CryptoKey][] = [];
  #orders: MintOrder[] = [];
  #nextId = 0;
  #idle: NodeJS.Timeout | undefined;

  /** Mints with a secret of the suite. Rejects where the thread has ended. */
  mint(
    json: string,
    { kid, suite, secret }: { kid: string; suite: TokenSuite; secret: Secret },
  ): Promise<Minted> {
    const { key, thumbprint } = secret;
    const id = this.#nextId++;
    if (this.#orders.length === 0) setImmediate(() => this.#send());
    if (!this.#known.has(thumbprint)) {
      this.#known.add(thumbprint);
      this.#keys.push([thumbprint, key]);
    }
    this.#orders.push({ id, json, kid, suite, thumbprint });
    return new Promise((resolve, reject) => this.#asked.set(id, { resolve, reject }));
  }

  async close(): Promise<void> {
    clearTimeout(this.#idle);
    const worker = this.#worker;
    this.#forget(worker);
    await worker?.terminate();
  }

  /** What was asked for in one turn of the event loop goes in one message. */
  #send(): void {
    this.#worker ??= this.#start();
    const message: ToMinter = { keys: this.#keys, orders: this.#orders };
    this.#keys = [];
    this.#orders = [];
    this.#worker.postMessage(message);
  }

  #start(): Worker {
    const worker = new Worker(threadFile, { name: 'vitrine-minter' });
    worker.on('message', (all: readonly Minted[]) => this.#receive(all));
    worker.on('error', () => this.#forget(worker));
    worker.on('exit', () => this.#forget(worker));
    worker.unref();
    return worker;
  }

  #receive(all: readonly Minted[]): void {
    for (const minted of all) {
      this.#asked.get(minted.id)?.resolve(minted);
      this.#asked.delete(minted.id);
    }
    clearTimeout(this.#idle);
    if (this.#asked.size > 0) return;
    this.#idle = setTimeout(() => {
      if (this.#asked.size === 0) void this.close();
    }, idleMs).unref();
  }

  /** What a thread had not answered when it ended is lost; the next order starts another. */
  #forget(worker: Worker | undefined): void {
    if (worker === undefined || worker !== this.#worker) return;
    this.#worker = undefined;
    this.#known = new Set();
    for (const { reject } of this.#asked.values()) reject(new Error('The minting thread ended.'));
    this.#asked.clear();
  }
}
