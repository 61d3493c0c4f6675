import type { ViewItem } from '@vitrine/charts';
import { dimOf, keyOfItem } from '../filters/filter-key.ts';
import { type EffectContext, report } from './effect-context.ts';

/** Members asked for at a time. */
const pageSize = 100;

/** Fetches what members filters offer, one request a filter. */
export class MembersLoader {
  readonly #context: EffectContext;
  readonly #running = new Map<string, AbortController>();

  constructor(context: EffectContext) {
    this.#context = context;
  }

  /** Loads the members that hold `term`, from the first on, or the next page of them. */
  async load(item: ViewItem, term: string, next: boolean): Promise<void> {
    const { store, api } = this.#context;
    const { dashboard } = store.state;
    if (dashboard === undefined) return;
    const key = keyOfItem(item);
    const offset = next ? (store.state.members[key]?.members.length ?? 0) : 0;
    this.#running.get(key)?.abort();
    const running = new AbortController();
    this.#running.set(key, running);
    store.dispatch({ type: 'members-asked', key, term, again: !next });
    try {
      const { level } = item.jaql;
      const request = {
        dim: item.jaql.dim ?? dimOf(item.jaql),
        ...(level ? { level } : {}),
        ...(term ? { term } : {}),
        count: pageSize,
        offset,
        dashboard: dashboard.oid,
      };
      const answer = await api.members(dashboard.dataSource, request, running.signal);
      store.dispatch({ type: 'members-arrived', key, term, answer });
    } catch (error) {
      const code = report(this.#context, error);
      if (code) store.dispatch({ type: 'members-failed', key, term, code });
    }
  }
}
