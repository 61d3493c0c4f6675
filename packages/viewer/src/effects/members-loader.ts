import { type CellValue, dimOf, type ViewItem } from '@vitrine/charts';
import { readCondition, writeCondition } from '../filters/filter-condition.ts';
import { keyOfItem, levelKey } from '../filters/filter-key.ts';
import { filtersAbove, type LevelPlace, withLevelFilter } from '../filters/level-filters.ts';
import { type EffectContext, report } from './effect-context.ts';

/** Members asked for at a time. */
const pageSize = 100;

/** What to list: the members of a filter, or of one level of a cascading one. */
export interface MembersWish {
  readonly item: ViewItem;
  readonly place?: LevelPlace | undefined;
  /** Members that hold it; default all. */
  readonly term?: string;
  /** The next page of them, and not the first. */
  readonly next?: boolean;
}

/** Fetches what members filters offer, one request a filter. */
export class MembersLoader {
  readonly #context: EffectContext;
  readonly #running = new Map<string, AbortController>();

  constructor(context: EffectContext) {
    this.#context = context;
  }

  /** Loads a page of members. */
  async load({ item, place, term = '', next = false }: MembersWish): Promise<void> {
    const { store, api } = this.#context;
    const source = store.state.dashboard?.dataSource;
    if (source === undefined) return;
    const key = place ? levelKey(place.cascade, place.index) : keyOfItem(item);
    const offset = next ? (store.state.members[key]?.members.length ?? 0) : 0;
    this.#running.get(key)?.abort();
    const running = new AbortController();
    this.#running.set(key, running);
    store.dispatch({ type: 'members-asked', key, term, again: !next });
    try {
      const request = {
        ...this.#requestOf(item, place),
        ...(term ? { term } : {}),
        count: pageSize,
        offset,
      };
      const answer = await api.members(source, request, running.signal);
      store.dispatch({ type: 'members-arrived', key, term, answer });
    } catch (error) {
      const code = report(this.#context, error);
      if (code) store.dispatch({ type: 'members-failed', key, term, code });
    }
  }

  /**
   * The cascading filter with a new restriction of one level, and below it only the chosen members that are still offered.
   * Where the service does not say, what was chosen below is let go of.
   */
  async chooseLevel(place: LevelPlace, filter: Readonly<Record<string, unknown>> | undefined) {
    let cascade = withLevelFilter(place, filter);
    for (let index = place.index + 1; index < cascade.levels.length; index += 1) {
      const below = { cascade, index };
      const condition = readCondition(cascade.levels[index]?.filter);
      if (condition.kind !== 'members' || condition.excluded) continue;
      const offered = await this.#offeredOf(below, condition.members);
      const members = condition.members.filter((member) => offered.includes(member));
      cascade = withLevelFilter(below, writeCondition({ ...condition, members }));
    }
    const keys = cascade.levels.map((_, index) => levelKey(cascade, index));
    const keysBelow = keys.slice(place.index + 1);
    for (const key of keysBelow) this.#running.get(key)?.abort();
    this.#context.store.dispatch({ type: 'members-outdated', keys: keysBelow });
    return cascade;
  }

  /** Which of the chosen members the levels above leave. */
  async #offeredOf(place: LevelPlace, chosen: readonly CellValue[]): Promise<readonly CellValue[]> {
    const { store, api } = this.#context;
    const source = store.state.dashboard?.dataSource;
    const jaql = place.cascade.levels[place.index];
    if (source === undefined || !jaql) return [];
    const { filters, ...request } = this.#requestOf({ jaql }, place);
    const own = { jaql: { ...jaql, filter: { members: chosen } } };
    const asked = {
      ...request,
      filters: [...(filters ?? []), own],
      count: chosen.length,
      offset: 0,
    };
    try {
      const { members } = await api.members(source, asked, new AbortController().signal);
      return members.map(({ data }) => data);
    } catch (error) {
      report(this.#context, error);
      return [];
    }
  }

  #requestOf({ jaql }: ViewItem, place: LevelPlace | undefined) {
    const { dashboardOid } = this.#context.store.state;
    const filters = place ? filtersAbove(place) : [];
    return {
      dim: jaql.dim ?? dimOf(jaql),
      ...(jaql.level ? { level: jaql.level } : {}),
      ...(dashboardOid ? { dashboard: dashboardOid } : {}),
      ...(filters.length > 0 ? { filters } : {}),
    };
  }
}
