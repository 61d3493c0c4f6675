/** Names that mean nothing where they stand (B-2): they fail open, so they are never passed over in silence. */
import { claimsObject, grantsSchema, ruleSchema } from './claims-schema.ts';
import type { FindingCollector, Path } from './finding-collector.ts';
import { nearName } from './near-name.ts';

const claimNames = Object.keys(claimsObject.entries);
const grantNames = Object.keys(grantsSchema.entries);
const ruleNames = Object.keys(ruleSchema.entries);
const isClaim = new Set(claimNames);
const isGrant = new Set(grantNames);
const isRuleMember = new Set(ruleNames);
const knownNames = [...grantNames, ...claimNames];

/** Reports unknown, misspelt and misplaced names of the claims, of `grants` and of the rules in `acl`. */
export function checkNames(
  claims: object,
  findings: FindingCollector,
  { audience }: { readonly audience?: string } = {},
): void {
  for (const [name, value] of Object.entries(claims)) {
    if (isClaim.has(name)) continue;
    if (name === 'aud' && audience !== undefined) continue;
    if (isGrant.has(name)) findings.add('name_misplaced', [name], 'Move it into grants.');
    else checkStranger(name, value, [name], findings);
  }
  const grants: unknown = Reflect.get(claims, 'grants');
  if (isRecord(grants)) checkGrantNames(grants, findings);
}

function checkGrantNames(grants: Record<string, unknown>, findings: FindingCollector) {
  for (const [name, value] of Object.entries(grants)) {
    const path = ['grants', name];
    if (isGrant.has(name)) continue;
    if (name === 'grants') checkStranger(name, value, path, findings);
    else if (isClaim.has(name)) {
      findings.add('name_misplaced', path, 'Move it out of grants, to the top level.');
    } else checkStranger(name, value, path, findings);
  }
  const { acl } = grants;
  if (!Array.isArray(acl)) return;
  for (const [index, rule] of acl.entries()) {
    if (isRecord(rule)) checkRuleNames(rule, ['grants', 'acl', index], findings);
  }
}

function checkRuleNames(rule: Record<string, unknown>, path: Path, findings: FindingCollector) {
  for (const name of Object.keys(rule)) {
    if (isRuleMember.has(name)) continue;
    const meant = nearName(name, ruleNames);
    if (meant === undefined) findings.add('name_unknown', [...path, name]);
    else findings.add('name_misspelt', [...path, name], `Write ${meant}.`);
  }
}

/** A name that is neither claim nor grant: misspelt, a wrapper around claims, or really unknown. */
function checkStranger(name: string, value: unknown, path: Path, findings: FindingCollector) {
  const meant = name === 'grants' ? undefined : nearName(name, knownNames);
  if (meant !== undefined) {
    const isInGrants = path.length > 1;
    const place = isGrant.has(meant)
      ? isInGrants
        ? ''
        : ' in grants'
      : isInGrants
        ? ' at the top level'
        : '';
    findings.add('name_misspelt', path, `Write ${meant}${place}.`);
    return;
  }
  const wrapped = wrappedNames(value);
  for (const inner of wrapped) {
    const place = isGrant.has(inner) ? 'into the grants at the top level' : 'to the top level';
    findings.add('name_misplaced', [...path, inner], `Move it ${place}.`);
  }
  if (wrapped.length === 0) findings.add('name_unknown', path);
}

function wrappedNames(value: unknown): string[] {
  if (!isRecord(value)) return [];
  return Object.keys(value).filter((name) => isClaim.has(name) || isGrant.has(name));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
