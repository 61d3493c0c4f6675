import type { ViewerEvent } from './effect-context.ts';

/**
 * Puts events in the order the protocol promises: `session` comes before all that follows from it, although rows may be
 * there before the session's description is, and it is told once its language and theme show. Errors do not wait.
 */
export class News {
  readonly #tell: (event: ViewerEvent) => void;
  #held: ViewerEvent[] | undefined;

  constructor(tell: (event: ViewerEvent) => void) {
    this.#tell = tell;
  }

  /** Holds events back until `session` comes. */
  awaitSession(): void {
    this.#held ??= [];
  }

  tell(event: ViewerEvent): void {
    if (this.#held && event.type !== 'session' && event.type !== 'error') {
      this.#held.push(event);
      return;
    }
    this.#tell(event);
    if (event.type !== 'session') return;
    const held = this.#held ?? [];
    this.#held = undefined;
    for (const late of held) this.#tell(late);
  }
}
