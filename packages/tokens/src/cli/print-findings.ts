import type { Finding } from '@vitrine/claims';

/** Writes findings for people, one a line. */
export function printFindings(findings: readonly Finding[], print: (line: string) => void): void {
  for (const { severity, level, code, pointer, message, hint } of findings) {
    // The empty pointer is all of it; `/` would be a member without a name (RFC 6901 §5).
    const place = pointer === '' ? '' : ` at ${pointer}`;
    print(`${severity} (${level}) ${code}${place}: ${message} ${hint}`);
  }
}
