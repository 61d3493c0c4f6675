import {
  type Condition,
  type Derive,
  datatypeOf,
  type Expression,
  type Output,
  type RowJoin,
  type Rows,
} from './plan.ts';

type Column = Derive['columns'][number];

/** An expression over columns that are there after a stage. */
export interface Placed {
  readonly of: Expression;
  readonly stage: number;
}

/** Stages from here on see only the groups that are shown. */
const firstShown = 1_000;

interface Stage {
  readonly joins: Map<string, RowJoin>;
  readonly columns: Column[];
}

/** Columns that are added to rows one stage after the other; equal ones once. */
export class Stages {
  readonly #stages = new Map<number, Stage>();
  readonly #known = new Map<string, { of: Output; stage: number }>();
  readonly #nextName: () => string;

  constructor(nextName: () => string) {
    this.#nextName = nextName;
  }

  /** A column computed from what is there after `from`. */
  add(of: Expression, from: number): { readonly of: Output; readonly stage: number } {
    if (of.kind === 'output') return { of, stage: from };
    const key = JSON.stringify([of, from]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = this.#nextName();
    this.#at(from + 1).columns.push({ name, of });
    const added = { of: outputOf(name, of), stage: from + 1 };
    this.#known.set(key, added);
    return added;
  }

  /** As `add`, over the groups that are shown. */
  addShown(of: Expression, from: number): { readonly of: Output; readonly stage: number } {
    return this.add(of, Math.max(from, firstShown));
  }

  /** A column of the rows as they are after `from`, by a join that all columns with the same key share. */
  look(key: string, from: number, column: Output, make: () => Omit<RowJoin, 'columns'>): Placed {
    const { joins } = this.#at(from + 1);
    const join = joins.get(key) ?? { ...make(), columns: [] };
    const known = join.columns.find((one) => one.from.name === column.name);
    const name = known?.name ?? this.#nextName();
    const columns = known === undefined ? [...join.columns, { from: column, name }] : join.columns;
    joins.set(key, { ...join, columns });
    return { of: outputOf(name, column), stage: from + 1 };
  }

  /** Joins other rows. */
  joinTo(from: number, join: RowJoin): void {
    this.#at(from + 1).joins.set(join.alias, join);
  }

  /** Columns of the rows under other names. */
  rename(from: number, columns: RowJoin['columns']): void {
    const renamed = columns.map((one): Column => ({ name: one.name, of: one.from }));
    this.#at(from + 1).columns.push(...renamed);
  }

  /** The rows with all columns. `present` keeps the groups that are shown. */
  build(rows: Rows, present: readonly Condition[], nextAlias: () => string): Rows {
    const order = [...this.#stages.keys()].sort((a, b) => a - b);
    const firstOfShown = order.find((stage) => stage > firstShown);
    let built = rows;
    for (const number of order) {
      const stage = this.#at(number);
      const where = number === firstOfShown ? present : [];
      const joins = [...stage.joins.values()];
      built = {
        kind: 'derive',
        rows: built,
        joins,
        where,
        columns: stage.columns,
        alias: nextAlias(),
      };
    }
    if (present.length === 0 || firstOfShown !== undefined) return built;
    return {
      kind: 'derive',
      rows: built,
      joins: [],
      where: present,
      columns: [],
      alias: nextAlias(),
    };
  }

  #at(number: number): Stage {
    const stage = this.#stages.get(number) ?? { joins: new Map(), columns: [] };
    this.#stages.set(number, stage);
    return stage;
  }
}

function outputOf(name: string, of: Expression): Output {
  return { kind: 'output', name, datatype: datatypeOf(of) };
}
