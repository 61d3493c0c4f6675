/** Strings that are no attack and still break programs: words of computers, edges of numbers, and all that Unicode allows in one line. */

const range = (first: number, last: number): string[] =>
  Array.from({ length: last - first + 1 }, (_none, index) => String.fromCodePoint(first + index));

const reserved = [
  ...['undefined', 'null', 'NULL', '(null)', 'nil', 'None', 'true', 'FALSE', 'NaN', '-Infinity'],
  ...['constructor', 'prototype', '__proto__', 'hasOwnProperty', 'toString', 'valueOf', 'then'],
  ...['length', 'name', 'id', 'class', 'style', 'onclick', 'innerHTML', 'document', 'window'],
  ...['CON', 'PRN', 'AUX', 'NUL', 'COM1', 'LPT1', '.', '..', '~', '.htaccess', 'desktop.ini'],
  ...['[object Object]', '[]', '{}', '{"a":1}', 'function () {}', '() => 1', 'new Date()'],
];
const numbers = [
  ...['0', '-0', '+1', '1.', '.5', '00', '1e1000', '1E-400', '0x1F', '0b11', '0o17', '1_000'],
  ...[
    '1,000.50',
    '1.000,50',
    '1 000',
    '½',
    '٣',
    '２',
    '९',
    '¹',
    'Ⅷ',
    '9007199254740993',
    '--1',
    '1/0',
  ],
  ...['99999999999999999999999999', '0.1e', '$1', '€ 5', '12%', '1:00', '2024-02-30', '12/31/99'],
];
const templates = [
  ...['{0}', '{count}', '{value}', '{{x}}', `\${x}`, '#{x}', '<%= x %>', '%s', '%n%n%n', '%(x)s'],
  ...['%d %x', '{a|b}', '{name|}', '{b}', '$&', "$'", '$1$2', '\\1', '@@x', ':x', '$$', '`x`'],
  ...['&amp;', '&lt;b&gt;', '&#x41;', '&nbsp;', '&notaname;', '%20', '%00', '%', '\\u0041', '\\n'],
  ...['# x', '* x', '- x', '1. x', '> x', '---', '***', '_x_', '__x__', '~~x~~', '[x]', '![x]'],
  ...['=1+1', '+1+1', '-1+1', '@SUM(A1)', '=cmd|x', '"quoted"', "it's", 'a,b;c', 'a\\b', '/etc/x'],
];
const shapes = [
  ...['x'.repeat(200), 'W'.repeat(200), 'i'.repeat(200), 'ab '.repeat(60), '-'.repeat(200)],
  ...['long-word-without-a-break'.repeat(6), '.'.repeat(200), 'ｗ'.repeat(120), '漢'.repeat(200)],
  ...[
    'Ｆｕｌｌ ｗｉｄｔｈ',
    '𝓈𝒸𝓇𝒾𝓅𝓉',
    '𝕕𝕠𝕦𝕓𝕝𝕖',
    'ⓒⓘⓡⓒⓛⓔⓓ',
    'ʇxǝʇ uʍop ǝpᴉsdn',
    'ﷺ',
    '﷽',
    'ĳ',
    'ß',
    'ẞ',
  ],
  ...['İstanbul', 'ıiIİ', 'ﬁ ﬂ ﬀ', 'e\u0301', '\u00e9', 'A\u030a', '\u212b', 'Å', 'ǆ', 'ς σ Σ'],
  ...['שלום עולם', 'مرحبا بالعالم', 'abc שלום 123', '\u202eevil\u202c', '\u2066x\u2069', '\u200fx'],
  ...[
    '\u200b',
    'a\u200bb',
    '\ufeffx',
    '\u2060',
    '\u00ad',
    'x\u2028y',
    'x\u2029y',
    '\u3000',
    '\u00a0',
  ],
  ...['👩‍👩‍👧‍👦', '🏳️‍🌈', '👍🏿', '🇦🇹', '🇦', '👨‍🦽‍➡️', '❤️', '☠︎', '🫠', '\u{1f9d1}\u200d\u{1f680}'],
  ...['Z̷̛̤͔̐a̵͉̅l̶͓͝g̵̻̾o̶͇͛', '\u0301\u0301\u0301', 'क्षत्रिय', 'ကြီး', 'ไทย', '한글', '\u1112\u1161\u11ab', 'ᠮᠣ'],
  ...[
    'ქართული',
    'Հայերեն',
    'ελληνικά',
    'русский',
    'Tiếng Việt',
    'ⴰⵎⴰⵣⵉⵖ',
    '𐍈',
    '𒀭',
    '𝄞',
    '\u{10ffff}',
  ],
];
/** One of nearly everything that can stand between two letters. */
const characters = [
  ...range(0x20, 0x7e),
  ...range(0xa0, 0xff),
  ...range(0x2000, 0x206f),
  ...range(0xfe00, 0xfe0f),
  ...range(0xfff9, 0xfffd),
].map((character) => `a${character}b`);

export const naughtyStrings: readonly string[] = [
  ...new Set([...reserved, ...numbers, ...templates, ...shapes, ...characters]),
];
