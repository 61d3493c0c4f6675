import { deferred } from './channel/deferred.ts';
import {
  closedError,
  type FrameNotice,
  type HostChannel,
  HostPort,
} from './channel/host-channel.ts';
import { type HostEffect, type HostState, hostStep } from './handshake/host-handshake.ts';
import type { MessageWindow } from './handshake/message-window.ts';
import { checkPeer } from './handshake/peer.ts';
import { isFromPeer, type WindowMessage } from './handshake/window-message.ts';
import { isFrameMessage } from './messages/frame-messages.ts';
import { ProtocolError } from './protocol-error.ts';

export interface FrameConnectionOptions {
  readonly window: MessageWindow;
  /** The iframe's `contentWindow`; connect before its `src` is set, so that no `hello` is lost. */
  readonly frame: Pick<Window, 'postMessage'>;
  /** The exact origin of the viewer: `https://bi.example.com`. */
  readonly viewerOrigin: string;
  /** The nonce in the frame's URL: `createNonce()`. */
  readonly nonce: string;
  /** Longest wait for the frame to load and answer, in milliseconds; default 30,000. */
  readonly timeoutMs?: number;
  /** Ends the connection, like `destroy()` of its channel; also before there is one. */
  readonly signal?: AbortSignal;
  readonly onMessage: (message: FrameNotice, channel: HostChannel) => void;
  /** The frame loaded anew: its old channel is closed, the new one comes with the promise. */
  readonly onReconnect: (attempt: Promise<HostChannel>) => void;
}

/**
 * Connects the host page to the viewer in its frame. Nothing but `welcome` is ever posted to the window, and that to
 * the viewer's exact origin alone; all the rest goes over the port that comes with it.
 *
 * Rejects with `handshake_timeout` or `connection_closed`; throws `TypeError` for an inexact origin or a short nonce.
 */
export function connectToFrame(options: FrameConnectionOptions): Promise<HostChannel> {
  const { window, frame, viewerOrigin, nonce, timeoutMs = 30_000, signal } = options;
  const peer = checkPeer({ window: frame, origin: viewerOrigin, nonce });

  let state: HostState = 'waiting';
  let attempt = deferred<HostChannel>();
  let channel: HostPort | undefined;
  let timer: number;

  const startTimer = () => {
    timer = window.setTimeout(() => apply('timeout'), timeoutMs);
  };
  const destroy = () => apply('destroy');
  const listen = (event: MessageEvent) => {
    if (isFromPeer(event, 'hello', peer, 0)) apply('hello');
  };

  const offerPort = () => {
    const { port1, port2 } = new MessageChannel();
    const own = new HostPort(port1, window, destroy);
    channel = own;
    port1.onmessage = ({ data }: MessageEvent<unknown>) => {
      if (!isFrameMessage(data)) return;
      if (data.type === 'ready') apply('ready');
      else if (state !== 'open') return;
      else if (data.type === 'result') own.settle(data);
      else options.onMessage(data, own);
    };
    const welcome: WindowMessage = { vitrine: 'welcome', nonce };
    frame.postMessage(welcome, viewerOrigin, [port2]);
  };

  const effects: { readonly [E in HostEffect]: () => void } = {
    closePort: () => channel?.close(),
    retry: () => {
      attempt = deferred();
      startTimer();
      options.onReconnect(attempt.promise);
    },
    offerPort,
    resolve: () => {
      window.clearTimeout(timer);
      attempt.resolve(channel as HostChannel);
    },
    stop: () => {
      window.clearTimeout(timer);
      window.removeEventListener('message', listen);
      signal?.removeEventListener('abort', destroy);
    },
    reject: () =>
      attempt.reject(
        state === 'failed'
          ? new ProtocolError('handshake_timeout', 'no answer in time')
          : closedError(),
      ),
  };

  const apply = (event: Parameters<typeof hostStep>[1]) => {
    const [next, ...todo] = hostStep(state, event);
    state = next;
    for (const effect of todo) effects[effect]();
  };

  window.addEventListener('message', listen);
  signal?.addEventListener('abort', destroy);
  startTimer();
  if (signal?.aborted) destroy();
  return attempt.promise;
}
