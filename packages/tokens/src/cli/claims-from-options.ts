import { parseDuration } from './parse-duration.ts';

/** Options of `wat mint` that stand for single claims. */
export const claimOptions = {
  sub: { type: 'string' },
  dashboard: { type: 'string', multiple: true },
  prm: { type: 'string' },
  'expires-in': { type: 'string' },
  lng: { type: 'string' },
  loc: { type: 'string' },
  thm: { type: 'string' },
  jti: { type: 'string' },
  uses: { type: 'string' },
  trc: { type: 'string', multiple: true },
} as const;

type ClaimValues = {
  readonly [Name in keyof typeof claimOptions]?:
    | ((typeof claimOptions)[Name] extends { multiple: true } ? string[] : string)
    | undefined;
};

type ClaimsObject = Readonly<Record<string, unknown>>;

/** Puts the claims that options give in place of those of a file. Throws `UsageError` for a wrong duration. */
export function claimsFromOptions(
  claims: ClaimsObject,
  values: ClaimValues,
  now: number,
): ClaimsObject {
  const { dashboard, prm, uses, 'expires-in': expiresIn } = values;
  const grants = {
    ...(dashboard && { res: dashboard.map((oid) => `dashboards/${oid}`) }),
    ...(prm !== undefined && { prm: prm === 'none' ? [] : prm.split(',') }),
  };
  const given = {
    ...claims,
    ...pick(values, ['sub', 'lng', 'loc', 'thm', 'jti', 'trc']),
    ...(uses !== undefined && { uses: Number(uses) }),
    ...(expiresIn !== undefined && { exp: Math.floor(now) + parseDuration(expiresIn) }),
  };
  if (Object.keys(grants).length === 0) return given;
  const before = claims.grants;
  return { ...given, grants: { ...(typeof before === 'object' && before), ...grants } };
}

function pick(values: ClaimValues, names: readonly (keyof ClaimValues)[]): ClaimsObject {
  return Object.fromEntries(
    names.filter((name) => values[name] !== undefined).map((name) => [name, values[name]]),
  );
}
