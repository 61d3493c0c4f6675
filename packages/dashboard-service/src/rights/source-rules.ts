import type { AclRule, Claims } from '@vitrine/claims';
import type { LiveSession } from '@vitrine/token-service';
import type { Content, ContentModel, User } from '../content/content.ts';
import { inheritedRules } from './inherited-rules.ts';

export interface SourceRules {
  /** A data source that is not here cannot be queried. */
  readonly rules: ReadonlyMap<string, readonly AclRule[]>;
  readonly erased: readonly string[];
}

/** The rules in force on each data source a session reaches (TOK-9, `compatible` and `strict`). */
export function sourceRules(
  session: Pick<LiveSession, 'claims' | 'profile' | 'allowErasedAcl'>,
  user: User,
  content: Content,
  reached: ReadonlySet<string>,
): SourceRules {
  const acl = session.claims.grants?.acl;
  const given = acl ?? inheritedRules(user, content);
  const rules = new Map<string, readonly AclRule[]>();
  const erased: string[] = [];
  for (const title of reached) {
    const model = content.models.get(title);
    if (!given || !model) continue;
    const ofSource = given.filter(({ dataSourceTitle }) => dataSourceTitle === title);
    if (acl && ofSource.length === 0) {
      if (!mayErase(session)) continue;
      erased.push(title);
    }
    rules.set(
      title,
      ofSource.every((rule) => ruledColumnExists(rule, model)) ? ofSource : nothing(model),
    );
  }
  return { rules, erased };
}

/** True where the rule's table and column are in the model. */
export function ruledColumnExists({ table, column }: AclRule, model: ContentModel): boolean {
  return model.tables.some(
    ({ name, columns }) => name === table && columns.some((known) => known.name === column),
  );
}

/** Whether a present `acl` may leave a source of this session without a rule. */
function mayErase({
  profile,
  allowErasedAcl,
  claims,
}: {
  readonly profile: string;
  readonly allowErasedAcl: boolean;
  readonly claims: Claims;
}): boolean {
  if (profile !== 'strict') return true;
  return allowErasedAcl && claims.grants?.acl?.length === 0;
}

/** A rule on each table that no row passes: for a source whose rules cannot be applied as written. */
function nothing(model: ContentModel): readonly AclRule[] {
  return model.tables.flatMap(({ name, columns }) =>
    columns.slice(0, 1).map((column) => ({
      dataSourceTitle: model.title,
      table: name,
      column: column.name,
      members: [],
      exclusionary: false,
    })),
  );
}
