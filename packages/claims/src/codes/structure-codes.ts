import type { CodeEntry } from '../finding.ts';

/** Codes about the names and types of claims. */
export const structureCodes = {
  not_object: {
    level: 'structure',
    severity: 'error',
    message: 'This must be an object.',
    hint: 'Write {…}.',
  },
  not_list: {
    level: 'structure',
    severity: 'error',
    message: 'This must be a list.',
    hint: 'Write […], also around a single value.',
  },
  not_text: {
    level: 'structure',
    severity: 'error',
    message: 'This must be a text.',
    hint: 'Write it in quotes; leave the claim out if it has no value.',
  },
  not_boolean: {
    level: 'structure',
    severity: 'error',
    message: 'This must be true or false.',
    hint: 'Write true or false without quotes.',
  },
  text_empty: {
    level: 'structure',
    severity: 'error',
    message: 'This text is empty.',
    hint: 'Give it a value.',
  },
  text_too_long: {
    level: 'structure',
    severity: 'error',
    message: 'This text is too long.',
    hint: 'At most 256 characters are allowed here.',
  },
  sub_missing: {
    level: 'structure',
    severity: 'error',
    message: 'The claim sub is missing.',
    hint: 'Name the directory user whose place the token takes.',
  },
  member_missing: {
    level: 'structure',
    severity: 'error',
    message: 'A mandatory member of a rule is missing.',
    hint: 'Each rule names dataSourceTitle, table and column.',
  },
  date_not_number: {
    level: 'structure',
    severity: 'error',
    message: 'A date must be a number of seconds.',
    hint: 'Write seconds since 1970-01-01T00:00:00Z, without quotes.',
  },
  date_negative: {
    level: 'structure',
    severity: 'error',
    message: 'A date must not be negative.',
    hint: 'Write seconds since 1970-01-01T00:00:00Z.',
  },
  date_in_milliseconds: {
    level: 'structure',
    severity: 'error',
    message: 'This date looks like milliseconds.',
    hint: 'Dates are seconds: divide by 1000.',
  },
  date_out_of_range: {
    level: 'structure',
    severity: 'error',
    message: 'This date lies beyond the year 9999.',
    hint: 'Write seconds since 1970-01-01T00:00:00Z, below 253402300800.',
  },
  filter_form: {
    level: 'structure',
    severity: 'error',
    message: 'An item of flt is not a filter.',
    hint: 'Write each filter as an object with a jaql object in it.',
  },
  rule_member_form: {
    level: 'structure',
    severity: 'error',
    message: 'A member of a rule is neither a text nor a number.',
    hint: 'Write members as texts or numbers.',
  },
  datatype_unknown: {
    level: 'structure',
    severity: 'error',
    message: 'This datatype does not exist.',
    hint: 'Use text, numeric or datetime.',
  },
  dim_blank_lost: {
    level: 'structure',
    severity: 'warning',
    message: 'The dim of a date lacks the blank before its calendar.',
    hint: 'Write "[Table.Column (Calendar)]"; a generator may have stripped blanks from all texts.',
  },
  name_unknown: {
    level: 'structure',
    severity: 'warning',
    strict: 'error',
    message: 'This name has no meaning here and is ignored.',
    hint: 'Remove it.',
  },
  name_misspelt: {
    level: 'structure',
    severity: 'warning',
    at: { mint: 'error' },
    strict: 'error',
    message: 'This name looks like a misspelt one and is ignored as it stands.',
    hint: 'Correct the name.',
  },
  name_misplaced: {
    level: 'structure',
    severity: 'warning',
    at: { mint: 'error' },
    strict: 'error',
    message: 'This claim stands in the wrong place and has no effect there.',
    hint: 'Move it.',
  },
} as const satisfies Record<string, CodeEntry>;
