import { createToken, Lexer } from 'chevrotain';

const symbol = (name: string, label: string) => createToken({ name, label, pattern: label });

export const name = createToken({ name: 'Name', pattern: /[a-z_][a-z0-9_]*/i });
export const number = createToken({
  name: 'Number',
  pattern: /(?:\d+(?:\.\d*)?|\.\d+)(?:e[+-]?\d{1,3})?/i,
});
/** Between quotes of either kind; a quote inside is written twice. */
export const text = createToken({ name: 'Text', pattern: /"(?:[^"]|"")*"|'(?:[^']|'')*'/ });
export const placeholder = createToken({ name: 'Placeholder', pattern: /\[[^[\]]*\]/ });

const keyword = (word: string) =>
  createToken({ name: word, pattern: new RegExp(word, 'i'), longer_alt: name });

export const caseWord = keyword('Case');
export const whenWord = keyword('When');
export const thenWord = keyword('Then');
export const elseWord = keyword('Else');
export const endWord = keyword('End');
export const andWord = keyword('And');
export const orWord = keyword('Or');
export const notWord = keyword('Not');

/** Sums, products and comparisons: one category each, so that a rule names the category alone. */
export const sumSign = createToken({ name: 'SumSign', pattern: Lexer.NA });
export const productSign = createToken({ name: 'ProductSign', pattern: Lexer.NA });
export const comparisonSign = createToken({ name: 'ComparisonSign', pattern: /<>|<=|>=|<|>|=/ });
export const minus = createToken({ name: 'Minus', pattern: '-', categories: sumSign });
const plus = createToken({ name: 'Plus', pattern: '+', categories: sumSign });
const times = createToken({ name: 'Times', pattern: '*', categories: productSign });
const over = createToken({ name: 'Over', pattern: '/', categories: productSign });

export const open = symbol('Open', '(');
export const close = symbol('Close', ')');
export const comma = symbol('Comma', ',');

const blank = createToken({
  name: 'Blank',
  pattern: /[ \t\r\n\u00a0]+/,
  group: Lexer.SKIPPED,
  line_breaks: true,
});

/** All tokens, in the order in which they are tried. */
export const tokens = [
  blank,
  number,
  text,
  placeholder,
  caseWord,
  whenWord,
  thenWord,
  elseWord,
  endWord,
  andWord,
  orWord,
  notWord,
  name,
  comparisonSign,
  sumSign,
  productSign,
  minus,
  plus,
  times,
  over,
  open,
  close,
  comma,
];
