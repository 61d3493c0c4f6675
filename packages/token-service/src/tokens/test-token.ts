import { type Finding, FindingCollector, parseClaims, parseStrictJson } from '@vitrine/claims';
import { readHeader, TokenError } from '@vitrine/tokens';
import type { RequestHandler } from 'express';
import * as v from 'valibot';
import { objectMessage, readBody } from '../http/read-input.ts';
import { Problem } from '../problem/problem.ts';
import type { ServiceContext } from '../service-context.ts';
import { checkOptionsOf } from './check-options-of.ts';
import { type UnlockedToken, unlockToken } from './unlock-token.ts';

/** The token to test. */
export const testBody = v.strictObject({ token: v.string('must be a text') }, objectMessage);

/**
 * `POST …/test`: `{valid, findings, header, payload}` after all three levels (VAL-1). Header and payload
 * are there where they could be read, so that a form can be filled again. Never counts as a use.
 */
export function testToken(context: ServiceContext): RequestHandler {
  return async (request, response) => {
    const { token } = readBody(testBody, request.body);
    const seconds = context.tests.take('test');
    if (seconds > 0) {
      throw new Problem('rate_limited', { headers: { 'Retry-After': String(seconds) } });
    }
    const unlocked = await unlockOrFindings(token.trim(), context);
    if (Array.isArray(unlocked)) {
      response.json({ valid: false, findings: unlocked, header: null, payload: null });
      return;
    }
    const { header, text } = unlocked;
    const findings = await findingsOf(unlocked, context);
    response.json({
      valid: findings.every(({ severity }) => severity !== 'error'),
      findings,
      header,
      payload: parseStrictJson(text).value ?? null,
    });
  };
}

async function unlockOrFindings(
  token: string,
  context: ServiceContext,
): Promise<UnlockedToken | Finding[]> {
  try {
    const header = readHeader(token);
    return await context.audit.around({ act: 'token.test', kid: header.kid }, () =>
      unlockToken(token, header, context),
    );
  } catch (error) {
    if (error instanceof TokenError) return [...error.findings];
    throw error;
  }
}

/** All levels at once: an expired token with an unknown user has both findings. */
async function findingsOf(
  { configuration, text }: UnlockedToken,
  context: ServiceContext,
): Promise<readonly Finding[]> {
  const { directory } = context;
  const checks = checkOptionsOf(configuration, 'test', context);
  const { sound, findings } = parseClaims(text, checks);
  if (sound === undefined || directory.checkData === undefined) return findings;
  const all = new FindingCollector({ use: 'test', profile: configuration.profile });
  for (const finding of findings) all.take(finding);
  for (const finding of await directory.checkData(sound, configuration)) all.take(finding);
  return all.findings;
}
