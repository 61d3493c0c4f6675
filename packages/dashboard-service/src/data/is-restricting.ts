import type { JaqlItem } from '@vitrine/claims';

/**
 * True where an item of a raw query filters anything: it is a `scope` item, or a `filter`, a highlight or a
 * measured value's filter stands anywhere inside it. Without the filter ability none may (D-11).
 */
export function isRestricting(item: JaqlItem): boolean {
  if (item.panel === 'scope') return true;
  const open: unknown[] = [item.jaql];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (typeof next !== 'object' || next === null) continue;
    for (const [key, value] of Object.entries(next)) {
      if (key === 'filter' || key === 'in') return true;
      if (value !== undefined) open.push(value);
    }
  }
  return false;
}
