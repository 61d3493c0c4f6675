import type { Finding } from '@vitrine/claims';

/** Writes findings for people, one a line. */
export function printFindings(findings: readonly Finding[], print: (line: string) => void): void {
  for (const { severity, level, code, pointer, message, hint } of findings) {
    print(`${severity} (${level}) ${code} at ${pointer || '/'}: ${message} ${hint}`);
  }
}
