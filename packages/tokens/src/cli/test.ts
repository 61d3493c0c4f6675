import type { Finding } from '@vitrine/claims';
import { importPrivateKey } from '../keys/import-private-key.ts';
import { importVerifyKey, type VerifyKey } from '../signed/import-verify-key.ts';
import { parseDuration } from './parse-duration.ts';
import { printFindings } from './print-findings.ts';
import { readAlgorithm } from './read-algorithm.ts';
import { readOptions } from './read-options.ts';
import { readProfile } from './read-profile.ts';
import { checkStdinOnce, readText, readToken } from './read-text.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';
import { testLocally } from './test-locally.ts';
import { testRemotely } from './test-remotely.ts';
import { UsageError } from './usage-error.ts';

const help = `wat test TOKEN (--private-key FILE | --url URL) [--json]

Tests a token and prints its header, claims and findings. TOKEN may be - for stdin.

  --private-key FILE       test structure and logic here; - for stdin
  --signing ALG            the configuration is in signed mode: ES256, EdDSA or PS256, with --private-key
  --verify-key FILE        public key of the issuer, with --signing
  --profile NAME           compatible (default) or strict, with --private-key
  --max-lifetime TIME      longest lifetime that the configuration takes, with --private-key
  --allow-erased-acl       the configuration takes acl: [] although it is strict, with --private-key
  --url URL                have the service at this address test structure, logic and data
  --admin-token-file FILE  the service's admin token (default: environment ADMIN_TOKEN)
  --json                   print {valid, findings, header, payload}`;

const options = {
  'private-key': { type: 'string' },
  signing: { type: 'string' },
  'verify-key': { type: 'string' },
  profile: { type: 'string', default: 'compatible' },
  'max-lifetime': { type: 'string' },
  'allow-erased-acl': { type: 'boolean', default: false },
  url: { type: 'string' },
  'admin-token-file': { type: 'string' },
  json: { type: 'boolean', default: false },
} as const;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values, argument } = readOptions(args, options, { maxArguments: 1 });
  const { 'private-key': keyFile, url, 'max-lifetime': maxLifetime } = values;
  if ((keyFile === undefined) === (url === undefined)) {
    throw new UsageError('Give either --private-key or --url.');
  }
  const { signing, 'verify-key': verifyFile } = values;
  if ((signing === undefined) !== (verifyFile === undefined)) {
    throw new UsageError('--signing and --verify-key come together.');
  }
  checkStdinOnce(argument, keyFile, verifyFile, values['admin-token-file']);
  const token = await readToken(argument, terminal);
  const report =
    keyFile === undefined
      ? await testRemotely(token, {
          url: url ?? '',
          adminToken: await readAdminToken(values['admin-token-file'], terminal),
        })
      : await testLocally(token, await importPrivateKey(await readText(keyFile, terminal)), {
          profile: readProfile(values.profile),
          now: terminal.now(),
          allowErasedAcl: values['allow-erased-acl'],
          verifyKey: await readVerifyKey(signing, verifyFile, terminal),
          ...(maxLifetime !== undefined && { maxLifetimeSeconds: parseDuration(maxLifetime) }),
        });
  if (values.json) terminal.out(JSON.stringify(report));
  else printReport(report, terminal);
  return report.valid === true ? 0 : 1;
}

async function readVerifyKey(
  signing: string | undefined,
  file: string | undefined,
  terminal: Terminal,
): Promise<VerifyKey | undefined> {
  const algorithm = readAlgorithm(signing);
  if (algorithm === undefined || file === undefined) return undefined;
  return importVerifyKey(await readText(file, terminal), algorithm);
}

async function readAdminToken(file: string | undefined, terminal: Terminal): Promise<string> {
  const text = file === undefined ? terminal.env.ADMIN_TOKEN : await readText(file, terminal);
  if (!text?.trim()) throw new UsageError('Give ADMIN_TOKEN or --admin-token-file.');
  return text.trim();
}

function printReport(
  report: { readonly [part in 'valid' | 'header' | 'payload' | 'findings']?: unknown },
  { out }: Terminal,
) {
  const { valid, header, payload, findings } = report;
  if (header !== undefined) out(`header ${JSON.stringify(header)}`);
  if (payload !== undefined) out(`claims ${JSON.stringify(payload, null, 2)}`);
  if (Array.isArray(findings)) printFindings(findings.filter(isFinding), out);
  out(valid === true ? 'valid' : 'not valid');
}

function isFinding(value: unknown): value is Finding {
  return typeof value === 'object' && value !== null && 'code' in value && 'severity' in value;
}

export const test: Command = { help, run };
