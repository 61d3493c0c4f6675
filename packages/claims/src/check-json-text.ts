/**
 * The pass over JSON text before anything is built from it. It needs no recursion and no memory beyond the nesting
 * it allows, so hostile text costs what its length costs. It finds what `JSON.parse` would hide: duplicate names,
 * numbers that change, depth, width. `JSON.parse` afterwards decides about the grammar.
 */
import { createScanner } from 'jsonc-parser';
import { isExactNumber } from './exact-number.ts';
import type { FindingCollector } from './finding-collector.ts';

/** Limits of claims and headers as JSON. */
export const jsonLimits = {
  maxCharacters: 1_048_576,
  maxDepth: 32,
  maxNodes: 200_000,
  maxStringLength: 81_200,
} as const;

// The scanner's token kinds: its enum is const and cannot be imported by erased TypeScript.
const openBrace = 1;
const closeBrace = 2;
const openBracket = 3;
const closeBracket = 4;
const comma = 5;
const colon = 6;
const stringLiteral = 10;
const numericLiteral = 11;
const unknownToken = 16;
const endOfFile = 17;

const forbiddenNames = new Set(['__proto__', 'constructor', 'prototype']);

const asciiPattern = /^[ -~]*$/;

interface Frame {
  readonly names: Set<string> | undefined;
  awaitsName: boolean;
  key: string | number;
}

/** Reports what is wrong with a JSON text. False means that it must not be parsed. `maxDepth`: levels, 32 by default. */
export function checkJsonText(
  text: string,
  findings: FindingCollector,
  maxDepth: number = jsonLimits.maxDepth,
): boolean {
  if (text.length > jsonLimits.maxCharacters) return fatal(findings, 'json_too_large');
  if (text.charCodeAt(0) === 0xfeff) return fatal(findings, 'json_bom');
  const scanner = createScanner(text, true);
  const frames: Frame[] = [];
  let frame: Frame | undefined;
  let nodes = 0;
  const here = () => frames.map(({ key }) => key);

  for (let token: number = scanner.scan(); token !== endOfFile; token = scanner.scan()) {
    if (token === unknownToken || scanner.getTokenError() !== 0) {
      findings.add('json_invalid', [], placeHint(text, scanner.getTokenOffset()));
      return false;
    }
    if (token === comma) {
      if (frame?.names) frame.awaitsName = true;
      else if (frame) frame.key = Number(frame.key) + 1;
      continue;
    }
    if (token === colon) continue;
    if (token === closeBrace || token === closeBracket) {
      frames.pop();
      frame = frames.at(-1);
      continue;
    }
    if (token === stringLiteral && frame?.awaitsName) {
      frame.key = scanner.getTokenValue();
      frame.awaitsName = false;
      checkName(frame, findings, here);
      continue;
    }
    if (++nodes > jsonLimits.maxNodes) return fatal(findings, 'json_too_many_nodes');
    if (token === stringLiteral) checkString(scanner.getTokenValue(), findings, here);
    else if (token === numericLiteral) {
      if (!isExactNumber(scanner.getTokenValue())) findings.add('json_number_inexact', here());
    } else if (token === openBrace || token === openBracket) {
      if (frames.length >= maxDepth) return fatal(findings, 'json_too_deep');
      const isObject = token === openBrace;
      frame = { names: isObject ? new Set() : undefined, awaitsName: isObject, key: 0 };
      frames.push(frame);
    }
  }
  return true;
}

function fatal(
  findings: FindingCollector,
  code: 'json_too_large' | 'json_bom' | 'json_too_many_nodes' | 'json_too_deep',
): false {
  findings.add(code);
  return false;
}

function checkName(frame: Frame, findings: FindingCollector, here: () => (string | number)[]) {
  const name = String(frame.key);
  // Names that differ only in their Unicode form are twins to a reader that normalises.
  const identity = asciiPattern.test(name) ? name : name.normalize('NFC');
  if (frame.names?.has(identity)) findings.add('json_duplicate_name', here());
  frame.names?.add(identity);
  if (forbiddenNames.has(name)) findings.add('json_name_forbidden', here());
  checkString(name, findings, here);
}

function checkString(value: string, findings: FindingCollector, here: () => (string | number)[]) {
  if (value.length > jsonLimits.maxStringLength) findings.add('json_string_too_long', here());
  if (!value.isWellFormed() || value.includes('\0')) findings.add('json_text_forbidden', here());
}

function placeHint(text: string, offset: number): string {
  const before = text.slice(0, offset).split('\n');
  return `Look at line ${before.length}, column ${(before.at(-1)?.length ?? 0) + 1}.`;
}
