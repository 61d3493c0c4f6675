import type { CodeEntry } from '../finding.ts';

/** Codes about JSON text, before it is read as claims. */
export const jsonCodes = {
  json_not_utf8: {
    level: 'structure',
    severity: 'error',
    message: 'The text is not UTF-8.',
    hint: 'Write the claims as UTF-8 JSON.',
  },
  json_bom: {
    level: 'structure',
    severity: 'error',
    message: 'The JSON text begins with a byte order mark.',
    hint: 'Write the text without a byte order mark.',
  },
  json_invalid: {
    level: 'structure',
    severity: 'error',
    message: 'The text is not valid JSON.',
    hint: 'Check quotes, commas and brackets (RFC 8259).',
  },
  json_too_large: {
    level: 'structure',
    severity: 'error',
    message: 'The JSON text is larger than any legal token holds.',
    hint: 'The text may have at most 1,048,576 bytes.',
  },
  json_too_deep: {
    level: 'structure',
    severity: 'error',
    message: 'The JSON is nested too deeply.',
    hint: 'At most 32 levels are allowed.',
  },
  json_too_many_nodes: {
    level: 'structure',
    severity: 'error',
    message: 'The JSON has too many values.',
    hint: 'At most 200,000 values are allowed.',
  },
  json_string_too_long: {
    level: 'structure',
    severity: 'error',
    message: 'A text in the JSON is too long.',
    hint: 'A name or text may have at most 81,200 characters.',
  },
  json_duplicate_name: {
    level: 'structure',
    severity: 'error',
    message: 'A name stands twice in one object.',
    hint: 'Keep one of them: readers disagree about which one counts.',
  },
  json_number_inexact: {
    level: 'structure',
    severity: 'error',
    message: 'A number cannot be read without changing it.',
    hint: 'Write large or very precise numbers as texts, in quotes.',
  },
  json_name_forbidden: {
    level: 'structure',
    severity: 'error',
    message: 'A name is reserved by JavaScript and not allowed.',
    hint: 'Do not use __proto__, constructor or prototype as names.',
  },
  json_text_forbidden: {
    level: 'structure',
    severity: 'error',
    message: 'A text has a NUL character or half of a surrogate pair.',
    hint: 'Remove the character, or write the whole pair.',
  },
  value_not_json: {
    level: 'structure',
    severity: 'error',
    message: 'A value cannot be written as JSON.',
    hint: 'Use plain objects, arrays, texts, finite numbers, booleans and null.',
  },
} as const satisfies Record<string, CodeEntry>;
