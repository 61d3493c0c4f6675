/**
 * Groups, and measures of them:
 *
 *   1. one select a fact scans for all aggregates of these groups     (plan-groups)
 *   2. what needs other groups is planned by itself and joined        (inner-rows: multi-pass, ALL)
 *   3. what looks at other periods is joined from the rows themselves (PASTYEAR), or summed over them (YTDSUM)
 *   4. groups that only other periods needed go
 *   5. what is computed over the rows that are left                   (RANK, RSUM)
 *   6. arithmetic
 *
 * A term is placed: it becomes an expression, and the stage after which its columns are there.
 */
import { datatypeOfTerm } from '../formula/make-term.ts';
import type { Term, TermOf, WindowFunction } from '../formula/term.ts';
import { changeSituation, type Situation } from './change-situation.ts';
import { isShorterThanGroups, movedKey, queryDate } from './date-key.ts';
import { type Fact, factsOf } from './facts-of.ts';
import { openPast, sameInForce } from './in-force.ts';
import { datatypeOfValue, type InnerRequest, InnerRows } from './inner-rows.ts';
import {
  type Condition,
  datatypeOf,
  type Expression,
  type Order,
  type Output,
  outputName,
  type RowJoin,
  type Rows,
} from './plan.ts';
import { planGroups } from './plan-groups.ts';
import type { Leaf } from './plan-select.ts';
import { expressionOf } from './row-expression.ts';
import { keyName, type PlannedRows, type RowPlanning, type RowsRequest } from './rows-request.ts';
import { type Placed, Stages } from './stages.ts';
import { aggregatesIn, isOfOwnGroup, isOverRows, termKey } from './term-fields.ts';
import { windowOf } from './window-of.ts';

/** Plans groups and their values. Codes `fan_out`, `no_path`, `rule_unreachable`, `formula_misplaced`. */
export function planRows(request: RowsRequest, planning: RowPlanning): PlannedRows {
  return new RowsPlanner(request, planning).plan();
}

type ToDate = TermOf<'window'> & { readonly by: Extract<WindowFunction, { kind: 'toDate' }> };

function isToDate(term: TermOf<'window'>): term is ToDate {
  return term.by.kind === 'toDate';
}

class RowsPlanner {
  readonly #request: RowsRequest;
  readonly #planning: RowPlanning;
  readonly #own: Situation;
  readonly #leaves: Leaf[] = [];
  readonly #inner: { readonly rows: InnerRows; readonly situation: Situation }[] = [];
  /** What is computed for other groups, each of which is in one of these. */
  readonly #counted: TermOf<'aggregate'>[] = [];
  readonly #stages: Stages;

  constructor(request: RowsRequest, planning: RowPlanning) {
    this.#request = request;
    this.#planning = planning;
    this.#own = { filters: request.filters, keys: request.keys.map((_, index) => index) };
    this.#stages = new Stages(planning.nextName);
  }

  plan(): PlannedRows {
    const placed = this.#request.values.map((term) => this.#place(term, this.#own));
    const last = Math.max(0, ...placed.map(({ stage }) => stage));
    const values = placed.map(({ of }) => this.#stages.add(of, last).of);
    const { rows, present } = this.#base();
    return { rows: this.#stages.build(rows, present, this.#planning.nextAlias), values };
  }

  #place(term: Term, situation: Situation): Placed {
    switch (term.kind) {
      case 'aggregate':
        return this.#placeLeaf(term, situation);
      case 'pass':
        return this.#placeInner(term, situation);
      case 'measured': {
        const { keys } = this.#request;
        const changed = changeSituation(term, keys, situation, this.#planning.reading);
        if (changed === undefined) return this.#placeNone(term.of, situation);
        return changed.keys.length === keys.length
          ? this.#place(term.of, changed)
          : this.#placeInner(term.of, changed);
      }
      case 'window':
        return isToDate(term)
          ? this.#placeToDate(term, situation)
          : this.#placeWindow(term, situation);
      default: {
        let stage = 0;
        const of = expressionOf(term, (part) => {
          const placed = this.#place(part, situation);
          stage = Math.max(stage, placed.stage);
          return placed.of;
        });
        return { of, stage };
      }
    }
  }

  #placeLeaf(term: TermOf<'aggregate'>, { filters, moved }: Situation): Placed {
    const key = termKey(term);
    const known = this.#leaves.findIndex(
      (leaf) => sameInForce(leaf.filters, filters) && termKey(leaf.term) === key,
    );
    const index = known >= 0 ? known : this.#leaves.push({ term, filters }) - 1;
    const of = outputName('measure', index, datatypeOfTerm(term));
    return moved === undefined ? { of, stage: 0 } : this.#lookUp(of, 0, moved);
  }

