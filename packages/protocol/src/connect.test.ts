import { afterEach, describe, expect, it, vi } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { connectedPair, hostOrigin, nonce, pair, viewerOrigin } from '../test/connected-pair.ts';
import { settled } from '../test/fake-window.ts';
import { connectToFrame, connectToHost, createNonce, ProtocolError } from './index.ts';

const code = (value: string) => expect.objectContaining({ code: value });
const session = {
  user: { id: 'ann', name: 'Ann' },
  abilities: { filter: true, export: true },
  language: 'en-US',
  locale: 'en-US',
  timeZone: 'UTC',
  theme: { oid: 'day', source: 'system' as const },
  dashboards: [],
};

afterEach(() => vi.restoreAllMocks());

describe('the connection', () => {
  it(
    verifies('G-2', 'opens a channel on both sides and delivers init over the port alone'),
    async () => {
      const { host, frameChannel, calls, hostWindow, frameWindow } = await connectedPair();
      await settled();
      expect(calls).toEqual(['init token']);
      expect(frameWindow.received).toEqual([{ vitrine: 'welcome', nonce }]);
      expect(hostWindow.received).toEqual([{ vitrine: 'hello', nonce }]);
      host.destroy();
      frameChannel.destroy();
    },
  );

  it('brings what the frame says to the host, in order', async () => {
    const { host, frameChannel, notices } = await connectedPair();
    frameChannel.send({ type: 'session', session });
    frameChannel.send({ type: 'resize', height: 640 });
    await settled();
    expect(notices.map(({ type }) => type)).toEqual(['session', 'resize']);
    host.destroy();
    frameChannel.destroy();
  });

  it('refuses to send what the host would ignore', async () => {
    const { host, frameChannel } = await connectedPair();
    expect(() => frameChannel.send({ type: 'resize', height: -1 })).toThrow(
      code('message_invalid'),
    );
    host.destroy();
    frameChannel.destroy();
  });

  it('tells the host about a message of the wrong shape', async () => {
    const { host, frameChannel, notices, calls } = await connectedPair();
    host.send({ type: 'set', dashboard: '../admin' });
    await settled();
    expect(notices).toEqual([code('message_invalid')]);
    expect(calls).toEqual(['init token']);
    host.destroy();
    frameChannel.destroy();
  });

  it('serves one init, and nothing before it', async () => {
    const both = pair();
    const opening = both.startHost();
    const frame = await both.startFrame();
    const host = await opening;
    host.send({ type: 'set', theme: 'night' });
    const early = host.call('getFilters', {});
    await expect(early).rejects.toEqual(code('not_ready'));
    host.send({ type: 'init', wat: 'one', settings: {} });
    host.send({ type: 'init', wat: 'two', settings: {} });
    await settled();
    expect(both.calls).toEqual(['init one']);
    host.destroy();
    frame.destroy();
  });

  it('gives up after its time, and leaves no listener or timer', async () => {
    const both = pair();
    const host = both.startHost();
    expect([...both.hostWindow.timers.values()].map(({ ms }) => ms)).toEqual([30_000]);
    both.hostWindow.runTimers();
    await expect(host).rejects.toEqual(code('handshake_timeout'));
    const frame = both.startFrame();
    expect([...both.frameWindow.timers.values()].map(({ ms }) => ms)).toEqual([15_000]);
    both.frameWindow.runTimers();
    await expect(frame).rejects.toEqual(code('handshake_timeout'));
    for (const window of [both.hostWindow, both.frameWindow]) {
      expect(window.listeners.size).toBe(0);
      expect(window.timers.size).toBe(0);
    }
  });

  it('is undone by its signal before there is a channel', async () => {
    const both = pair();
    const life = new AbortController();
    const host = both.startHost({ signal: life.signal });
    const frame = both.startFrame({ signal: AbortSignal.abort() });
    life.abort();
    await expect(host).rejects.toEqual(code('connection_closed'));
    await expect(frame).rejects.toEqual(code('connection_closed'));
    for (const window of [both.hostWindow, both.frameWindow]) {
      expect(window.listeners.size + window.timers.size).toBe(0);
    }
  });

  it('destroy undoes everything: port, listener, timers, calls under way', async () => {
    const { host, frameChannel, hostWindow, calls } = await connectedPair({
      getFilters: () => new Promise(() => {}),
    });
    const call = host.call('getFilters', {});
    expect(hostWindow.timers.size).toBe(1);
    host.destroy();
    host.destroy();
    await expect(call).rejects.toEqual(code('connection_closed'));
    await expect(host.call('getFilters', {})).rejects.toEqual(code('connection_closed'));
    host.send({ type: 'wat', wat: 'late' });
    await settled();
    expect(host.isClosed).toBe(true);
    expect(hostWindow.listeners.size + hostWindow.timers.size).toBe(0);
    expect(calls).toEqual(['init token']);
    frameChannel.destroy();
    expect(frameChannel.isClosed).toBe(true);
  });

  it(verifies('G-3', 'gives a reloaded frame a new channel and closes the old one'), async () => {
    const { host, frameChannel, startFrame, attempts, calls, hostWindow } = await connectedPair();
    await settled();
    const call = host.call('getFilters', {});
    const reloaded = await startFrame();
    await expect(call).rejects.toEqual(code('connection_closed'));
    expect(host.isClosed).toBe(true);
    expect(attempts).toHaveLength(1);
    const next = await attempts[0]!;
    next.send({ type: 'init', wat: 'again', settings: {} });
    host.send({ type: 'wat', wat: 'to the old document' });
    await settled();
    expect(calls).toEqual(['init token', 'init again']);
    expect(hostWindow.timers.size).toBe(0);
    next.destroy();
    frameChannel.destroy();
    reloaded.destroy();
  });

  it('fails the new attempt when a frame says hello again but never gets ready', async () => {
    const { host, frameChannel, hostWindow, attempts, frame } = await connectedPair();
    await settled();
    hostWindow.dispatch({
      origin: viewerOrigin,
      source: frame as never,
      data: { vitrine: 'hello', nonce },
    });
    hostWindow.runTimers();
    await expect(attempts[0]).rejects.toEqual(code('handshake_timeout'));
    expect(hostWindow.listeners.size).toBe(0);
    host.destroy();
    frameChannel.destroy();
  });

  it.each(['*', 'null', 'https://bi.example/', 'HTTPS://BI.EXAMPLE', 'bi.example', ''])(
    verifies('G-2', 'does not accept %j as an origin, on either side'),
    (origin) => {
      const { hostWindow: window, frame } = pair();
      const rest = { window, nonce, onMessage: () => {}, onReconnect: () => {} };
      expect(() => connectToFrame({ ...rest, frame, viewerOrigin: origin })).toThrow(TypeError);
      expect(() =>
        connectToHost({ ...rest, parent: frame, hostOrigin: origin, handlers: {} as never }),
      ).toThrow(TypeError);
    },
  );

  it(
    verifies('G-2', 'does not accept a nonce that could be guessed, and makes one that cannot'),
    () => {
      const { hostWindow: window, frame } = pair();
      const rest = { window, frame, viewerOrigin, onMessage: () => {}, onReconnect: () => {} };
      expect(() => connectToFrame({ ...rest, nonce: '12345' })).toThrow(TypeError);
      const made = new Set(Array.from({ length: 1000 }, createNonce));
      expect(made.size).toBe(1000);
      for (const each of made) expect(each).toMatch(/^\d{1,20}-\d{1,20}$/);
    },
  );
});

