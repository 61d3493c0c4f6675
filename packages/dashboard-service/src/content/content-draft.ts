import { lightTheme, type Theme } from '@vitrine/charts';
import type { Content, ContentDashboard, ContentModel, ContentProblem } from './content.ts';
import type { Group, User } from './schema/directory-schema.ts';
import type { ContentKind } from './schema/json-schemas.ts';
import type { Settings } from './schema/settings-schema.ts';

/** An object that passed its checks, ready to serve. */
export type Settled =
  | { readonly kind: 'themes'; readonly object: Theme }
  | { readonly kind: 'settings'; readonly object: Settings }
  | { readonly kind: 'models'; readonly object: ContentModel }
  | { readonly kind: 'groups'; readonly object: Group }
  | { readonly kind: 'users'; readonly object: User }
  | { readonly kind: 'dashboards'; readonly object: ContentDashboard };

/** Content while it is put together: what has been settled so far is what later files may refer to. */
export class ContentDraft {
  readonly themes = new Map<string, Theme>();
  readonly models = new Map<string, ContentModel>();
  readonly groups = new Map<string, Group>();
  readonly users = new Map<string, User>();
  readonly dashboards = new Map<string, ContentDashboard>();
  settings: Settings | undefined;
  readonly #owners = new Map<string, string>();

  /** The name of the file that already holds an object of this kind and id. */
  ownerOf(kind: ContentKind, id: string): string | undefined {
    return this.#owners.get(`${kind} ${id}`);
  }

  /** Takes an object unless its id is taken. */
  add(settled: Settled, file: string): void {
    const id = idOf(settled);
    if (this.ownerOf(settled.kind, id) !== undefined) return;
    this.#owners.set(`${settled.kind} ${id}`, file);
    switch (settled.kind) {
      case 'themes':
        this.themes.set(id, settled.object);
        break;
      case 'settings':
        this.settings = settled.object;
        break;
      case 'models':
        this.models.set(id, settled.object);
        break;
      case 'groups':
        this.groups.set(id, settled.object);
        break;
      case 'users':
        this.users.set(id, settled.object);
        break;
      case 'dashboards':
        this.dashboards.set(id, settled.object);
        break;
    }
  }

  /** The snapshot. Where the folder has no theme at all, the built-in one is there. */
  finish(generation: number, problems: readonly ContentProblem[]): Content {
    if (this.themes.size === 0) this.themes.set(lightTheme.oid, lightTheme);
    const { themes, models, groups, users, dashboards } = this;
    const settings = this.settings ?? {};
    return { generation, settings, themes, models, groups, users, dashboards, problems };
  }
}

/** What an object is found by. */
export function idOf(settled: Settled): string {
  switch (settled.kind) {
    case 'settings':
      return 'settings';
    case 'models':
      return settled.object.title;
    case 'groups':
    case 'users':
      return settled.object.id;
    case 'themes':
    case 'dashboards':
      return settled.object.oid;
  }
}
