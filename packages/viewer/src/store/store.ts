import type { Action } from './actions.ts';
import { reduce } from './reduce.ts';
import type { ViewerState } from './state.ts';

/** Owns the state; everyone else reads it and dispatches actions. */
export class Store {
  #state: ViewerState;
  readonly #listeners = new Set<() => void>();

  constructor(state: ViewerState) {
    this.#state = state;
  }

  get state(): ViewerState {
    return this.#state;
  }

  dispatch(action: Action): void {
    const next = reduce(this.#state, action);
    if (next === this.#state) return;
    this.#state = next;
    for (const listener of [...this.#listeners]) listener();
  }

  /** Calls `listener` after each change; the answer ends that. */
  subscribe(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}
