import { writeFile } from 'node:fs/promises';
import { generateKeyPair } from '../keys/generate-key-pair.ts';
import { publicKeyThumbprint } from '../keys/public-key-thumbprint.ts';
import { generateSigningKey } from '../signed/generate-signing-key.ts';
import { importVerifyKey } from '../signed/import-verify-key.ts';
import { readAlgorithm } from './read-algorithm.ts';
import { readOptions } from './read-options.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `wat keygen [--signing ALG] [--name NAME] [--json]

Writes a new RSA-2048 key pair: NAME.key, the private key, readable by its owner only, and
NAME.pub, the secret to mint with. Files that exist are left alone.

  --signing ALG  write a pair to sign tokens with instead: ES256, EdDSA or PS256. NAME.key signs
                 and stays with you; NAME.pub is what a configuration in signed mode registers
  --name NAME    where to write, without extension (default wat, with --signing wat-signing)
  --json         print the names and the thumbprint as JSON`;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = readOptions(args, {
    name: { type: 'string' },
    signing: { type: 'string' },
    json: { type: 'boolean', default: false },
  });
  const algorithm = readAlgorithm(values.signing);
  const name = values.name ?? (algorithm ? 'wat-signing' : 'wat');
  const pair = algorithm ? await generateSigningKey(algorithm) : await generateKeyPair();
  const privateKeyFile = `${name}.key`;
  const publicKeyFile = `${name}.pub`;
  await writeNew(privateKeyFile, pair.privateKey, 0o600);
  await writeNew(publicKeyFile, pair.publicKey, 0o600);
  const thumbprint = algorithm
    ? (await importVerifyKey(pair.publicKey, algorithm)).thumbprint
    : await publicKeyThumbprint(pair.publicKey);
  if (values.json) terminal.out(JSON.stringify({ privateKeyFile, publicKeyFile, thumbprint }));
  else if (algorithm) {
    terminal.out(`${privateKeyFile}: signing key, mints tokens. Keep it where tokens are made.`);
    terminal.out(`${publicKeyFile}: public key, for the configuration. It cannot mint.`);
  } else {
    terminal.out(`${privateKeyFile}: private key, opens tokens. Keep it on the server.`);
    terminal.out(`${publicKeyFile}: secret, mints tokens. Whoever has it can grant access.`);
  }
  return 0;
}

async function writeNew(file: string, text: string, mode: number): Promise<void> {
  try {
    await writeFile(file, text, { mode, flag: 'wx' });
  } catch (cause) {
    throw new UsageError(`Cannot write ${file}: it exists, or its folder does not.`, { cause });
  }
}

export const keygen: Command = { help, run };
