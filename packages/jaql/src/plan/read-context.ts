import { allOf } from '../filter/filter.ts';
import { at, type JsonRecord, readRecord } from '../filter/read-record.ts';
import { readFormula } from '../formula/read-term.ts';
import type { ContextItem, Term } from '../formula/term.ts';
import { JaqlError } from '../jaql-error.ts';
import type { Item, Reading } from './read-item.ts';

const deepest = 16;
const mostItems = 200;

/** How an entry of `context` is read. */
export type ReadEntry = (raw: unknown, pointer: string, reading: Reading) => ContextItem;

/**
 * The term of an item with `formula` and `context`. Ids in `context` stand with their brackets or without. Codes `formula_…`,
 * `item_invalid`, those of items in `context`.
 */
export function readFormulaOf(
  { formula, context }: JsonRecord,
  pointer: string,
  reading: Reading,
  readEntry: ReadEntry,
): Term {
  const place = at(pointer, 'formula');
  const nesting = (reading.nesting ?? 0) + 1;
  if (typeof formula !== 'string') {
    throw new JaqlError('item_invalid', 'A formula is a text.', { pointer: place });
  }
  if (nesting > deepest) {
    throw new JaqlError('formula_limit', 'Formulas are nested too deeply.', { pointer: place });
  }
  const entries = readEntries(context ?? {}, at(pointer, 'context'));
  const items = new Map<string, ContextItem>();
  const lookUp = (id: string): ContextItem | undefined => {
    const entry = entries.get(id);
    if (entry === undefined) return undefined;
    const item = items.get(id) ?? readEntry(entry.raw, entry.pointer, { ...reading, nesting });
    items.set(id, item);
    return item;
  };
  const term = readFormula(formula, place, { ids: [...entries.keys()], lookUp });
  // What the formula does not use is not ignored either.
  for (const id of entries.keys()) lookUp(id);
  return term;
}

/** An item as what a placeholder stands for. Codes `item_unsupported`. */
export function contextItemOf(item: Item): ContextItem {
  const { filter, pointer } = item;
  if (item.sort !== undefined || ('selected' in item && item.selected !== undefined)) {
    const message = 'Neither sort nor a highlight is offered in a context.';
    throw new JaqlError('item_unsupported', message, { pointer });
  }
  if (item.role === 'measure') {
    if (filter === undefined) return { kind: 'term', term: item.term };
    const message = 'A measure in a context has no filter.';
    throw new JaqlError('item_unsupported', message, { pointer });
  }
  const { field, period } = item;
  const grouping = period === undefined ? { field } : { field, period };
  if (filter === undefined) return { kind: 'field', grouping };
  return { kind: 'filter', grouping, filter: allOf([filter.background, filter.own]) };
}

function readEntries(
  raw: unknown,
  pointer: string,
): ReadonlyMap<string, { readonly raw: unknown; readonly pointer: string }> {
  const record = readRecord(raw, pointer, 'item_invalid');
  const entries = new Map<string, { raw: unknown; pointer: string }>();
  for (const [key, value] of Object.entries(record)) {
    const id = /^\[.*\]$/s.test(key) ? key.slice(1, -1) : key;
    if (entries.has(id) || /[[\]]/.test(id) || entries.size >= mostItems) {
      const message = 'Ids are few, each stands once, and without brackets inside.';
      throw new JaqlError('item_invalid', message, { pointer });
    }
    entries.set(id, { raw: value, pointer: pointerTo(pointer, key) });
  }
  return entries;
}

/** RFC 6901; an id that is no plain name is not repeated. */
function pointerTo(pointer: string, key: string): string {
  return /^\[?[\w .:-]{1,80}\]?$/.test(key) ? `${pointer}/${key}` : pointer;
}
