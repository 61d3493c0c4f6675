import { hash } from 'node:crypto';

/**
 * One line of an audit file: JSON, whose last member is the hash of all before it.
 *
 *   hash = SHA-256( the line's text up to `,"hash":` )     prev = the hash of the line above
 *
 * `prev` stands inside the hashed text, so a line that is changed, left out, moved or put in breaks the chain there.
 */
export interface AuditLine {
  /** 1 for the first line of a file. */
  readonly seq: number;
  /** ISO 8601, UTC. */
  readonly at: string;
  readonly prev: string;
  readonly hash: string;
}

/** `prev` of the first line. */
export const chainStart = '0'.repeat(64);

const tail = /,"hash":"([0-9a-f]{64})"\}$/;

/** The line of an entry, without line break, and its hash. */
export function writeAuditLine(
  place: Omit<AuditLine, 'hash'>,
  entry: Readonly<Record<string, unknown>>,
): { readonly text: string; readonly hash: string } {
  const { seq, at, prev } = place;
  const body = JSON.stringify({ seq, at, prev, ...entry }).slice(0, -1);
  const digest = hash('sha256', body, 'hex');
  return { text: `${body},"hash":"${digest}"}`, hash: digest };
}

/** The chain members of a line whose hash is right; otherwise undefined. */
export function readAuditLine(text: string): AuditLine | undefined {
  const digest = tail.exec(text)?.[1];
  if (digest === undefined) return undefined;
  const body = text.slice(0, -(digest.length + ',"hash":""}'.length));
  if (hash('sha256', body, 'hex') !== digest) return undefined;
  const { seq, at, prev } = JSON.parse(text) as AuditLine;
  return { seq, at, prev, hash: digest };
}
