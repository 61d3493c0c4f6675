#!/usr/bin/env node
/** `node packages/token-service/src/audit/verify.ts FILE…`: exit code 0 sound, 1 broken, 2 usage or unreadable. */
import { verifyAudit } from './verify-audit.ts';

const files = process.argv.slice(2);
if (files.length === 0) {
  process.stderr.write('usage: verify.ts FILE…\n');
  process.exit(2);
}
let code = 0;
for (const file of files) {
  try {
    const verdict = await verifyAudit(file);
    if (!verdict.isSound) code = Math.max(code, 1);
    process.stdout.write(
      verdict.isSound
        ? `${file}: ${verdict.lines} lines, sound, head ${verdict.head}\n`
        : `${file}: broken at line ${verdict.line}: ${verdict.reason}\n`,
    );
  } catch (error) {
    code = 2;
    process.stderr.write(`${file}: ${(error as NodeJS.ErrnoException).code ?? 'unreadable'}\n`);
  }
}
process.exit(code);
