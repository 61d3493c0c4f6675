import type { CodeEntry } from '../finding.ts';

/** Codes for services that know users, dashboards and models. */
export const dataCodes = {
  subject_unknown: {
    level: 'data',
    severity: 'error',
    message: 'The directory has no user with this id.',
    hint: 'Use the id of an existing user.',
  },
  dashboard_unknown: {
    level: 'data',
    severity: 'error',
    message: 'This dashboard does not exist.',
    hint: 'Use the oid of an existing dashboard.',
  },
  dashboards_not_shared: {
    level: 'data',
    severity: 'error',
    message: 'No dashboard is shared with this user, and res names none.',
    hint: 'Share a dashboard with the user, or name it in res.',
  },
  theme_unknown: {
    level: 'data',
    severity: 'error',
    message: 'This theme does not exist.',
    hint: 'Use the oid of an existing theme.',
  },
  source_unknown: {
    level: 'data',
    severity: 'error',
    message: 'No data source has this title.',
    hint: 'Write the title exactly as the model has it, blanks included.',
  },
  source_unused: {
    level: 'data',
    severity: 'warning',
    message: 'No dashboard of the token uses this data source, so the rule has no effect.',
    hint: 'Remove the rule, or check the title.',
  },
  source_uncovered: {
    level: 'data',
    severity: 'warning',
    strict: 'error',
    message: 'A data source of the dashboards is named by no rule and stays unrestricted.',
    hint: 'Add a rule for each data source that the dashboards use.',
  },
  column_unknown: {
    level: 'data',
    severity: 'error',
    message: 'The data source has no such table and column.',
    hint: 'Write table and column exactly as the model has them.',
  },
  rule_datatype_differs: {
    level: 'data',
    severity: 'error',
    message:
      'The column has another datatype than the rule says, so the rule lets nothing through.',
    hint: 'Write the datatype of the column, or leave datatype out.',
  },
  rule_member_unknown: {
    level: 'data',
    severity: 'warning',
    message: 'The column has no such member.',
    hint: 'Write the member exactly as the data has it, blanks included.',
  },
  rule_members_unchecked: {
    level: 'data',
    severity: 'warning',
    message: 'Not all members of this rule were looked up in the data.',
    hint: 'A test looks up a limited number of members in a limited time; test a token with fewer.',
  },
  filter_field_unknown: {
    level: 'data',
    severity: 'error',
    message: 'No data source of the dashboards has the column of this filter.',
    hint: 'Write dim, or table and column, exactly as the model has them.',
  },
  filter_refused: {
    level: 'data',
    severity: 'error',
    message: 'This filter cannot be applied to its column.',
    hint: 'Check kind and values of the filter.',
  },
  blanks_differ: {
    level: 'data',
    severity: 'error',
    message: 'This is a known name but for its blanks.',
    hint: 'Write the name with its blanks; a generator may have stripped them.',
  },
  generator_strips_blanks: {
    level: 'data',
    severity: 'warning',
    message: 'No text of this token has a blank, and at least one lost its own.',
    hint: 'The program that made the token strips blanks from texts; find the step that does, or mint with another one.',
  },
} as const satisfies Record<string, CodeEntry>;
