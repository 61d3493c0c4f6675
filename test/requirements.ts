/**
 * What the product must do, by id. A `built` requirement that no test cites fails the run, and so does a test that cites a
 * `planned` one or an id that nobody knows. `gap` says what of a built requirement is still missing.
 */
export interface Requirement {
  readonly behaviour: string;
  readonly status: 'built' | 'planned';
  readonly gap?: string;
}

const built = (behaviour: string, gap?: string): Requirement =>
  gap === undefined ? { behaviour, status: 'built' } : { behaviour, status: 'built', gap };
const planned = (behaviour: string): Requirement => ({ behaviour, status: 'planned' });

export const requirements: Readonly<Record<string, Requirement>> = {
  'TOK-1': built('A token is a compact JWE with exactly the allowed header, compressed or not.'),
  'TOK-2': built('The public key is accepted in every form that people paste, and shown once.'),
  'TOK-3': built(
    'sub alone inherits everything of that user; any other claim overrides its counterpart.',
  ),
  'TOK-4': built('res, flt, acl and prm: absent inherits, [] is none, values replace.'),
  'TOK-5': built('Grants outside `grants` have no effect, and validation says so.'),
  'TOK-6': built('exp and nbf bound the opening of a session, not the running one.'),
  'TOK-7': built('res decides which dashboards a session sees; a widget needs only its dashboard.'),
  'TOK-8': built('flt replaces the dashboard filters; widget filters stay.'),
  'TOK-9': built('acl replaces all data security of sub, on every source.'),
  'TOK-10': built(
    'Rules on one column and on several combine as decided, closed by default; a test warns of what they leave open.',
  ),
  'TOK-11': built('prm takes away filtering and export everywhere, on the server.'),
  'TOK-12': built('lng sets the interface language, loc the formats, thirteen of each.'),
  'TOK-13': built('thm names a theme and trc tags the visit.', 'No analytics of tags yet.'),
  'TOK-14': built('At most 81,200 characters of grants, the same verdict everywhere.'),
  'TOK-15': built('User parameters come from the directory entry of sub.'),
  'TOK-16': built('A token of any conforming library opens byte for byte.', 'C# has not been run.'),
  'TOK-17': built('A configuration can demand a signature inside the encryption.'),
  'TOK-18': built('jti: one-time tokens, sessions per token, revocation.'),

  'CFG-1': built('Configurations are created, listed, renamed, disabled and deleted.'),
  'CFG-2': built('Private keys are stored wrapped with the master key and never leave.'),
  'CFG-3': built('A configuration can carry a next key.'),
  'CFG-4': built(
    'A configuration bounds origins, lifetime, links, signature, sessions and profile.',
  ),
  'CFG-5': built('Usage per configuration in the time zone of the reader.'),

  'VAL-1': built('Findings of structure, logic and data, all at once.'),
  'VAL-2': built('All findings at once, with code, pointer and hint, from one code path.'),
  'VAL-3': built('Mint and test by library, command and REST.', 'No admin page yet.'),
  'VAL-4': built('Names whose blanks a generator stripped are told apart, with the right name.'),
  'VAL-5': built('Minting examples and test vectors for other backends.'),

  'LNK-1': built(
    'Links open a dashboard or a widget, alone or in a frame, with and without a hash.',
  ),
  'LNK-2': built('Parameters of a link choose panes and theme.'),
  'LNK-3': built('Works with cookies and storage blocked.'),
  'LNK-4': built('The token leaves the address bar, and reaches no log and no Referer.'),
  'LNK-5': built('Readers of one link do not touch each other or the asset.'),

  'EMB-1': built('The element and the frame class take the same options and follow their changes.'),
  'EMB-2': built('Actions follow prm; the five blocked ones are refused with a typed error.'),
  'EMB-3': built(
    'applyFilters changes filters as the reader could; locked ones stay; acl applies underneath.',
  ),
  'EMB-4': built(
    'Typed events tell what happens in the frame.',
    'No event before a token expires.',
  ),
  'EMB-5': planned('The same dashboards in the DOM of the host.'),
  'EMB-6': built('Theme precedence: embed, token, group, system.'),
  'EMB-7': built('getWat() is asked for a token when one is needed; filters are kept.'),
  'EMB-8': built(
    'Wrappers, manifest, print and everything around the element.',
    'No wrappers and no manifest yet.',
  ),

  'VIEW-1': built(
    'All widget types, drill and every filter kind in the panel.',
    'Eight widget types, no drill, no hierarchy.',
  ),
  'VIEW-2': built('Only an exchange opens a session; work inside it does not.'),
  'VIEW-3': built('Export in four formats that honours what the reader sees.'),
  'VIEW-4': built('Thirteen languages, nothing untranslated.'),
  'VIEW-5': built('Themes are data, light and dark.'),
  'VIEW-6': built('Content is files; a bad one is reported while the last good version serves.'),

  'DATA-1': built('All of JAQL.'),
  'DATA-2': built('Data security reaches every path to rows.', 'No mode without a frame yet.'),
  'DATA-3': built(
    'DuckDB, PostgreSQL, ClickHouse with the same rows.',
    'ClickHouse as the engine that chdb carries: no server of its own, nothing between machines.',
  ),
  'DATA-4': built('Cancel, time-out, row limits, one run for identical queries.'),

  'SES-1': built('One accepted exchange is one session, counted in the same transaction.'),
  'SES-2': planned('Usage analytics with tags.'),
  'SES-3': built('Parallel limit, time-outs, listing and ending.', 'No admin page yet.'),
  'SES-4': planned('Access passes.'),
  'SES-5': planned('Session API and session module.'),
  'SES-6': planned('Offline pass.'),
  'SES-7': built('Many processes on one PostgreSQL.', 'No passes yet.'),

  'OPS-1': built('Embedded by default, PostgreSQL by one variable.'),
  'OPS-2': planned('Admin console.'),
  'OPS-3': built('OpenAPI, health, metrics, structured logs, audit log.'),
  'OPS-4': built('Refusals are problem details with a stable code and nothing else in them.'),
};

/** Rows of the threat list that tests may cite: letter and number of the last row of each part. */
const threats = { A: 12, B: 10, C: 4, D: 14, E: 10, F: 9, G: 7, H: 5, I: 6 };

export const threatIds: ReadonlySet<string> = new Set(
  Object.entries(threats).flatMap(([part, last]) =>
    Array.from({ length: last }, (_, index) => `${part}-${index + 1}`),
  ),
);
