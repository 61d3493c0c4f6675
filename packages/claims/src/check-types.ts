import * as v from 'valibot';
import { claimsObject, claimsSchema } from './claims-schema.ts';
import { type FindingCode, isFindingCode } from './finding-codes.ts';
import type { FindingCollector } from './finding-collector.ts';

// What the first look left is looked at again without the flawed claims, so that all findings come at once.
const partialSchema = v.object({
  ...claimsObject.entries,
  sub: v.exactOptional(claimsObject.entries.sub),
});

/** Claims whose types are right; those with a wrong type are left out. */
export type SoundClaims = v.InferOutput<typeof partialSchema>;

/** Reports wrong types, and returns the claims whose types are right; undefined where the value is not an object. */
export function checkTypes(value: unknown, findings: FindingCollector): SoundClaims | undefined {
  const result = v.safeParse(claimsSchema, value);
  if (result.success) return result.output;
  const flawed = new Set<string>();
  for (const issue of result.issues) {
    const path = issue.path?.map(({ key }) => pathPart(key)) ?? [];
    const isMissing = issue.path?.at(-1)?.origin === 'key';
    findings.add(isMissing ? missingCode(path) : codeOf(issue.message), path);
    flawed.add(claimAt(path));
  }
  const rest = v.safeParse(partialSchema, withoutFlawed(value, flawed));
  return rest.success ? rest.output : undefined;
}

function pathPart(key: unknown): string | number {
  return typeof key === 'number' ? key : String(key);
}

function missingCode(path: readonly (string | number)[]): FindingCode {
  return path.length === 1 ? 'sub_missing' : 'member_missing';
}

function codeOf(message: string): FindingCode {
  if (isFindingCode(message)) return message;
  throw new TypeError('A part of the schema has no finding code');
}

/** `exp`, or `grants/acl` inside grants. */
function claimAt(path: readonly (string | number)[]): string {
  return path.slice(0, path[0] === 'grants' ? 2 : 1).join('/');
}

function withoutFlawed(value: unknown, flawed: ReadonlySet<string>): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([claim]) => !flawed.has(claim))
      .map(([claim, part]: [string, unknown]) => [
        claim,
        claim === 'grants' ? withoutFlawedGrants(part, flawed) : part,
      ]),
  );
}

function withoutFlawedGrants(grants: unknown, flawed: ReadonlySet<string>): unknown {
  if (typeof grants !== 'object' || grants === null) return undefined;
  return Object.fromEntries(
    Object.entries(grants).filter(([claim]) => !flawed.has(`grants/${claim}`)),
  );
}
