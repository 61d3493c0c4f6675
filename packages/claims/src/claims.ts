import type { DashboardFilter, Datatype } from './jaql-item.ts';

export const languages = [
  'de-DE',
  'en-US',
  'es-AR',
  'es-ES',
  'fr-FR',
  'it-IT',
  'ja-JP',
  'ko-KR',
  'nl-NL',
  'pt-BR',
  'ru-RU',
  'tr-TR',
  'zh-CN',
] as const;
export type Language = (typeof languages)[number];
export type Locale = Language;

export const abilityNames = ['filter', 'export'] as const;
export type AbilityName = (typeof abilityNames)[number];

export type Profile = 'compatible' | 'strict';

/** One data security rule (TOK-9, TOK-10). */
export interface AclRule {
  readonly dataSourceTitle: string;
  readonly table: string;
  readonly column: string;
  readonly datatype?: Datatype;
  readonly members?: readonly (string | number)[] | null;
  readonly exclusionary?: boolean | null;
  readonly allMembers?: boolean | null;
}

/** Absent = inherit from `sub`, `[]` = none, values = replace (TOK-4). */
export interface Grants {
  /** `dashboards/<oid>` */
  readonly res?: readonly string[];
  readonly flt?: readonly DashboardFilter[];
  readonly acl?: readonly AclRule[];
  readonly prm?: readonly AbilityName[];
}

/** What a token says, after its check. Times are NumericDate seconds (RFC 7519 §2). */
export interface Claims {
  readonly sub: string;
  readonly exp?: number | null;
  readonly nbf?: number;
  readonly iat?: unknown;
  readonly iss?: unknown;
  readonly jti?: string;
  /** How many sessions the token may open, 1 = one-time; needs `jti` (TOK-18). Absent: any number. */
  readonly uses?: number;
  /** The configuration's id, in signed tokens only (TOK-17). */
  readonly aud?: string;
  readonly grants?: Grants;
  readonly lng?: Language;
  readonly loc?: Locale;
  readonly thm?: string;
  readonly trc?: readonly string[];
}
