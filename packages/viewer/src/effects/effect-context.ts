import type { FrameMessage } from '@vitrine/protocol';
import type { ApiClient } from '../api/api-client.ts';
import type { Store } from '../store/store.ts';
import { errorCodeOf, isAbort, type ViewerErrorCode } from '../viewer-error.ts';

/** What the viewer tells the page around it. */
export type ViewerEvent = Exclude<FrameMessage, { type: 'ready' | 'result' | 'resize' }>;

/** What effects work with: state, service, and the ear of the host page. */
export interface EffectContext {
  readonly store: Store;
  readonly api: ApiClient;
  readonly tell: (event: ViewerEvent) => void;
}

/**
 * The code of a failure, after the host has heard of it and, where the session is over, the reader too. Undefined for
 * an aborted request.
 */
export function report(
  { store, tell }: EffectContext,
  error: unknown,
): ViewerErrorCode | undefined {
  if (isAbort(error)) return undefined;
  const code = errorCodeOf(error);
  if (code === 'session_ended' && store.state.phase === 'open') {
    store.dispatch({ type: 'session-lost', code });
  }
  tell({ type: 'error', code, message: messageOf(error) });
  return code;
}

function messageOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? error.message : 'The viewer failed.';
}
