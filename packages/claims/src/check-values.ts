import type { SoundClaims } from './check-types.ts';
import type { AbilityName, Language } from './claims.ts';
import { abilityNames, languages } from './claims.ts';
import type { FindingCollector } from './finding-collector.ts';

const themePattern = /^[0-9a-f]{24}$/i;
const resourcePattern = /^dashboards\/[0-9a-fA-F]{24}$/;
const maxTags = 20;
const maxTagLength = 64;

const languageNames: ReadonlySet<string> = new Set(languages);
const abilities: ReadonlySet<string> = new Set(abilityNames);

export const isLanguage = (text: string): text is Language => languageNames.has(text);
export const isTheme = (text: string): boolean => themePattern.test(text);
export const isAbility = (text: string): text is AbilityName => abilities.has(text);

/** Reports values outside their lists, forms and limits (TOK-7, TOK-11 to TOK-13). */
export function checkValues(claims: SoundClaims, findings: FindingCollector): void {
  const { lng, loc, thm, trc = [], grants, jti, uses } = claims;
  if (uses !== undefined && jti === undefined) findings.add('uses_without_jti', ['uses']);
  if (lng !== undefined && !isLanguage(lng)) findings.add('language_unknown', ['lng']);
  if (loc !== undefined && !isLanguage(loc)) findings.add('locale_unknown', ['loc']);
  if (thm !== undefined && !isTheme(thm)) findings.add('theme_form', ['thm']);
  if (trc.length > maxTags) findings.add('tags_too_many', ['trc']);
  for (const [index, tag] of trc.entries()) {
    if (tag.length > maxTagLength) findings.add('tag_too_long', ['trc', index]);
  }
  for (const [index, ability] of (grants?.prm ?? []).entries()) {
    if (!isAbility(ability)) findings.add('ability_unknown', ['grants', 'prm', index]);
  }
  for (const [index, resource] of (grants?.res ?? []).entries()) {
    if (!resourcePattern.test(resource)) findings.add('resource_form', ['grants', 'res', index]);
  }
}
