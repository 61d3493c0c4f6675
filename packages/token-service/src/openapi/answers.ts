/** The bodies of the token service's answers, as schemas: they describe, and the tests hold real answers against them. */
import * as v from 'valibot';

const kid = v.pipe(v.string(), v.regex(/^[0-9a-f]{24}$/));
const moment = v.pipe(v.string(), v.isoTimestamp());
const seconds = v.nullable(v.number());

const configuration = {
  kid,
  name: v.string(),
  profile: v.picklist(['compatible', 'strict']),
  enabled: v.boolean(),
  origins: v.array(v.string()),
  linksAllowed: v.boolean(),
  maxTokenLifetimeSeconds: seconds,
  allowErasedAcl: v.boolean(),
  idleTimeoutSeconds: seconds,
  endSessionsAtExp: v.boolean(),
  maxSessions: v.nullable(v.number()),
  maxSessionsPerSubject: v.nullable(v.number()),
  maxSessionsPerToken: v.nullable(v.number()),
  maxOpensPerMinute: v.nullable(v.number()),
  signature: v.nullable(
    v.object({ algorithm: v.string(), publicKey: v.looseObject({}), thumbprint: v.string() }),
  ),
  rotatedAt: v.nullable(moment),
  createdAt: moment,
  updatedAt: moment,
};

export const configurationAnswer = v.object(configuration);

export const createdConfigurationAnswer = v.object({
  ...configuration,
  secret: v.pipe(v.string(), v.description('The public key as PEM. Shown this once.')),
});

export const configurationsAnswer = v.object({ configurations: v.array(configurationAnswer) });

const revocation = v.object({
  id: v.string(),
  jti: v.exactOptional(v.string()),
  sub: v.exactOptional(v.string()),
  kid: v.exactOptional(kid),
  revokedAt: moment,
});

export const revokedAnswer = v.object({ ...revocation.entries, endedSessions: v.number() });

export const revocationsAnswer = v.object({
  revocations: v.array(revocation),
  more: v.boolean(),
});

export const usageAnswer = v.object({
  lastUsed: v.nullable(moment),
  today: v.nullable(v.number()),
  total: v.nullable(v.number()),
});

const finding = v.looseObject({
  level: v.string(),
  severity: v.picklist(['error', 'warning']),
  code: v.string(),
});

export const testAnswer = v.object({
  valid: v.boolean(),
  findings: v.array(finding),
  header: v.nullable(v.looseObject({})),
  payload: v.unknown(),
});

export const sessionOpenedAnswer = v.object({
  webSessionToken: v.string(),
  initialiser: v.string(),
});

export const sessionsAnswer = v.object({
  sessions: v.array(
    v.object({
      id: v.string(),
      kid,
      sub: v.string(),
      timeZone: v.string(),
      theme: v.nullable(v.string()),
      language: v.nullable(v.string()),
      openedAt: moment,
      seenAt: moment,
    }),
  ),
  more: v.boolean(),
});
