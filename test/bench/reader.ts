import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import type { AclRule } from '@vitrine/claims';
import { mintToken } from '@vitrine/tokens';
import type { RunningService } from '../harness/start-service.ts';

const path = '/api/datasources/Facts/jaql';

/** A session of the service with made facts, and what it asks with. */
export interface Reader {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** Opens sessions, each under its own rules. */
export async function openReaders(
  service: RunningService,
  rules: readonly (readonly AclRule[])[],
): Promise<Reader[]> {
  const key = await service.createConfiguration();
  const readers: Reader[] = [];
  for (const acl of rules) {
    const webAccessToken = await mintToken({ sub: 'ada', grants: { acl } }, key);
    const answer = await fetch(`${service.url}/api/v1/wat/sessionToken`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ webAccessToken }),
    });
    if (!answer.ok) throw new Error(await answer.text());
    const { webSessionToken, initialiser } = (await answer.json()) as Record<string, string>;
    readers.push({
      url: `${service.url}${path}`,
      headers: {
        ...{ 'content-type': 'application/json', authorization: webSessionToken ?? '' },
        initialiser: initialiser ?? '',
      },
    });
  }
  return readers;
}

/**
 * The connection of a reader, opened with the first question and again where the service has closed it. What is sent is put
 * together once and the bytes of an answer are counted: after a long query a client in JavaScript takes as long as the service.
 */
export class ReaderConnection {
  readonly #url: URL;
  readonly #head: string;
  readonly #requests = new Map<string, Buffer>();
  #socket: Socket | undefined;

  constructor({ url, headers }: Reader) {
    this.#url = new URL(url);
    const { host, pathname } = this.#url;
    const lines = Object.entries({ host, ...headers }).map(([name, value]) => `${name}: ${value}`);
    this.#head = [`POST ${pathname} HTTP/1.1`, ...lines].join('\r\n');
  }

  /** Asks, and reads the whole answer; gives its status. One question at a time. */
  async ask(body: string): Promise<number> {
    const socket = await this.#connected();
    const { promise, resolve, reject } = Promise.withResolvers<number>();
    let status = 0;
    let missing = 0;
    const take = (chunk: Buffer) => {
      if (status === 0) {
        const [head = ''] = chunk.toString('latin1').split('\r\n\r\n', 1);
        status = Number(/^HTTP\/1\.1 (\d{3}) /.exec(head)?.[1]);
        missing = head.length + 4 + Number(/^content-length: (\d+)$/im.exec(head)?.[1]);
      }
      missing -= chunk.length;
      if (missing === 0) resolve(status);
      else if (!(missing > 0)) reject(new Error('No answer of a known length'));
    };
    const fail = () => reject(new Error('The connection was closed'));
    socket.on('data', take).once('close', fail).write(this.#requestOf(body));
    try {
      return await promise;
    } finally {
      socket.off('data', take).off('close', fail);
    }
  }

  close(): void {
    this.#socket?.destroy();
  }

  #requestOf(body: string): Buffer {
    const known = this.#requests.get(body);
    if (known !== undefined) return known;
    const length = Buffer.byteLength(body);
    const made = Buffer.from(`${this.#head}\r\ncontent-length: ${length}\r\n\r\n${body}`);
    this.#requests.set(body, made);
    return made;
  }

  async #connected(): Promise<Socket> {
    if (this.#socket?.readyState === 'open') return this.#socket;
    this.#socket = connect({
      ...{ host: this.#url.hostname, port: Number(this.#url.port), noDelay: true },
    });
    this.#socket.on('error', () => undefined);
    await once(this.#socket, 'connect');
    return this.#socket;
  }
}
