import { type IToken, Lexer } from 'chevrotain';
import { JaqlError } from '../jaql-error.ts';
import type { Formula } from './formula.ts';
import { FormulaGrammar } from './formula-grammar.ts';
import * as token from './tokens.ts';

/** UTF-16 units. */
const longest = 10_000;
/** Parentheses, calls, cases and signs inside each other. */
const deepest = 64;
const mostRemembered = 500;
/** UTF-16 units of all remembered texts: what is read from one takes up to 60 times its memory. */
const mostUnits = 131_072;

const remembered = new Map<string, Formula>();
let units = 0;

/** Reads the text of a formula. Codes `formula_syntax`, `formula_limit`. */
export function parseFormula(text: string, pointer: string): Formula {
  if (text.length > longest) {
    throw new JaqlError('formula_limit', 'The formula is too long.', {
      pointer,
      position: longest,
    });
  }
  const known = remembered.get(text);
  if (known !== undefined) return known;
  const formula = parseText(text, pointer);
  remember(text, formula);
  return formula;
}

function remember(text: string, formula: Formula): void {
  if (remembered.size >= mostRemembered || units + text.length > mostUnits) {
    remembered.clear();
    units = 0;
  }
  units += text.length;
  remembered.set(text, formula);
}

/** Made with the first formula: the grammar analyses itself for some milliseconds. */
let reader: { readonly lexer: Lexer; readonly grammar: FormulaGrammar } | undefined;

function parseText(text: string, pointer: string): Formula {
  reader ??= {
    lexer: new Lexer(token.tokens, { recoveryEnabled: false, positionTracking: 'onlyOffset' }),
    grammar: new FormulaGrammar(),
  };
  const { lexer, grammar } = reader;
  const { tokens, errors } = lexer.tokenize(text);
  const refuse = (position: number) =>
    new JaqlError('formula_syntax', 'The formula cannot be read from here on.', {
      pointer,
      position,
    });
  const [unknown] = errors;
  if (unknown !== undefined) throw refuse(unknown.offset);
  refuseDepth(tokens, pointer);
  grammar.input = tokens;
  const formula = grammar.formula();
  const [error] = grammar.errors;
  if (error === undefined) return formula;
  const { startOffset } = error.token;
  // The end of the text is a token without a place.
  throw refuse(startOffset >= 0 ? startOffset : text.length);
}

/** The parser calls itself once for each level: the levels are counted before. */
function refuseDepth(tokens: readonly IToken[], pointer: string): void {
  let depth = 0;
  let signs = 0;
  for (const { tokenType, startOffset } of tokens) {
    if (tokenType === token.open || tokenType === token.caseWord) depth += 1;
    if (tokenType === token.close || tokenType === token.endWord) depth -= 1;
    signs = tokenType === token.minus || tokenType === token.notWord ? signs + 1 : 0;
    if (depth + signs > deepest) {
      throw new JaqlError('formula_limit', 'The formula is nested too deeply.', {
        pointer,
        position: startOffset,
      });
    }
  }
}
