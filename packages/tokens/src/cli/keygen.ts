import { writeFile } from 'node:fs/promises';
import { generateKeyPair } from '../keys/generate-key-pair.ts';
import { publicKeyThumbprint } from '../keys/public-key-thumbprint.ts';
import { readOptions } from './read-options.ts';
import type { Command, ExitCode, Terminal } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const help = `wat keygen [--name NAME] [--json]

Writes a new RSA-2048 key pair: NAME.key, the private key, readable by its owner only, and
NAME.pub, the secret to mint with. Files that exist are left alone.

  --name NAME   where to write, without extension (default wat)
  --json        print the names and the thumbprint as JSON`;

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const { values } = readOptions(args, {
    name: { type: 'string', default: 'wat' },
    json: { type: 'boolean', default: false },
  });
  const { publicKey, privateKey } = await generateKeyPair();
  const privateKeyFile = `${values.name}.key`;
  const publicKeyFile = `${values.name}.pub`;
  await writeNew(privateKeyFile, privateKey, 0o600);
  await writeNew(publicKeyFile, publicKey, 0o600);
  const thumbprint = await publicKeyThumbprint(publicKey);
  if (values.json) terminal.out(JSON.stringify({ privateKeyFile, publicKeyFile, thumbprint }));
  else {
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
