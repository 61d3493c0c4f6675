/** The named queries of sessions under way, so that a session can cancel its own. */
export class RunningQueries {
  readonly #running = new Map<string, Set<AbortController>>();

  /** Runs a named query; its signal is aborted by `cancel` or by the outer signal. */
  async run<Result>(
    session: string,
    guid: string | undefined,
    outer: AbortSignal,
    query: (signal: AbortSignal) => Promise<Result>,
  ): Promise<Result> {
    if (guid === undefined) return query(outer);
    const key = keyOf(session, guid);
    const controller = new AbortController();
    const siblings = this.#running.get(key) ?? new Set();
    this.#running.set(key, siblings.add(controller));
    try {
      return await query(AbortSignal.any([outer, controller.signal]));
    } finally {
      siblings.delete(controller);
      if (siblings.size === 0) this.#running.delete(key);
    }
  }

  /** Cancels the session's queries of these names; names of others and finished ones are no error. */
  cancel(session: string, guids: readonly string[]): void {
    for (const guid of guids) {
      for (const controller of this.#running.get(keyOf(session, guid)) ?? []) controller.abort();
    }
  }
}

function keyOf(session: string, guid: string): string {
  return JSON.stringify([session, guid]);
}