  /** No value, of the type that there would be one of. */
  #placeNone(term: Term, situation: Situation): Placed {
    const { of, stage } = this.#place(term, situation);
    const never: Expression = { kind: 'constant', value: false };
    const branches = [{ when: never, gives: of }];
    return { of: { kind: 'case', branches, datatype: datatypeOf(of) }, stage };
  }

  /** A column of the rows themselves, of the row at the moved date. */
  #lookUp(column: Output, stage: number, moved: NonNullable<Situation['moved']>): Placed {
    const situation = { ...this.#own, moved };
    return this.#stages.look(JSON.stringify(moved.moves), stage, column, () => ({
      rows: 'itself',
      on: this.#match(situation),
      alias: this.#planning.nextAlias(),
    }));
  }

  /** A value of other groups, of the one that shares this row's keys. */
  #placeInner(term: Term, situation: Situation): Placed {
    const { keys } = this.#request;
    const kept = situation.keys.flatMap((index) => keys[index] ?? []);
    const isPass = term.kind === 'pass';
    const asked = {
      keys: kept,
      filters: situation.filters,
      ...(isPass ? { within: term.groups } : {}),
    };
    if (kept.length === keys.length) this.#counted.push(...aggregatesIn(term));
    const known = this.#inner.find((one) => isSameInner(one, asked, situation));
    const inner = known ?? { rows: new InnerRows(asked), situation };
    if (known === undefined) this.#inner.push(inner);
    const value = isPass ? { term: term.of, by: term.by } : { term };
    const name = inner.rows.ask(value, this.#planning.nextName);
    const datatype = datatypeOfValue(value);
    return { of: { kind: 'output', name, datatype }, stage: 1 };
  }

  /** Over all rows that there are, those included that are not shown: a filter must not cut off the start of a year. */
  #placeToDate(term: ToDate, situation: Situation): Placed {
    const { keys } = this.#request;
    const date = queryDate(keys, situation.filters, term.place);
    if (isShorterThanGroups(date, term.by.unit)) return this.#placeNone(term.of, situation);
    const filters = openPast(situation.filters, date.field);
    if (!isOfOwnGroup(term.of)) {
      const isOwn = situation.moved === undefined && sameInForce(filters, this.#request.filters);
      return isOwn
        ? this.#placeWindow(term, situation)
        : this.#placeInner(term, { ...situation, filters });
    }
    const { moved, ...here } = situation;
    const of = this.#place(term.of, { ...here, filters });
    const summed = this.#stages.add(windowOf(term, asNumber(of.of), keys, []), of.stage);
    return moved === undefined ? summed : this.#lookUp(summed.of, summed.stage, moved);
  }

  #placeWindow(term: TermOf<'window'>, situation: Situation): Placed {
    if (situation.moved !== undefined) return this.#placeInner(term, situation);
    const { of, stage } = this.#place(term.of, situation);
    const sorted = this.#sorted(term);
    const over = windowOf(term, asNumber(of), this.#request.keys, sorted.order);
    return this.#stages.addShown(over, Math.max(stage, sorted.stage));
  }

  /** The order of the query's rows, in which running sums run; what is itself computed over rows has no say in it. */
  #sorted({ by }: TermOf<'window'>): { readonly order: readonly Order[]; readonly stage: number } {
    const { keys, values, sorted = [] } = this.#request;
    const ties = keys.map((_, index): Order => {
      return { of: keyName(this.#request, index), direction: 'asc' };
    });
    if (by.kind !== 'running') return { order: ties, stage: 0 };
    let stage = 0;
    const first = sorted.flatMap(({ role, index, direction }): Order[] => {
      if (role === 'key') return [{ of: keyName(this.#request, index), direction }];
      const term = values[index];
      if (term === undefined || isOverRows(term)) return [];
      const placed = this.#place(term, this.#own);
      stage = Math.max(stage, placed.stage);
      return [{ of: placed.of, direction }];
    });
    return { order: [...first, ...ties], stage };
  }

  /** The rows that all others are joined to, and what keeps those of the query's own filters. */
  #base(): { readonly rows: Rows; readonly present: readonly Condition[] } {
    const { keys, filters } = this.#request;
    const planned = this.#inner.map(({ rows, situation }) => ({
      situation,
      ...rows.plan(this.#planning),
    }));
    const facts = this.#facts();
    const isScanned = this.#leaves.length > 0 || facts.length > 1;
    const base = isScanned
      ? undefined
      : planned.find(
          ({ situation }) =>
            keys.length === 0 ||
            (situation.keys.length === keys.length &&
              situation.moved === undefined &&
              sameInForce(situation.filters, filters)),
        );
    for (const one of planned) {
      const { columns, situation } = one;
      if (one === base) this.#stages.rename(0, columns);
      else {
        const { nextAlias } = this.#planning;
        const on = this.#match(situation);
        this.#stages.joinTo(0, { rows: one.rows, columns, on, alias: nextAlias() });
      }
    }
    if (base !== undefined) return { rows: base.rows, present: [] };
    return planGroups({ keys, filters, leaves: this.#leaves, facts }, this.#planning);
  }

  /** Whose groups these are; of values without groups, whose aggregates. */
  #facts(): readonly Fact[] {
    const { keys, values } = this.#request;
    const leaves = this.#leaves.map(({ term }) => term);
    if (keys.length === 0) return leaves.length === 0 ? [] : factsOf(keys, leaves, this.#planning);
    const counted = [...leaves, ...this.#counted];
    const all = counted.length > 0 ? counted : values.flatMap(aggregatesIn);
    return factsOf(keys, all, this.#planning);
  }

  /** How a row finds its like: by equal keys, by the moved date where one is moved. Coarser levels of it follow from it. */
  #match({ keys, moved }: Situation): RowJoin['on'] {
    return keys.flatMap((index, position): RowJoin['on'] => {
      const key = this.#request.keys[index];
      const left = keyName(this.#request, index);
      const right = outputName('key', position, left.datatype).name;
      if (moved === undefined || key?.field !== moved.field) {
        return [{ left, right, withNull: true }];
      }
      if (index !== moved.index || key.period === undefined) return [];
      return [{ left: movedKey(left, key.period, moved.moves), right, withNull: false }];
    });
  }
}

function isSameInner(
  { rows, situation }: { readonly rows: InnerRows; readonly situation: Situation },
  asked: InnerRequest,
  { keys, moved }: Situation,
): boolean {
  const { filters, within } = rows.request;
  const groups = (some: InnerRequest['within']) =>
    some?.map(({ field, period }) => [field.dim, period ?? null]);
  const shape = (one: Situation, groupings: InnerRequest['within']) =>
    JSON.stringify([one.keys, one.moved?.moves ?? null, groups(groupings) ?? null]);
  return (
    sameInForce(filters, asked.filters) &&
    shape(situation, within) === shape({ keys, filters, ...(moved ? { moved } : {}) }, asked.within)
  );
}

function asNumber(of: Expression): Expression {
  return of.kind === 'output' ? { kind: 'number', of } : of;
}
