/** A thousand strings that mean something to a database, a parser or a terminal. The canary is a table that each of them would change or read. */

const openings = [
  ...["'; ", '"; ', '); ', "'); ", '")); ', ']; ', '`; ', "\\'; ", '$$; ', "x' OR 1=1; "],
  ...['*/ ', '0; ', '\n; ', "''; ", '%27; ', '\u2019; ', '\uff07; ', '}; ', '\\"; ', '[x].[y]; '],
];
const deeds = [
  ...[
    'DROP TABLE canary',
    'TRUNCATE canary',
    'DELETE FROM canary',
    'ALTER TABLE canary RENAME TO x',
  ],
  ...[
    "UPDATE canary SET state = 'dead'",
    "INSERT INTO canary VALUES ('x')",
    'SELECT * FROM canary',
  ],
  ...[
    "COPY canary TO '/tmp/canary.csv'",
    "ATTACH '/tmp/x.db'",
    'INSTALL httpfs',
    'SET threads = 1',
  ],
  ...["SELECT pg_read_file('/etc/passwd')", 'SELECT pg_sleep(5)', 'CREATE ROLE x SUPERUSER'],
  ...[
    "SELECT * FROM file('/etc/passwd')",
    "SELECT * FROM url('http://127.0.0.1')",
    'SYSTEM SHUTDOWN',
  ],
];
const endings = ['', ' --', ' /*'];

const stacked = openings.flatMap((opening) =>
  deeds.flatMap((deed) => endings.map((ending) => `${opening}${deed}${ending}`)),
);
const expressions = [
  ...["' OR '1'='1", "' OR 1=1 --", '" OR ""="', '1 OR 1=1', '1) OR (1=1', "') OR ('1'='1"],
  ...["' UNION SELECT state FROM canary --", '1 UNION ALL SELECT state FROM canary'],
  ...["'||(SELECT state FROM canary)||'", "' AND (SELECT count(*) FROM canary) > 0 --"],
  ...["' || read_csv('/etc/passwd') || '", "current_setting('temp_directory')", 'getvariable(1)'],
  ...["' AND extractvalue(1, 'x')", "'; WAITFOR DELAY '0:0:5' --", 'SLEEP(5)#', "' HAVING 1=1 --"],
];
const signs = [
  ...[
    '$1',
    '$99',
    '?',
    ':p',
    '{p1:String}',
    '@x',
    '%',
    '_',
    '\\',
    '\\\\',
    "'",
    '"',
    '`',
    '--',
    '/*',
  ],
  ...[
    '*/',
    ';',
    '\u0000',
    '\u0001',
    '\u001b[31m',
    '\r\n',
    '\t',
    '\u202e',
    '\u200b',
    '\ufeff',
    '\ud800',
  ],
  ...[
    '__proto__',
    'constructor',
    'prototype',
    'toString',
    'hasOwnProperty',
    'null',
    'undefined',
    'NaN',
  ],
  ...[
    'Infinity',
    '1e999',
    '-0',
    '0x10',
    '9007199254740993',
    '1_000',
    '１２',
    'true',
    '[]',
    '{}',
    '[',
    ']',
  ],
  ...[
    '[]',
    '[.]',
    '[a]',
    '[a.b',
    'a.b]',
    '[a.b.c]',
    '[[a.b]]',
    '[ a . b ]',
    '(Calendar)',
    '../../etc/passwd',
  ],
  ...[
    '<script>alert(1)</script>',
    `$\{7*7}`,
    '{{7*7}}',
    '=cmd()',
    'x'.repeat(5_000),
    '🦉'.repeat(500),
  ],
];

export const hostileStrings: readonly string[] = [
  ...new Set([...expressions, ...signs, ...stacked]),
].slice(0, 1_100);
