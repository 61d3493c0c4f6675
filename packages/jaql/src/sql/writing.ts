import type { Dialect, SqlParam } from './dialect.ts';

/** One statement being written: its dialect and the parameters so far. Equal values share a parameter. */
export class Writing {
  readonly dialect: Dialect;
  readonly params: SqlParam[] = [];
  readonly #positions = new Map<string, number>();

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  /** Binds a value and gives its placeholder. */
  bind(param: SqlParam): string {
    const key = JSON.stringify(param);
    const position = this.#positions.get(key) ?? this.params.push(param);
    this.#positions.set(key, position);
    return this.dialect.placeholder(position, param);
  }
}
