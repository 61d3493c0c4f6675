export type Operator = '+' | '-' | '*' | '/' | '=' | '<>' | '<' | '<=' | '>' | '>=' | 'and' | 'or';

/** A formula as it is written; `at` is where it begins in the text, in UTF-16 units. */
export type Formula =
  | { readonly kind: 'number'; readonly value: number; readonly at: number }
  | { readonly kind: 'text'; readonly value: string; readonly at: number }
  /** TRUE, FALSE or NULL. */
  | { readonly kind: 'word'; readonly value: boolean | null; readonly at: number }
  /** `[id]`, without its brackets. */
  | { readonly kind: 'reference'; readonly id: string; readonly at: number }
  | {
      readonly kind: 'call';
      /** In lower case. */
      readonly name: string;
      readonly of: readonly Formula[];
      readonly at: number;
    }
  | {
      readonly kind: 'binary';
      readonly operator: Operator;
      readonly left: Formula;
      readonly right: Formula;
      readonly at: number;
    }
  | {
      readonly kind: 'unary';
      readonly operator: '-' | 'not';
      readonly of: Formula;
      readonly at: number;
    }
  | {
      readonly kind: 'case';
      readonly branches: readonly { readonly when: Formula; readonly gives: Formula }[];
      readonly otherwise?: Formula;
      readonly at: number;
    }
  /** `(measure, filter, …)`. */
  | {
      readonly kind: 'measured';
      readonly of: Formula;
      readonly by: readonly Formula[];
      readonly at: number;
    };