describe('calls', () => {
  it(verifies('EMB-2', 'bring the value of the action'), async () => {
    const { host, frameChannel, calls } = await connectedPair();
    await expect(host.call('getFilters', {})).resolves.toEqual([
      { jaql: { dim: '[Commerce.Country]' } },
    ]);
    await expect(host.call('export', { format: 'pdf' })).resolves.toEqual({
      format: 'pdf',
      fileName: 'dashboard.pdf',
    });
    await expect(host.call('applyFilters', { filters: [] })).resolves.toBeUndefined();
    await expect(host.call('openDashboard', { oid: 'd2' })).resolves.toBeUndefined();
    expect(calls).toContain('applyFilters 0');
    host.destroy();
    frameChannel.destroy();
  });

  it(verifies('EMB-2', 'are refused by the frame itself where the action is blocked'), async () => {
    const share = vi.fn();
    const { host, frameChannel } = await connectedPair({ share } as object);
    for (const action of [
      'removeFilters',
      'openSimplyAsk',
      'createWidget',
      'createTextWidget',
      'share',
    ])
      await expect(host.call(action as 'getFilters', {})).rejects.toEqual(code('action_blocked'));
    expect(share).not.toHaveBeenCalled();
    host.destroy();
    frameChannel.destroy();
  });

  it(verifies('EMB-2', 'reject with the code that the viewer throws'), async () => {
    const { host, frameChannel } = await connectedPair({
      applyFilters: () => Promise.reject(new ProtocolError('ability_missing', 'no filter ability')),
    });
    await expect(host.call('applyFilters', { filters: [] })).rejects.toEqual(
      code('ability_missing'),
    );
    host.destroy();
    frameChannel.destroy();
  });

  it('do not tell the host about the insides of an unknown failure', async () => {
    const { host, frameChannel } = await connectedPair({
      getFilters: () => {
        throw new Error('SELECT secret FROM rows');
      },
    });
    const failure = await host.call('getFilters', {}).catch((error: unknown) => error);
    expect(failure).toEqual(code('viewer_error'));
    expect(String(failure)).not.toContain('SELECT');
    host.destroy();
    frameChannel.destroy();
  });

  it('fail at once for arguments or a value of the wrong shape', async () => {
    const { host, frameChannel } = await connectedPair({ getFilters: () => 'all' as never });
    await expect(host.call('openDashboard', { oid: '../x' })).rejects.toEqual(
      code('message_invalid'),
    );
    await expect(host.call('getFilters', {})).rejects.toEqual(code('viewer_error'));
    host.destroy();
    frameChannel.destroy();
  });

  it('end after their time and ignore an answer that comes later', async () => {
    let answer: ((value: []) => void) | undefined;
    const { host, frameChannel, hostWindow } = await connectedPair({
      getFilters: () =>
        new Promise((resolve) => {
          answer = resolve;
        }),
    });
    const call = host.call('getFilters', {}, { timeoutMs: 50 });
    await settled();
    expect([...hostWindow.timers.values()].map(({ ms }) => ms)).toEqual([50]);
    hostWindow.runTimers();
    await expect(call).rejects.toEqual(code('call_timeout'));
    answer?.([]);
    await settled();
    host.destroy();
    frameChannel.destroy();
  });

  it('are posted to the exact origins only', async () => {
    const both = pair();
    both.frameWindow.origin = 'https://bi.example.evil';
    const opening = both.startHost();
    const frame = both.startFrame();
    await settled();
    expect(both.frameWindow.received).toEqual([]);
    both.hostWindow.runTimers();
    both.frameWindow.runTimers();
    await expect(opening).rejects.toEqual(code('handshake_timeout'));
    await expect(frame).rejects.toEqual(code('handshake_timeout'));
    expect(hostOrigin).toBe(both.hostWindow.origin);
  });
});
