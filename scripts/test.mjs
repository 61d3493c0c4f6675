/**
 * `npm test`: sets up, checks and runs every test; arguments go to vitest (`npm test -- packages/claims`).
 * The last line is `N passed, N failed, N skipped`; a check that finds something counts as failed.
 */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from './build.mjs';
import { check } from './check.mjs';
import { installPackages, isInstalled, pathOf } from './debian-packages.mjs';
import { installChdb } from './install-chdb.mjs';
import { must, run, setup } from './setup.mjs';

/** Debian packages that tests run; where one cannot be installed, its tests are skipped and say so. */
const systemPackages = [
  'python3-jwcrypto',
  'golang-go',
  'golang-gopkg-square-go-jose.v2-dev',
  'libcrypt-jwt-perl',
  'default-jdk-headless',
  'php-cli',
  'php-phpseclib3',
  'ruby',
  'nginx',
  'postgresql',
  'libfaketime',
  'sqlmap',
];

/** Tests need a Chromium of the system: Playwright's own download is not relied on. */
const chromium = () =>
  process.env.CHROMIUM_PATH || pathOf('chromium', 'chromium-browser', 'google-chrome');

/** Installs what is missing where this is Debian and we may; names the Chromium to use. */
function installSystemPackages() {
  const missing = systemPackages.filter((name) => !isInstalled(name));
  if (chromium() === undefined) missing.push('chromium', 'fonts-dejavu-core');
  installPackages(missing);
  const absent = systemPackages.filter((name) => !isInstalled(name));
  if (absent.length > 0) {
    console.log(`Tests that need these Debian packages may be skipped: ${absent.join(', ')}.`);
  }
  const path = chromium();
  if (path !== undefined) return path;
  console.error('Tests in the browser need Chromium: install it, or name it in CHROMIUM_PATH.');
  process.exit(1);
}

const started = Date.now();
const only = process.argv.slice(2);
setup();
const CHROMIUM_PATH = installSystemPackages();
build();
must('node', ['examples/content/prepare.ts']);
installChdb();
const findings = only.length === 0 ? check() : 0;

const folder = mkdtempSync(join(tmpdir(), 'vitrine-test-'));
const report = join(folder, 'report.json');
const code = run(
  'vitest',
  ['run', '--reporter=default', '--reporter=json', `--outputFile.json=${report}`, ...only],
  {
    env: { CHROMIUM_PATH },
  },
);
const counts = existsSync(report) ? JSON.parse(readFileSync(report, 'utf8')) : undefined;
rmSync(folder, { recursive: true, force: true });

const passed = counts?.numPassedTests ?? 0;
const skipped = (counts?.numPendingTests ?? 0) + (counts?.numTodoTests ?? 0);
const broken = code !== 0 && (counts?.numFailedTests ?? 0) === 0 ? 1 : 0;
const failed = (counts?.numFailedTests ?? 0) + findings + broken;
console.log(`\nDone in ${Math.round((Date.now() - started) / 1000)} s.`);
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed === 0 ? 0 : 1;
