import { oneOf, shape, text } from '../messages/guard.ts';

/** The two messages that go from window to window, before there is a port. Neither holds a secret worth stealing. */
export interface WindowMessage {
  readonly vitrine: 'hello' | 'welcome';
  readonly nonce: string;
}

/** What is read of a `MessageEvent`. */
export type WindowMessageEvent = Pick<
  MessageEvent<unknown>,
  'data' | 'isTrusted' | 'origin' | 'ports' | 'source'
>;

/** The one window, at the one origin, with the one nonce, that a side listens to. */
export interface Peer {
  readonly window: unknown;
  readonly origin: string;
  readonly nonce: string;
}

const isWindowMessage = shape<WindowMessage>({
  vitrine: oneOf(['hello', 'welcome']),
  nonce: text(256),
});

/** True where the event is `kind`, really from `peer`, and brings `portCount` ports (G-2). */
export function isFromPeer(
  event: WindowMessageEvent,
  kind: WindowMessage['vitrine'],
  peer: Peer,
  portCount: number,
): boolean {
  return (
    event.isTrusted &&
    event.origin === peer.origin &&
    event.source === peer.window &&
    isWindowMessage(event.data) &&
    event.data.vitrine === kind &&
    event.data.nonce === peer.nonce &&
    event.ports.length === portCount
  );
}
