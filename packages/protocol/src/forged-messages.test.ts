/** 1,000 forged window messages at each side while it waits, and again while it is open: none has an effect. */
import { describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { connectedPair, hostOrigin, nonce, pair, viewerOrigin } from '../test/connected-pair.ts';
import { FakeWindow, reference, settled } from '../test/fake-window.ts';

interface Forgery {
  readonly name: string;
  readonly event: Partial<MessageEvent>;
}

/** Every combination in which at least one of origin, source, nonce, shape, trust or ports is wrong. */
function forgeries(kind: 'hello' | 'welcome', origin: string, source: unknown): Forgery[] {
  const stranger = new FakeWindow('https://evil.example');
  const origins: Record<string, string> = {
    right: origin,
    evil: 'https://evil.example',
    opaque: 'null',
    none: '',
    'other scheme': origin.replace('https', 'http'),
    'other port': `${origin}:8443`,
    suffix: `${origin}.evil.example`,
    star: '*',
  };
  const sources: Record<string, unknown> = {
    right: source,
    none: null,
    stranger: reference(stranger, stranger),
    lookalike: { ...(source as object) },
  };
  const right = { vitrine: kind, nonce };
  const bodies: Record<string, unknown> = {
    right,
    'other nonce': { ...right, nonce: [...nonce].reverse().join('') },
    'empty nonce': { ...right, nonce: '' },
    'nonce list': { ...right, nonce: [nonce] },
    'nonce object': { ...right, nonce: { toString: () => nonce } },
    'long nonce': { ...right, nonce: nonce.repeat(10) },
    'no nonce': { vitrine: kind },
    'other kind': { vitrine: kind === 'hello' ? 'welcome' : 'hello', nonce },
    'port message': { type: 'ready' },
    init: { type: 'init', wat: 'x', settings: {} },
    'one field more': { ...right, wat: 'x' },
    proto: JSON.parse(`{"vitrine":"${kind}","nonce":"${nonce}","__proto__":{}}`),
    list: [right],
    text: JSON.stringify(right),
    nothing: null,
    undefined: undefined,
    number: 7,
    map: new Map(Object.entries(right)),
  };
  const made: Forgery[] = [];
  for (const [originName, from] of Object.entries(origins))
    for (const [sourceName, sender] of Object.entries(sources))
      for (const [bodyName, data] of Object.entries(bodies))
        for (const isTrusted of [true, false])
          if (
            originName !== 'right' ||
            sourceName !== 'right' ||
            bodyName !== 'right' ||
            !isTrusted
          )
            made.push({
              name: `${originName} origin, ${sourceName} source, ${bodyName} body, trusted ${isTrusted}`,
              event: { origin: from, source: sender as MessageEventSource, data, isTrusted },
            });
  return made;
}

const hostForgeries = (source: unknown) => forgeries('hello', viewerOrigin, source);
const frameForgeries = (source: unknown) => forgeries('welcome', hostOrigin, source);

describe('forged messages', () => {
  it('are at least 1,000 for each side', () => {
    expect(hostForgeries({}).length).toBeGreaterThanOrEqual(1000);
    expect(frameForgeries({}).length).toBeGreaterThanOrEqual(1000);
  });

  it(verifies('G-2', 'make a waiting host answer nothing'), async () => {
    const both = pair();
    const opening = both.startHost();
    for (const { name, event } of hostForgeries(both.frame)) {
      both.hostWindow.dispatch(event);
      expect(both.frameWindow.received, name).toEqual([]);
    }
    const carrier = new MessageChannel();
    both.hostWindow.dispatch({
      origin: viewerOrigin,
      source: both.frame as never,
      data: { vitrine: 'hello', nonce },
      ports: [carrier.port1],
    });
    carrier.port1.close();
    expect(both.frameWindow.received).toEqual([]);
    both.hostWindow.runTimers();
    await expect(opening).rejects.toMatchObject({ code: 'handshake_timeout' });
  });

  it(verifies('G-2', 'make a waiting frame take no port'), async () => {
    const both = pair();
    const opening = both.startFrame();
    const heard: unknown[] = [];
    const channels = [new MessageChannel(), new MessageChannel()];
    for (const { port1 } of channels) port1.onmessage = ({ data }) => heard.push(data);
    const one = channels[0]!.port2;
    for (const { event } of frameForgeries(both.parent)) {
      both.frameWindow.dispatch({ ...event, ports: [one] });
    }
    const welcome = {
      origin: hostOrigin,
      source: both.parent as never,
      data: { vitrine: 'welcome', nonce },
    };
    both.frameWindow.dispatch({ ...welcome, ports: [] });
    both.frameWindow.dispatch({ ...welcome, ports: channels.map(({ port2 }) => port2) });
    await settled();
    expect(heard).toEqual([]);
    expect(both.frameWindow.listeners.size).toBe(1);
    for (const { port1 } of channels) port1.close();
    both.frameWindow.runTimers();
    await expect(opening).rejects.toMatchObject({ code: 'handshake_timeout' });
  });

  it(verifies('G-2 G-3', 'leave an open connection as it is'), async () => {
    const both = await connectedPair();
    await settled();
    for (const { event } of hostForgeries(both.frame)) both.hostWindow.dispatch(event);
    for (const { event } of frameForgeries(both.parent)) both.frameWindow.dispatch(event);
    await settled();
    expect(both.host.isClosed).toBe(false);
    expect(both.attempts).toEqual([]);
    expect(both.calls).toEqual(['init token']);
    expect(both.frameWindow.received).toHaveLength(1);
    await expect(both.host.call('getFilters', {})).resolves.toHaveLength(1);
    both.host.destroy();
    both.frameChannel.destroy();
  });

  it(verifies('G-2', 'over a port of an honest origin have no effect either'), async () => {
    const both = pair();
    const opening = both.startHost();
    let port: MessagePort | undefined;
    both.frameWindow.addEventListener('message', ({ ports }) => {
      port = ports[0];
    });
    both.hostWindow.dispatch({
      origin: viewerOrigin,
      source: both.frame as never,
      data: { vitrine: 'hello', nonce },
    });
    const junk = [null, 'ready', { type: 'loaded' }, { type: 'ready', __proto: 1 }, [], 7];
    for (const data of junk) port?.postMessage(data);
    // Well-formed, but before `ready`:
    port?.postMessage({ type: 'resize', height: 9 });
    await settled();
    expect(both.notices).toEqual([]);
    port?.postMessage({ type: 'ready' });
    const host = await opening;
    for (const data of junk) port?.postMessage(data);
    port?.postMessage({ type: 'result', id: 99, ok: true });
    await settled();
    expect(both.notices).toEqual([]);
    host.destroy();
    port?.close();
  });
});
