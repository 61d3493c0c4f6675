import {
  DuckDBDateValue,
  DuckDBDecimalValue,
  DuckDBTimestampMillisecondsValue,
  DuckDBTimestampNanosecondsValue,
  DuckDBTimestampSecondsValue,
  DuckDBTimestampTZValue,
  DuckDBTimestampValue,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { EngineCell } from '../engine.ts';

const dayMs = 86_400_000;
/** The furthest moments that a JavaScript date can hold. */
const furthestMs = 8.64e15;

/** A database value as a cell: no NaN, no Infinity, no rounded integer. */
export function plainValue(value: DuckDBValue): EngineCell {
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'number':
      return Number.isFinite(value) ? value : null;
    case 'bigint':
      return plainInteger(value);
    default:
      return value === null ? null : plainObject(value);
  }
}

function plainInteger(value: bigint): EngineCell {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

function plainObject(value: DuckDBValue & object): EngineCell {
  if (value instanceof DuckDBTimestampValue || value instanceof DuckDBTimestampTZValue) {
    return value.isFinite ? moment(Number(value.micros / 1_000n)) : null;
  }
  if (value instanceof DuckDBDateValue) return value.isFinite ? moment(value.days * dayMs) : null;
  if (value instanceof DuckDBDecimalValue) {
    return value.scale === 0 ? plainInteger(value.value) : value.toDouble();
  }
  if (value instanceof DuckDBTimestampSecondsValue) {
    return value.isFinite ? moment(Number(value.seconds) * 1_000) : null;
  }
  if (value instanceof DuckDBTimestampMillisecondsValue) {
    return value.isFinite ? moment(Number(value.millis)) : null;
  }
  if (value instanceof DuckDBTimestampNanosecondsValue) {
    return value.isFinite ? moment(Number(value.nanos / 1_000_000n)) : null;
  }
  return String(value);
}

function moment(milliseconds: number): string | null {
  if (Math.abs(milliseconds) > furthestMs) return null;
  return new Date(milliseconds).toISOString().slice(0, -5);
}
