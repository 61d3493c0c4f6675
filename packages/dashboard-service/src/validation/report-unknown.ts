import { blankDetector, type FindingCode, type FindingCollector, type Path } from '@vitrine/claims';

/** Reports an unknown name with its code, or as `blanks_differ` where it is a known one but for its blanks. */
export function reportUnknown(
  name: string,
  known: Iterable<string>,
  { code, path }: { readonly code: FindingCode; readonly path: Path },
  findings: FindingCollector,
): void {
  const meant = blankDetector(known)(name);
  if (meant === undefined) findings.add(code, path);
  else findings.add('blanks_differ', path, hintFor(meant));
}

/** Quoted as JSON, so that no control character of a name reaches a terminal. */
export function hintFor(name: string): string {
  return `Write ${JSON.stringify(name)}; a generator may have stripped the blanks.`;
}
