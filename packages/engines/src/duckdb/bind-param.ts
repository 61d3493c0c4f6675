import {
  BIGINT,
  DOUBLE,
  type DuckDBPreparedStatement,
  DuckDBTimestampValue,
  type DuckDBType,
  type DuckDBValue,
  LIST,
  listValue,
  TIMESTAMP,
  VARCHAR,
} from '@duckdb/node-api';
import type { SqlParam } from '@vitrine/jaql';

const types: Readonly<Record<SqlParam['type'], DuckDBType>> = {
  text: VARCHAR,
  integer: BIGINT,
  number: DOUBLE,
  timestamp: TIMESTAMP,
};

/** Binds a parameter as a value of its own type, so that the database never converts text that a client wrote. */
export function bindParam(
  statement: DuckDBPreparedStatement,
  position: number,
  param: SqlParam,
): void {
  const type = types[param.type];
  if ('list' in param) {
    const items = param.list.map((value) => nativeValue(param.type, value));
    statement.bindValue(position, listValue(items), LIST(type));
  } else {
    statement.bindValue(position, nativeValue(param.type, param.value), type);
  }
}

function nativeValue(type: SqlParam['type'], value: string | number): DuckDBValue {
  switch (type) {
    case 'text':
      return String(value);
    case 'number':
      return Number(value);
    case 'integer':
      return BigInt(value);
    case 'timestamp':
      return timestamp(String(value));
  }
}

function timestamp(text: string): DuckDBTimestampValue {
  const [seconds = '', fraction = ''] = text.split('.');
  const micros = BigInt(Date.parse(`${seconds}Z`)) * 1_000n + BigInt(fraction.padEnd(6, '0'));
  return new DuckDBTimestampValue(micros);
}
