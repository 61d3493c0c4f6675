import { execFile, spawnSync } from 'node:child_process';
import { mkdirSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** A minting example that tests can run. */
export interface Minter {
  /** Its file, below the folder of the examples. */
  readonly program: string;
  /** What runs it, before its file, the kid and the file of the public key. */
  readonly command: readonly [string, ...string[]];
  /** A command that succeeds where runtime and library are installed. */
  readonly probe: readonly [string, ...string[]];
  readonly env?: Readonly<Record<string, string>>;
  /** Debian packages that bring runtime and library; none where the workspace does. */
  readonly packages: string;
}

const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

/** Folder of the examples. */
export const examples = join(root, 'examples/mint');

export const minters: readonly Minter[] = [
  {
    program: 'node/mint.js',
    command: ['node'],
    probe: ['node', '--version'],
    packages: '',
  },
  {
    // Debian's interpreter, since another one on the PATH does not see Debian's libraries.
    program: 'python/mint.py',
    command: ['/usr/bin/python3'],
    probe: ['/usr/bin/python3', '-c', 'import jwcrypto'],
    packages: 'python3-jwcrypto',
  },
  {
    program: 'go/mint.go',
    command: ['go', 'run'],
    probe: ['go', 'list', 'github.com/go-jose/go-jose/v4'],
    env: goEnvironment(),
    packages: 'golang-go golang-gopkg-square-go-jose.v2-dev',
  },
  {
    program: 'perl/mint.pl',
    command: ['perl'],
    probe: ['perl', '-MCrypt::JWT', '-e', '1'],
    packages: 'libcrypt-jwt-perl',
  },
  {
    program: 'java/jdk/Mint.java',
    command: ['java'],
    probe: ['javac', '--version'],
    packages: 'default-jdk-headless',
  },
  {
    program: 'php/phpseclib/mint.php',
    command: ['php'],
    probe: ['php', '-r', "require 'phpseclib3/autoload.php'; openssl_get_cipher_methods();"],
    packages: 'php-cli php-phpseclib3',
  },
  {
    program: 'ruby/openssl/mint.rb',
    command: ['ruby'],
    probe: ['ruby', '-ropenssl', '-e', 'OpenSSL::PKey::PKey.instance_method(:encrypt)'],
    packages: 'ruby',
  },
];

/** Debian has go-jose as source under its old name: a GOPATH that shows it under the one in use. */
function goEnvironment(): Record<string, string> {
  const debian = '/usr/share/gocode';
  const overlay = join(root, 'node_modules/.cache/gopath');
  const parent = join(overlay, 'src/github.com/go-jose/go-jose');
  mkdirSync(parent, { recursive: true });
  try {
    symlinkSync(join(debian, 'src/gopkg.in/square/go-jose.v2'), join(parent, 'v4'));
  } catch (error) {
    // Test files run side by side: the other one was first.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
  return { GOPATH: `${overlay}:${debian}`, GO111MODULE: 'off' };
}

/** Why a minter cannot run on this machine; undefined where it can. */
export function whyNot({ probe: [command, ...args], packages, env }: Minter): string | undefined {
  const { status } = spawnSync(command, args, { env: { ...process.env, ...env } });
  return status === 0 ? undefined : `needs the Debian packages ${packages}`;
}

export interface Minting {
  readonly kid: string;
  readonly keyFile: string;
  /** Claims as JSON text. */
  readonly claims: string;
  /** Default: the example as it is. */
  readonly file?: string;
}

/** Mints a token with an example. */
export function mintWith(minter: Minter, { kid, keyFile, claims, file }: Minting): Promise<string> {
  const [command, ...args] = minter.command;
  const program = file ?? join(examples, minter.program);
  const env = { ...process.env, ...minter.env };
  return new Promise((resolve, reject) => {
    const options = { env, maxBuffer: 4 * 1024 * 1024 };
    const child = execFile(command, [...args, program, kid, keyFile], options, (error, stdout) =>
      error === null ? resolve(stdout.trim()) : reject(error),
    );
    child.stdin?.end(claims);
  });
}
