import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A minting example that tests can run. */
export interface Minter {
  readonly language: string;
  readonly command: string;
  /** Arguments before the kid and the file of the public key. */
  readonly args: readonly string[];
  /** Arguments with which the command succeeds where the library is installed. */
  readonly probe: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** Debian packages that bring runtime and library; none where the workspace does. */
  readonly packages: string;
}

/** Folder of the examples. */
export const examples = join(dirname(fileURLToPath(import.meta.url)), '../../examples/mint');
const program = (file: string) => join(examples, file);

// Debian's Go libraries are source in a GOPATH of their own, not modules.
const debianGo = { GOPATH: '/usr/share/gocode', GO111MODULE: 'off' };

export const minters: readonly Minter[] = [
  {
    language: 'node',
    command: 'node',
    args: [program('node/mint.js')],
    probe: ['--version'],
    packages: '',
  },
  {
    // Debian's interpreter, since another one on the PATH does not see Debian's libraries.
    language: 'python',
    command: '/usr/bin/python3',
    args: [program('python/mint.py')],
    probe: ['-c', 'import jwcrypto'],
    packages: 'python3-jwcrypto',
  },
  {
    language: 'go',
    command: 'go',
    args: ['run', program('go/mint.go')],
    probe: ['list', 'gopkg.in/square/go-jose.v2'],
    env: debianGo,
    packages: 'golang-go golang-gopkg-square-go-jose.v2-dev',
  },
  {
    language: 'perl',
    command: 'perl',
    args: [program('perl/mint.pl')],
    probe: ['-MCrypt::JWT', '-e', '1'],
    packages: 'libcrypt-jwt-perl',
  },
];

/** Why a minter cannot run on this machine; undefined where it can. */
export function whyNot({ command, probe, packages, env }: Minter): string | undefined {
  const { status } = spawnSync(command, probe, { env: { ...process.env, ...env } });
  return status === 0 ? undefined : `needs the Debian packages ${packages}`;
}

/** Mints a token with an example, from claims as JSON text. */
export function mintWith(minter: Minter, kid: string, keyFile: string, claims: string): string {
  const { command, args, env } = minter;
  const { status, stdout, stderr } = spawnSync(command, [...args, kid, keyFile], {
    input: claims,
    encoding: 'utf8',
    env: { ...process.env, ...env },
    maxBuffer: 4 * 1024 * 1024,
  });
  if (status !== 0) throw new Error(`${minter.language}: ${stderr}`);
  return stdout.trim();
}
