import type { Dashboard, Theme, Widget } from '@vitrine/charts';
import type { DashboardFilter, FilterRelations, JaqlItem } from '@vitrine/claims';
import type { Model } from '@vitrine/jaql';
import type { Group, User } from './schema/directory-schema.ts';
import type { Settings } from './schema/settings-schema.ts';

/** What a model file says about where its rows are. Paths are absolute; `env` names a variable of the environment. */
export type SourceDefinition =
  | FileSource
  | {
      readonly engine: 'postgres' | 'clickhouse';
      readonly env: string;
      readonly connections?: number;
    };

export interface FileSource {
  readonly engine: 'duckdb';
  readonly files?: Readonly<Record<string, string>>;
  /** Relation to columns in whose order it is imported. */
  readonly sortedBy?: Readonly<Record<string, readonly string[]>>;
  readonly database?: string;
}

/** A data source in service. */
export interface ContentModel extends Model {
  readonly source: SourceDefinition;
  /** How long results are kept, 0: not at all. Default without end for files, 60 s for a source that changes under its engine. */
  readonly cacheSeconds?: number;
  /** Identity of definition and data: path, size and time of change of each file. */
  readonly sourceKey: string;
}

/** A widget as stored, with the server's own keys. */
export interface ContentWidget extends Omit<Widget, 'metadata'> {
  readonly metadata: readonly JaqlItem[];
  readonly ignore?: 'all' | { readonly dims: readonly string[] };
}

export interface SourceRelations {
  /** The dashboard's own where absent. */
  readonly datasource?: string;
  readonly filterRelations: FilterRelations;
}

/** A dashboard as stored, with the server's own keys. */
export interface ContentDashboard extends Omit<Dashboard, 'filters' | 'widgets'> {
  readonly filters: readonly DashboardFilter[];
  /** By data source: how the filters are joined for its widgets; default AND. */
  readonly filterRelations?: readonly SourceRelations[];
  readonly widgets: readonly ContentWidget[];
  readonly sharedWith: {
    readonly users?: readonly string[];
    readonly groups?: readonly string[];
    readonly everyone?: true;
  };
}

/** A fault in a content file and its place. Lines and columns count from 1. */
export interface ContentProblem {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  /** RFC 6901 pointer inside the file; empty for the whole file. */
  readonly pointer: string;
  readonly reason: string;
  /** True where an earlier version of the file is still in service. */
  readonly lastGoodServes: boolean;
}

/** Everything in the content folder at one moment. Never changed, only replaced by the next generation. */
export interface Content {
  readonly generation: number;
  readonly settings: Settings;
  readonly themes: ReadonlyMap<string, Theme>;
  /** By title. */
  readonly models: ReadonlyMap<string, ContentModel>;
  readonly groups: ReadonlyMap<string, Group>;
  readonly users: ReadonlyMap<string, User>;
  readonly dashboards: ReadonlyMap<string, ContentDashboard>;
  readonly problems: readonly ContentProblem[];
}

export type { Group, Settings, Theme, User };
