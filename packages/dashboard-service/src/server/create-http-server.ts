/**
 * The listener. A token may stand in the request line (links), so the header limit is far above Node's
 * default; what that would cost an attacker nothing to abuse is bounded by short time-outs and caps on
 * connections, in all and of one address, and on the requests of one connection.
 */
import { createServer, type RequestListener, type Server } from 'node:http';
import type { Socket } from 'node:net';
import { networkOf } from '@vitrine/token-service';

/** Room for the longest token, 640 KiB, and ordinary headers beside it, bytes. */
export const maxHeaderBytes = 704 * 1024;

/** Time for the headers, milliseconds: with the interval of the check and the wait below, half a request is gone in 12 s. */
const headersMs = 8000;

/** How long a refused sender may go on sending before its socket is cut, milliseconds. */
const lingerMs = 2000;

/** Answers of the listener itself, to requests that never become one: problem details like all others. */
export const listenerErrors = {
  request_too_long: 'The address or the headers of this request are too long.',
  request_timeout: 'The request came too slowly.',
  request_invalid: 'The request could not be read.',
} as const;

type Refusal = readonly [status: string, code: keyof typeof listenerErrors];

const refusals: Readonly<Record<string, Refusal>> = {
  HPE_HEADER_OVERFLOW: ['431 Request Header Fields Too Large', 'request_too_long'],
  ERR_HTTP_REQUEST_TIMEOUT: ['408 Request Timeout', 'request_timeout'],
};
const badRequest: Refusal = ['400 Bad Request', 'request_invalid'];

const refused = new WeakSet<Socket>();

/** Connections that one address may hold at once; IPv6: one /64. */
export const maxConnectionsPerAddress = 256;

/**
 * Requests of one connection that may wait for their answers. Browsers and proxies send one at a time; who sends thousands and
 * reads nothing would have each of them held, for as long as the connection is open.
 */
const maxUnanswered = 16;

interface HttpServerOptions {
  /** Beyond, a new connection is closed at once. `Infinity` behind a proxy, which has one address for all. Default 256. */
  readonly perAddress?: number;
  /** Connections in all. Default 1,000. */
  readonly inAll?: number;
}

/** An HTTP server for an app, hardened as above. Not yet listening. */
export function createHttpServer(
  listener: RequestListener,
  { perAddress = maxConnectionsPerAddress, inAll = 1000 }: HttpServerOptions = {},
): Server {
  const server = createServer(
    {
      maxHeaderSize: maxHeaderBytes,
      headersTimeout: headersMs,
      requestTimeout: 30_000,
      connectionsCheckingInterval: 1000,
      keepAlive: true,
      keepAliveTimeout: 5000,
      insecureHTTPParser: false,
    },
    capUnanswered(listener),
  );
  server.maxConnections = inAll;
  server.on('connection', capPerAddress(perAddress));
  server.on('clientError', (error: NodeJS.ErrnoException, socket) =>
    refuse(error.code, socket as Socket),
  );
  return server;
}

function capUnanswered(listener: RequestListener): RequestListener {
  const unanswered = new WeakMap<Socket, number>();
  return (request, response) => {
    const { socket } = request;
    // The rest of what came with the request that was too much.
    if (socket.destroyed) return;
    const count = unanswered.get(socket) ?? 0;
    if (count >= maxUnanswered) {
      socket.destroy();
      return;
    }
    unanswered.set(socket, count + 1);
    response.once('close', () => unanswered.set(socket, (unanswered.get(socket) ?? 1) - 1));
    listener(request, response);
  };
}

function capPerAddress(most: number): (socket: Socket) => void {
  const held = new Map<string, number>();
  return (socket) => {
    const network = networkOf(socket.remoteAddress);
    const count = held.get(network) ?? 0;
    if (count >= most) {
      socket.destroy();
      return;
    }
    held.set(network, count + 1);
    socket.once('close', () => {
      const left = (held.get(network) ?? 1) - 1;
      if (left === 0) held.delete(network);
      else held.set(network, left);
    });
  };
}

/** Answers a request that never became one. The socket stays readable for a moment: an answer sent while the
 * sender still writes would be lost in a reset. */
function refuse(code: string | undefined, socket: Socket): void {
  // What the sender goes on to send is parsed, and refused, again.
  if (refused.has(socket)) return;
  refused.add(socket);
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy();
    return;
  }
  const [status, problem] = refusals[code ?? ''] ?? badRequest;
  const body = JSON.stringify({
    type: `urn:vitrine:problem:${problem}`,
    title: status.slice(4),
    status: Number(status.slice(0, 3)),
    code: problem,
    detail: listenerErrors[problem],
  });
  socket.end(
    `HTTP/1.1 ${status}\r\nContent-Type: application/problem+json\r\nContent-Length: ${Buffer.byteLength(body)}\r\n` +
      `Cache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  );
  const cut = setTimeout(() => socket.destroy(), lingerMs);
  cut.unref();
  socket.once('close', () => clearTimeout(cut));
  socket.resume();
}
