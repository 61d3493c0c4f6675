export interface ThemeChoices {
  /** The embedding page's parameter. */
  readonly embed?: string | undefined;
  /** The claim `thm`. */
  readonly token?: string | undefined;
  /** Themes of the user's groups, in the user's order; groups without one may stand as undefined. */
  readonly groups: readonly (string | undefined)[];
  /** The system's default, taken where nothing else exists. */
  readonly system: string;
  readonly exists: (oid: string) => boolean;
}

export interface ThemeChoice {
  readonly oid: string;
  readonly source: 'embed' | 'token' | 'group' | 'system';
}

/**
 * The theme in force (EMB-6): embed parameter, token, group, system. Of several groups the first that names a theme
 * counts. A theme that does not exist gives way to the next level.
 */
export function themeOf({ embed, token, groups, system, exists }: ThemeChoices): ThemeChoice {
  const group = groups.find((oid) => oid !== undefined);
  if (embed !== undefined && exists(embed)) return { oid: embed, source: 'embed' };
  if (token !== undefined && exists(token)) return { oid: token, source: 'token' };
  if (group !== undefined && exists(group)) return { oid: group, source: 'group' };
  return { oid: system, source: 'system' };
}
