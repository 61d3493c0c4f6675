import type { FileHandle } from 'node:fs/promises';
import { chainStart, readAuditLine } from './audit-line.ts';

/** Where the next line of an audit file goes. */
export interface ChainEnd {
  /** Of the last line; 0 where there is none. */
  readonly seq: number;
  readonly hash: string;
  /** When the last line was written, ISO 8601; empty where there is none. */
  readonly at: string;
  /** Bytes of whole lines. */
  readonly length: number;
}

/** Longer than any line. */
const tailBytes = 65_536;
const lineBreak = 0x0a;

/**
 * The end of a file's chain; undefined where its last whole line is not sound. What follows the last line break was
 * never acknowledged, since the process died while writing it, and is cut off.
 */
export async function readChainEnd(file: FileHandle): Promise<ChainEnd | undefined> {
  const { size } = await file.stat();
  const from = Math.max(0, size - tailBytes);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(tailBytes), 0, tailBytes, from);
  const tail = buffer.subarray(0, bytesRead);
  const last = tail.lastIndexOf(lineBreak);
  if (last === -1 && from > 0) return undefined;
  const length = from + last + 1;
  if (length < size) await file.truncate(length);
  if (last === -1) return { seq: 0, hash: chainStart, at: '', length };
  const text = tail.subarray(tail.lastIndexOf(lineBreak, last - 1) + 1, last).toString();
  const line = readAuditLine(text);
  return line && { seq: line.seq, hash: line.hash, at: line.at, length };
}
