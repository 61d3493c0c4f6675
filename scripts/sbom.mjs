/** `npm run sbom`: prints what the lock file installs, as a CycloneDX document. */
import { must, setup } from './setup.mjs';

setup();
must('pnpm', ['sbom', '--sbom-format', 'cyclonedx', '--lockfile-only']);
