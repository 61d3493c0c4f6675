import { checkJsonText, jsonLimits } from './check-json-text.ts';
import type { Finding } from './finding.ts';
import { FindingCollector } from './finding-collector.ts';
import { readPlainJson } from './read-plain-json.ts';

/** Reads JSON into a value; undefined where the text is not JSON or breaks a limit that forbids building it. */
export function readJson(
  text: string,
  findings: FindingCollector,
  maxDepth: number = jsonLimits.maxDepth,
): unknown {
  const plain = readPlainJson(text, maxDepth);
  if (plain !== undefined) return plain;
  if (!checkJsonText(text, findings, maxDepth)) return undefined;
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
 * most 32 levels, 200,000 values and 1,048,576 characters. `value` is there where `findings` is empty. `levelsAround`: levels
 * of a body that has claims inside, so that these may have all of theirs; 0 by default.
 */
export function parseStrictJson(
  text: string,
  { levelsAround = 0 }: { readonly levelsAround?: number } = {},
): { value?: unknown; findings: Finding[] } {
  const collector = new FindingCollector({ use: 'open', profile: 'strict' });
  const value = readJson(text, collector, jsonLimits.maxDepth + levelsAround);
  const { findings } = collector;
  return findings.length === 0 ? { value, findings } : { findings };
}
