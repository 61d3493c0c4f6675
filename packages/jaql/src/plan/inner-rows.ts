import type { Datatype } from '@vitrine/claims';
import { aggregatedType, datatypeOfTerm } from '../formula/make-term.ts';
import type { Aggregating, Grouping, Term } from '../formula/term.ts';
import type { InForce } from './in-force.ts';
import { type Measure, outputName, type RowJoin, type Rows } from './plan.ts';
import type { RowPlanning } from './rows-request.ts';

/** Groups; with `within`, values are computed in smaller groups and aggregated. */
export interface InnerRequest {
  readonly keys: readonly Grouping[];
  readonly filters: InForce;
  readonly within?: readonly Grouping[];
}

/** A value of such groups, under the name that it will have. */
interface InnerValue {
  readonly term: Term;
  readonly by?: Aggregating;
  readonly name: string;
}

/** Rows that are planned by themselves, since they are of other groups than the rows that ask for their values. */
export class InnerRows {
  readonly request: InnerRequest;
  readonly #values: InnerValue[] = [];

  constructor(request: InnerRequest) {
    this.request = request;
  }

  /** Asks for a value, and gives its name; the same one is computed once. */
  ask(value: Omit<InnerValue, 'name'>, nextName: () => string): string {
    const known = this.#values.find(({ term, by }) => term === value.term && by === value.by);
    if (known !== undefined) return known.name;
    const name = nextName();
    this.#values.push({ ...value, name });
    return name;
  }

  /** The rows, and what their columns are to be called. */
  plan(planning: RowPlanning): { readonly rows: Rows; readonly columns: RowJoin['columns'] } {
    const { keys, filters, within = [] } = this.request;
    const values = this.#values.map(({ term }) => term);
    const inner = planning.planRows({ keys: [...keys, ...within], filters, values });
    const measures = this.#values.flatMap(({ by }, index): Measure[] => {
      const of = inner.values[index];
      return by === undefined || of === undefined ? [] : [{ by, of }];
    });
    const isRegrouped = measures.length > 0;
    const columns = this.#values.map((value, index) => {
      const datatype = datatypeOfValue(value);
      const column = isRegrouped ? outputName('measure', index, datatype) : inner.values[index];
      if (column === undefined) throw new TypeError('A value that was asked for is not planned.');
      return { from: column, name: value.name };
    });
    const rows: Rows = isRegrouped
      ? { kind: 'regroup', rows: inner.rows, keys: keys.length, measures }
      : inner.rows;
    return { rows, columns };
  }
}

/** What a value holds once it is aggregated. */
export function datatypeOfValue({ term, by }: Omit<InnerValue, 'name'>): Datatype {
  const type = by === undefined ? term.type : aggregatedType(by, term);
  return datatypeOfTerm({ type });
}
