import { deferred } from './channel/deferred.ts';
import { type FrameChannel, type FrameHandlers, FramePort } from './channel/frame-channel.ts';
import { type FrameEffect, type FrameState, frameStep } from './handshake/frame-handshake.ts';
import type { MessageWindow } from './handshake/message-window.ts';
import { checkPeer } from './handshake/peer.ts';
import { isFromPeer, type WindowMessage } from './handshake/window-message.ts';
import type { HostMessage } from './messages/host-messages.ts';
import { isHostMessage } from './messages/host-messages.ts';
import { ProtocolError } from './protocol-error.ts';

export interface HostConnectionOptions {
  readonly window: MessageWindow;
  /** `window.parent`. */
  readonly parent: Pick<Window, 'postMessage'>;
  /** `host` of the frame's URL: the exact origin of the host page. */
  readonly hostOrigin: string;
  /** `nonce` of the frame's URL. */
  readonly nonce: string;
  /** Longest wait for the host's answer, in milliseconds; default 15,000. */
  readonly timeoutMs?: number;
  /** Ends the connection, like `destroy()` of its channel; also before there is one. */
  readonly signal?: AbortSignal;
  readonly handlers: FrameHandlers;
}

/**
 * Connects the viewer in a frame to its host page: says `hello` to the parent at the host's exact origin, takes the
 * port out of its `welcome`, says `ready` on it, and from then on serves `handlers`. `init` is served once, before
 * anything else.
 *
 * Rejects with `handshake_timeout` or `connection_closed`; throws `TypeError` for an inexact origin or a short nonce.
 */
export function connectToHost(options: HostConnectionOptions): Promise<FrameChannel> {
  const { window, parent, hostOrigin, nonce, timeoutMs = 15_000, signal, handlers } = options;
  const peer = checkPeer({ window: parent, origin: hostOrigin, nonce });
  const attempt = deferred<FrameChannel>();

  let state: FrameState = 'waiting';
  let port: MessagePort | undefined;
  let channel: FramePort | undefined;

  const destroy = () => apply('destroy');
  const listen = (event: MessageEvent) => {
    if (state !== 'waiting' || !isFromPeer(event, 'welcome', peer, 1)) return;
    port = event.ports[0];
    apply('welcome');
  };

  const receive = (message: unknown, own: FramePort) => {
    if (!isHostMessage(message)) own.reject(message);
    else if (message.type === 'init') apply('init', message);
    else if (message.type === 'call') {
      if (state === 'open') void own.answer(message, handlers);
      else own.refuse(message.id, new ProtocolError('not_ready', 'init has not come yet'));
    } else if (state === 'open') {
      if (message.type === 'set') handlers.set(message);
      else {
        own.renewToken();
        handlers.wat(message);
      }
    }
  };

  const takePort = () => {
    if (!port) return;
    const own = new FramePort(port, destroy);
    channel = own;
    port.onmessage = ({ data }: MessageEvent<unknown>) => receive(data, own);
    own.ready();
  };

  const effects: { readonly [E in FrameEffect]: (message?: HostMessage) => void } = {
    unlisten: () => {
      window.removeEventListener('message', listen);
      signal?.removeEventListener('abort', destroy);
      window.clearTimeout(timer);
    },
    takePort,
    resolve: () => attempt.resolve(channel as FrameChannel),
    deliver: (message) => {
      if (message?.type === 'init') handlers.init(message);
    },
    closePort: () => channel?.close(),
    reject: () =>
      attempt.reject(
        state === 'failed'
          ? new ProtocolError('handshake_timeout', 'the host page did not answer in time')
          : new ProtocolError('connection_closed', 'the connection to the host page is closed'),
      ),
  };

  const apply = (event: Parameters<typeof frameStep>[1], message?: HostMessage) => {
    const [next, ...todo] = frameStep(state, event);
    state = next;
    for (const effect of todo) effects[effect](message);
  };

  window.addEventListener('message', listen);
  signal?.addEventListener('abort', destroy);
  const timer = window.setTimeout(() => apply('timeout'), timeoutMs);
  const hello: WindowMessage = { vitrine: 'hello', nonce };
  if (signal?.aborted) destroy();
  else parent.postMessage(hello, hostOrigin);
  return attempt.promise;
}
