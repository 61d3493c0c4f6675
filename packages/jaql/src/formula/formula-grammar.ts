/**
 * The grammar of formulas, loosest first:
 *
 *   either      both ( OR both )*
 *   both        negation ( AND negation )*
 *   negation    NOT negation | comparison
 *   comparison  sum ( = | <> | < | <= | > | >= sum )?
 *   sum         product ( + | - product )*
 *   product     sign ( * | / sign )*
 *   sign        - sign | primary
 *   primary     number | text | [id] | NAME | NAME ( either, … ) | CASE … END | ( either ) | ( either, either, … )
 *
 * Rules are called by their names at run time, and must not be called like the library's own `or`, `option`, `many`.
 */
import { EmbeddedActionsParser, type IToken, type ParserMethod } from 'chevrotain';
import type { Formula, Operator } from './formula.ts';
import * as token from './tokens.ts';

const words: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['false', false],
  ['null', null],
]);

type Rule = ParserMethod<[], Formula>;

export class FormulaGrammar extends EmbeddedActionsParser {
  readonly both: Rule = this.RULE('both', () => this.#chain(this.negation, token.andWord));
  readonly product: Rule = this.RULE('product', () => this.#chain(this.sign, token.productSign));
  readonly sum: Rule = this.RULE('sum', () => this.#chain(this.product, token.sumSign));
  readonly either: Rule = this.RULE('either', () => this.#chain(this.both, token.orWord));

  /** A whole formula. */
  readonly formula: Rule = this.RULE('formula', () => this.SUBRULE(this.either));

  readonly negation: Rule = this.RULE('negation', () =>
    this.OR([
      {
        ALT: (): Formula => {
          const at = this.CONSUME(token.notWord).startOffset;
          return { kind: 'unary', operator: 'not', of: this.SUBRULE(this.negation), at };
        },
      },
      { ALT: () => this.SUBRULE(this.comparison) },
    ]),
  );

  readonly comparison: Rule = this.RULE('comparison', () => {
    let left = this.SUBRULE(this.sum);
    this.OPTION(() => {
      const operator = this.CONSUME(token.comparisonSign);
      left = binary(left, operator, this.SUBRULE2(this.sum));
    });
    return left;
  });

  readonly sign: Rule = this.RULE('sign', () =>
    this.OR([
      {
        ALT: (): Formula => {
          const at = this.CONSUME(token.minus).startOffset;
          return { kind: 'unary', operator: '-', of: this.SUBRULE(this.sign), at };
        },
      },
      { ALT: () => this.SUBRULE(this.primary) },
    ]),
  );

  readonly primary: Rule = this.RULE('primary', () =>
    this.OR([
      {
        ALT: (): Formula => {
          const { image, startOffset } = this.CONSUME(token.number);
          return { kind: 'number', value: Number(image), at: startOffset };
        },
      },
      {
        ALT: (): Formula => {
          const { image, startOffset } = this.CONSUME(token.text);
          const quote = image.charAt(0);
          const value = image.slice(1, -1).replaceAll(quote + quote, quote);
          return { kind: 'text', value, at: startOffset };
        },
      },
      {
        ALT: (): Formula => {
          const { image, startOffset } = this.CONSUME(token.placeholder);
          return { kind: 'reference', id: image.slice(1, -1), at: startOffset };
        },
      },
      { ALT: () => this.SUBRULE(this.named) },
      { ALT: () => this.SUBRULE(this.case) },
      { ALT: () => this.SUBRULE(this.parentheses) },
    ]),
  );

  readonly named: Rule = this.RULE('named', (): Formula => {
    const { image, startOffset: at } = this.CONSUME(token.name);
    const name = image.toLowerCase();
    const of: Formula[] = [];
    let isCall = false;
    this.OPTION(() => {
      this.CONSUME(token.open);
      isCall = true;
      this.MANY_SEP({ SEP: token.comma, DEF: () => of.push(this.SUBRULE(this.either)) });
      this.CONSUME(token.close);
    });
    const word = words.get(name);
    return isCall || word === undefined
      ? { kind: 'call', name, of, at }
      : { kind: 'word', value: word, at };
  });

  readonly case: Rule = this.RULE('case', (): Formula => {
    const at = this.CONSUME(token.caseWord).startOffset;
    const branches: { when: Formula; gives: Formula }[] = [];
    this.AT_LEAST_ONE(() => {
      this.CONSUME(token.whenWord);
      const when = this.SUBRULE(this.either);
      this.CONSUME(token.thenWord);
      branches.push({ when, gives: this.SUBRULE2(this.either) });
    });
    const otherwise = this.OPTION(() => {
      this.CONSUME(token.elseWord);
      return this.SUBRULE3(this.either);
    });
    this.CONSUME(token.endWord);
    return { kind: 'case', branches, ...(otherwise === undefined ? {} : { otherwise }), at };
  });

  readonly parentheses: Rule = this.RULE('parentheses', (): Formula => {
    const at = this.CONSUME(token.open).startOffset;
    const of = this.SUBRULE(this.either);
    const by: Formula[] = [];
    this.MANY(() => {
      this.CONSUME(token.comma);
      by.push(this.SUBRULE2(this.either));
    });
    this.CONSUME(token.close);
    return by.length === 0 ? of : { kind: 'measured', of, by, at };
  });

  constructor() {
    super(token.tokens, { maxLookahead: 1 });
    this.performSelfAnalysis();
  }

  /** Operands of one strength, joined from the left. */
  #chain(operand: Rule, operator: Parameters<EmbeddedActionsParser['CONSUME']>[0]): Formula {
    let left = this.SUBRULE(operand);
    this.MANY(() => {
      const sign = this.CONSUME(operator);
      left = binary(left, sign, this.SUBRULE2(operand));
    });
    return left;
  }
}

function binary(left: Formula, { image, startOffset }: IToken, right: Formula): Formula {
  const operator = (image ?? '').toLowerCase() as Operator;
  return { kind: 'binary', operator, left, right, at: startOffset };
}
