import type { AclRule } from '@vitrine/claims';
import { type BuildContext, type Built, built } from './build-context.ts';
import type { ContentDraft } from './content-draft.ts';
import type { FileEntry } from './read-content-file.ts';
import type { DocumentFault } from './read-document.ts';
import type { Group, User } from './schema/directory-schema.ts';
import type { Settings } from './schema/settings-schema.ts';

/** Checks what a user refers to. */
export function buildUser(entry: FileEntry, context: BuildContext): Built {
  const user = entry.object as User;
  const unknownGroups = (user.groups ?? []).flatMap((id, index) =>
    context.draft.groups.has(id) ? [] : [entry.faultAt(['groups', index], 'no such group')],
  );
  return built({ kind: 'users', object: user }, [
    ...unknownGroups,
    ...themeFaults(entry, user.theme, context.draft),
    ...ruleFaults(entry, user.rules ?? [], context.draft),
  ]);
}

/** Checks what a group refers to. */
export function buildGroup(entry: FileEntry, context: BuildContext): Built {
  const group = entry.object as Group;
  return built({ kind: 'groups', object: group }, [
    ...themeFaults(entry, group.theme, context.draft),
    ...ruleFaults(entry, group.rules ?? [], context.draft),
  ]);
}

/** Checks what the settings refer to. */
export function buildSettings(entry: FileEntry, context: BuildContext): Built {
  const settings = entry.object as Settings;
  return built(
    { kind: 'settings', object: settings },
    themeFaults(entry, settings.theme, context.draft),
  );
}

function themeFaults(entry: FileEntry, oid: string | undefined, draft: ContentDraft) {
  return oid === undefined || draft.themes.has(oid)
    ? []
    : [entry.faultAt(['theme'], 'no such theme')];
}

function ruleFaults(
  entry: FileEntry,
  rules: readonly AclRule[],
  draft: ContentDraft,
): DocumentFault[] {
  return rules.flatMap((rule, index) => {
    const model = draft.models.get(rule.dataSourceTitle);
    const at = (key: string, reason: string) => [entry.faultAt(['rules', index, key], reason)];
    if (!model) return at('dataSourceTitle', 'no such data source');
    const table = model.tables.find(({ name }) => name === rule.table);
    if (!table) return at('table', 'the data source has no such table');
    const column = table.columns.find(({ name }) => name === rule.column);
    if (!column) return at('column', 'the table has no such column');
    if (rule.datatype !== undefined && rule.datatype !== column.type) {
      return at('datatype', 'is not the type of the column');
    }
    return [];
  });
}
