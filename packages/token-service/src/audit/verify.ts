#!/usr/bin/env node
/** `node packages/token-service/src/audit/verify.ts FILE…`, the parts of a chain in any order: exit code 0 sound, 1 broken, 2 usage or unreadable. */
import { auditChains, verifyAudit } from './verify-audit.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('usage: verify.ts FILE…\n');
  process.exit(2);
}
let code = 0;
for (const parts of auditChains(files)) {
  const file = parts.length === 1 ? parts[0] : `${parts[0]} to ${parts.at(-1)}`;
  try {
    const verdict = await verifyAudit(...parts);
    if (!verdict.isSound) code = Math.max(code, 1);
    process.stdout.write(
      verdict.isSound
        ? `${file}: ${verdict.lines} lines${verdict.from > 1 ? `, from line ${verdict.from}` : ''}, sound, head ${verdict.head}\n`
        : `${verdict.file}: broken at line ${verdict.line}: ${verdict.reason}\n`,
    );
  } catch (error) {
    code = 2;
    process.stderr.write(`${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}\n`);
  }
}
process.exit(code);
