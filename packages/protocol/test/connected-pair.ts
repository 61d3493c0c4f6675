import {
  connectToFrame,
  connectToHost,
  type FrameHandlers,
  type FrameNotice,
  type HostChannel,
} from '@vitrine/protocol';
import { FakeWindow, reference } from './fake-window.ts';

export const hostOrigin = 'https://shop.example';
export const viewerOrigin = 'https://bi.example';
export const nonce = '0123456789abcdef0123456789abcdef';

/** A host page and a frame in it, each with its window, and nothing said yet. */
export function pair() {
  const hostWindow = new FakeWindow(hostOrigin);
  const frameWindow = new FakeWindow(viewerOrigin);
  const frame = reference(hostWindow, frameWindow);
  const parent = reference(frameWindow, hostWindow);
  const notices: FrameNotice[] = [];
  const attempts: Promise<HostChannel>[] = [];
  const calls: string[] = [];

  const handlers: FrameHandlers = {
    init: ({ wat }) => void calls.push(`init ${wat}`),
    set: () => void calls.push('set'),
    wat: ({ wat }) => void calls.push(`wat ${wat}`),
    applyFilters: ({ filters }) => void calls.push(`applyFilters ${filters.length}`),
    export: ({ format }) => ({ format, fileName: `dashboard.${format}` }),
    getFilters: () => [{ jaql: { dim: '[Commerce.Country]' } }],
    openDashboard: () => undefined,
  };

  const startHost = (options: { signal?: AbortSignal } = {}) =>
    connectToFrame({
      window: hostWindow,
      frame,
      viewerOrigin,
      nonce,
      onMessage: (notice) => notices.push(notice),
      onReconnect: (attempt) => attempts.push(attempt),
      ...options,
    });
  const startFrame = (options: { signal?: AbortSignal; handlers?: Partial<FrameHandlers> } = {}) =>
    connectToHost({
      window: frameWindow,
      parent,
      hostOrigin,
      nonce,
      ...options,
      handlers: { ...handlers, ...options.handlers },
    });

  return {
    hostWindow,
    frameWindow,
    frame,
    parent,
    notices,
    attempts,
    calls,
    startHost,
    startFrame,
  };
}

/** Both sides connected, `init` delivered. */
export async function connectedPair(handlers: Partial<FrameHandlers> = {}) {
  const both = pair();
  const opening = both.startHost();
  const frame = await both.startFrame({ handlers });
  const host = await opening;
  host.send({ type: 'init', wat: 'token', settings: {} });
  return { ...both, host, frameChannel: frame };
}
