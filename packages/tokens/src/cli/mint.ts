import { type CheckOptions, checkClaims, type Finding, parseStrictJson } from '@vitrine/claims';
import { mintToken } from '../mint-token.ts';
import { importSigningKey } from '../signed/import-signing-key.ts';
import { claimOptions, claimsFromOptions } from './claims-from-options.ts';
import { parseDuration } from './parse-duration.ts';
import { printFindings } from './print-findings.ts';
import { readOptions } from './read-options.ts';
import { readProfile } from './read-profile.ts';
import { checkStdinOnce, readText } from './read-text.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `wat mint --public-key FILE --kid KID [--claims FILE] [claims] [--json]

Checks claims (structure and logic) and prints the token. Warnings go to stderr.

  --public-key FILE   the secret of the configuration; - for stdin
  --kid KID           id of the configuration
  --signing-key FILE  sign the claims with this private key first, for a configuration in signed mode
  --claims FILE       claims as JSON; - for stdin. The options below replace single claims.
  --sub ID            user whose place the token takes
  --dashboard OID     a dashboard to grant; may be repeated
  --prm LIST          filter, export, filter,export or none
  --expires-in TIME   20s, 15m, 24h, 7d
  --lng, --loc, --thm, --jti TEXT
  --uses NUMBER       how many sessions the token may open, 1 for a one-time token; needs --jti
  --trc TAG           tracking tag; may be repeated
  --profile NAME      compatible (default) or strict
  --max-lifetime TIME longest lifetime that the configuration takes
  --allow-erased-acl  the configuration takes acl: [] although it is strict
  --no-compress       leave the claims uncompressed
  --pad-to BYTES      pad the claims, uncompressed, to a multiple of this
  --json              print {token, findings}`;

const options = {
  ...claimOptions,
  'public-key': { type: 'string' },
  kid: { type: 'string' },
  'signing-key': { type: 'string' },
  claims: { type: 'string' },
  profile: { type: 'string', default: 'compatible' },
  'max-lifetime': { type: 'string' },
  'allow-erased-acl': { type: 'boolean', default: false },
  'no-compress': { type: 'boolean', default: false },
  'pad-to': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = readOptions(args, options);
  const { 'public-key': keyFile, kid, claims: claimsFile, 'max-lifetime': maxLifetime } = values;
  const { 'signing-key': signingFile } = values;
  if (keyFile === undefined) throw new UsageError('--public-key is missing.');
  if (kid === undefined) throw new UsageError('--kid is missing.');
  checkStdinOnce(keyFile, claimsFile, signingFile);
  const publicKey = await readText(keyFile, terminal);
  const signingKey =
    signingFile === undefined
      ? undefined
      : await importSigningKey(await readText(signingFile, terminal));
  const base = claimsFile === undefined ? noClaims : await readClaims(claimsFile, terminal);
  if (base.findings.length > 0) return printRefused(base.findings, values.json, terminal);
  const claims = claimsFromOptions(base.claims, values, terminal.now());
  const padTo = values['pad-to'];
  const checks: Omit<CheckOptions, 'use' | 'audience'> = {
    profile: readProfile(values.profile),
    now: terminal.now(),
    allowErasedAcl: values['allow-erased-acl'],
    ...(maxLifetime !== undefined && { maxLifetimeSeconds: parseDuration(maxLifetime) }),
  };
  const { findings, claims: checked } = checkClaims(signingKey ? { aud: kid, ...claims } : claims, {
    ...{ ...checks, use: 'mint' },
    ...(signingKey && { audience: kid }),
  });
  if (checked === undefined) return printRefused(findings, values.json, terminal);
  const token = await mintToken(claims, {
    ...checks,
    kid,
    publicKey,
    ...(signingKey && { signingKey }),
    compress: padTo === undefined && !values['no-compress'],
    ...(padTo !== undefined && { padTo: readPadding(padTo) }),
  });
  if (values.json) terminal.out(JSON.stringify({ token, findings }));
  else {
    printFindings(findings, terminal.err);
    terminal.out(token);
  }
  return 0;
}

interface ClaimsFile {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly findings: readonly Finding[];
}

const noClaims: ClaimsFile = { claims: {}, findings: [] };

async function readClaims(file: string, terminal: Terminal): Promise<ClaimsFile> {
  const { value, findings } = parseStrictJson(await readText(file, terminal));
  if (findings.length > 0) return { claims: {}, findings };
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new UsageError('The claims file must hold a JSON object.');
  }
  return { claims: { ...value }, findings };
}

function readPadding(text: string): number {
  const bytes = Number(text);
  if (Number.isInteger(bytes) && bytes >= 16 && bytes <= 65_536) return bytes;
  throw new UsageError('--pad-to is a whole number between 16 and 65536.');
}

function printRefused(findings: readonly Finding[], json: boolean, terminal: Terminal): ExitCode {
  if (json) terminal.out(JSON.stringify({ findings }));
  else printFindings(findings, terminal.err);
  return 1;
}

export const mint: Command = { help, run };
