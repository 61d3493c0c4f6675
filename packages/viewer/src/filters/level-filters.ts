import type { ViewCascade, ViewFilter } from '@vitrine/charts';
import { readCondition } from './filter-condition.ts';

/** One level of a cascading filter. */
export interface LevelPlace {
  readonly cascade: ViewCascade;
  /** From the top, 0 based. */
  readonly index: number;
}

/** The restrictions above a level: its members are those that they leave. */
export function filtersAbove({ cascade, index }: LevelPlace): readonly ViewFilter[] {
  return cascade.levels
    .slice(0, index)
    .filter(({ filter }) => readCondition(filter).kind !== 'all')
    .map((jaql) => ({ jaql }));
}

/** The cascading filter, switched on, with another restriction of one level. */
export function withLevelFilter(
  { cascade, index }: LevelPlace,
  filter: Readonly<Record<string, unknown>> | undefined,
): ViewCascade {
  const { disabled: _disabled, ...rest } = cascade;
  const levels = cascade.levels.map((level, position) =>
    position === index ? { ...level, filter: filter ?? { all: true } } : level,
  );
  return { ...rest, levels };
}
