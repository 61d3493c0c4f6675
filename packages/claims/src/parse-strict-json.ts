import { checkJsonText } from './check-json-text.ts';
import type { Finding } from './finding.ts';
import { FindingCollector } from './finding-collector.ts';

/** Reads JSON into a value; undefined where the text is not JSON or breaks a limit that forbids building it. */
export function readJson(text: string, findings: FindingCollector): unknown {
  if (!checkJsonText(text, findings)) return undefined;
  try {
    return JSON.parse(text);
  } catch {
    // The engine's message quotes the text, so it is not passed on.
    findings.add('json_invalid');
    return undefined;
  }
}

/**
 * Parses JSON from outside, strictly: no duplicate or forbidden names, no inexact numbers, NUL or lone surrogates, at
 * most 32 levels, 200,000 values and 1,048,576 characters. `value` is there where `findings` is empty.
 */
export function parseStrictJson(text: string): { value?: unknown; findings: Finding[] } {
  const collector = new FindingCollector({ use: 'open', profile: 'strict' });
  const value = readJson(text, collector);
  const { findings } = collector;
  return findings.length === 0 ? { value, findings } : { findings };
}
