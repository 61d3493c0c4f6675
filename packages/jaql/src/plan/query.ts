import type {
  AclRule,
  DashboardFilter,
  Datatype,
  FilterRelations,
  Jaql,
  JaqlItem,
  ValueFormat,
} from '@vitrine/claims';
import type { Model } from '../model/model.ts';

/** A JAQL query. Text keys, numbers and shapes are checked when it is compiled: it may come from a client as it is. */
export interface JaqlQuery {
  /** Title of the data source, or an object with it; where given, it must be the model's. */
  readonly datasource?: string | { readonly title?: string };
  readonly metadata: readonly JaqlItem[];
  /** Rows, 1 up to the configured maximum; 20,000 by default. */
  readonly count?: number;
  /** Rows left out before the first, 0 by default. */
  readonly offset?: number;
  /** Raw rows; only without measures. */
  readonly ungroup?: boolean;
  /** Totals of the whole, and, unless `subtotals` is false, of the groups of each leading part of the dimensions. */
  readonly grandTotals?: boolean | { readonly title?: string; readonly subtotals?: boolean };
  /** How filters of `metadata` are joined, by their `instanceid`; those that it does not name are ANDed. */
  readonly filterRelations?: FilterRelations;
}

/** What a filter's list of members asks for. */
export interface MembersRequest {
  readonly dim: string;
  readonly level?: string;
  readonly firstday?: string;
  /** Keeps members that contain it, in any case. */
  readonly term?: string;
  /** Filters in force above this one: the levels of a cascading filter. Members are those that they leave. */
  readonly filters?: readonly DashboardFilter[];
  readonly count?: number;
  readonly offset?: number;
}

/** Everything a query means besides its own text. */
export interface Scope {
  readonly model: Model;
  /** Data security of this data source: the rules of a `grants.acl`, or the user's. They are ANDed under everything else. */
  readonly rules: readonly AclRule[];
  /** The user's own parameters, which live tables of the model may name. Default none. */
  readonly parameters?: Readonly<Record<string, unknown>>;
  /** Dashboard filters in force. */
  readonly filters: readonly DashboardFilter[];
  /** How the own parts of `filters` are joined; default AND. Background parts are ANDed always. */
  readonly filterRelations?: FilterRelations;
  /** Dims whose dashboard filters the widget does not follow; background parts stay. */
  readonly ignore?: readonly string[];
  /** The moment that relative dates count from; one value for a whole refresh. */
  readonly now: Date;
  /** IANA name of the session's time zone, for `now`. */
  readonly timeZone: string;
  /** Largest `count` a query may ask for. */
  readonly maxRows: number;
}

/** One column of the answer; the item at index i describes cell i of each row. */
export interface CompiledItem {
  /** Index of the item in the query's `metadata`. */
  readonly index: number;
  readonly role: 'dimension' | 'measure';
  /** The item's `jaql` with what it left open filled in; a formula has no `dim`. */
  readonly jaql: Jaql & {
    readonly title: string;
    readonly datatype: Datatype;
  };
  readonly format?: ValueFormat;
  readonly panel?: string;
  /** Index, behind the items' own cells, of a boolean cell: is this row's member among `in.selected`? */
  readonly selected?: number;
}
