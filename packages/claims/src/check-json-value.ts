import { jsonLimits } from './check-json-text.ts';
import type { FindingCollector } from './finding-collector.ts';

/** A value and where it stands; the way up is followed only for a finding. */
interface Visit {
  readonly value: unknown;
  readonly key: string | number;
  readonly depth: number;
  readonly parent: Visit | undefined;
}

/**
 * Reports what `JSON.stringify` would change, drop or fail on. False means that the value must not be written.
 * Members that are `undefined` count as absent. Cycles end at the depth limit.
 */
export function checkJsonValue(root: unknown, findings: FindingCollector): boolean {
  const open: Visit[] = [{ value: root, key: '', depth: 0, parent: undefined }];
  let nodes = 0;
  let isPlain = true;
  for (let visit = open.pop(); visit !== undefined; visit = open.pop()) {
    const { value } = visit;
    if (++nodes > jsonLimits.maxNodes) {
      findings.add('json_too_many_nodes');
      return false;
    }
    if (isScalar(value)) continue;
    if (typeof value !== 'object' || value === null || !isPlainContainer(value)) {
      findings.add('value_not_json', pathOf(visit));
      isPlain = false;
      continue;
    }
    if (visit.depth >= jsonLimits.maxDepth) {
      findings.add('json_too_deep');
      return false;
    }
    openParts(value, visit, open);
  }
  return isPlain;
}

function isScalar(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value);
  return typeof value === 'string' || typeof value === 'boolean' || value === null;
}

function isPlainContainer(value: object): boolean {
  if (Array.isArray(value)) return !('toJSON' in value);
  const prototype: unknown = Object.getPrototypeOf(value);
  const isPlain = prototype === null || Object.getPrototypeOf(prototype) === null;
  return isPlain && typeof Reflect.get(value, 'toJSON') !== 'function';
}

function openParts(value: object, parent: Visit, open: Visit[]): void {
  const depth = parent.depth + 1;
  if (Array.isArray(value)) {
    // By index, so that holes count as undefined and are reported.
    for (let key = 0; key < value.length; key++) {
      open.push({ value: value[key], key, depth, parent });
      if (open.length > jsonLimits.maxNodes) return;
    }
    return;
  }
  for (const key of Object.keys(value)) {
    const part: unknown = Reflect.get(value, key);
    if (part !== undefined) open.push({ value: part, key, depth, parent });
  }
}

function pathOf(visit: Visit): (string | number)[] {
  const path: (string | number)[] = [];
  for (let at = visit; at.parent !== undefined; at = at.parent) path.unshift(at.key);
  return path;
}
