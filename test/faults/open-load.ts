import { mintToken } from '@vitrine/tokens';
import type { Key } from '../harness/api.ts';

/** A refusal, as the client of an exchange sees it. */
export interface Refused {
  readonly status: number;
  readonly code: string;
  readonly retryAfter: string | null;
}

/** Clients that exchange tokens one after another, each until it gets no answer or is stopped. */
export class OpenLoad {
  /** The `webSessionToken` of every exchange that was answered with success. */
  readonly acknowledged: string[] = [];
  readonly refused: Refused[] = [];
  /** Exchanges that were under way when the connection broke: their sessions may exist. */
  unanswered = 0;
  #isStopped = false;
  readonly #clients: Promise<unknown>;
  readonly #waiting: { isMet: () => boolean; resolve: () => void }[] = [];

  constructor(url: string, wats: readonly string[], clients = 16) {
    this.#clients = Promise.all(
      Array.from({ length: clients }, (_, index) =>
        this.#run(`${url}/api/v1/wat/sessionToken`, wats[index % wats.length] ?? ''),
      ),
    );
  }

  /** Resolves when the condition holds after an answer; rejects where the load ends before. */
  async until(isMet: () => boolean): Promise<void> {
    const met = new Promise<void>((resolve) => this.#waiting.push({ isMet, resolve }));
    const ended = this.#clients.then(() => {
      throw new Error(`The load ended early: ${JSON.stringify(this.refused.at(-1))}`);
    });
    await Promise.race([met, ended]);
  }

  /** Resolves when no client is at work any more. */
  async ended(): Promise<void> {
    await this.#clients;
  }

  async stop(): Promise<void> {
    this.#isStopped = true;
    await this.#clients;
  }

  async #run(address: string, webAccessToken: string): Promise<void> {
    const request = {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webAccessToken }),
    };
    while (!this.#isStopped) {
      try {
        const response = await fetch(address, request);
        const body = (await response.json()) as { webSessionToken?: string; code?: string };
        if (response.ok) this.acknowledged.push(body.webSessionToken ?? '');
        else {
          const { status, headers } = response;
          this.refused.push({
            status,
            code: body.code ?? '',
            retryAfter: headers.get('retry-after'),
          });
        }
      } catch {
        this.unanswered += 1;
        return;
      }
      for (const { isMet, resolve } of this.#waiting) if (isMet()) resolve();
    }
  }
}

/** Tokens of one configuration that inherit everything of their subject. */
export function mintWats(key: Key, count = 16): Promise<string[]> {
  const exp = Math.floor(Date.now() / 1000) + 3600;
  return Promise.all(Array.from({ length: count }, () => mintToken({ sub: 'ada', exp }, key)));
}
