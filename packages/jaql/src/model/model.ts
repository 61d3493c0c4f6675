import type { Datatype } from '@vitrine/claims';

export interface ModelColumn {
  readonly name: string;
  /** Name in the database; the model's name where absent. */
  readonly column?: string;
  readonly type: Datatype;
  /** Left out of field lists; still usable in relations. */
  readonly hidden?: boolean;
}

export interface ModelTable {
  readonly name: string;
  /** Relation in the database. Two tables may read the same one (an airport as origin and as destination). */
  readonly from?: string;
  /** Instead of `from`: one SELECT in the engine's own SQL, whose rows are the table; `:name` is a parameter of the user. */
  readonly sql?: string;
  /** The parameters in `sql`. Who does not have them all, with these types, cannot query the data source. */
  readonly parameters?: Readonly<Record<string, Datatype>>;
  readonly columns: readonly ModelColumn[];
}

/** Many rows of `from` belong to one row of `to`. Ends are `[Table.Column]`. */
export interface ModelRelation {
  readonly from: string;
  readonly to: string;
}

/** A data source as queries see it. Its title is its name in `datasource`, `dataSourceTitle` and URLs. */
export interface Model {
  readonly oid: string;
  readonly title: string;
  readonly tables: readonly ModelTable[];
  readonly relations: readonly ModelRelation[];
}
