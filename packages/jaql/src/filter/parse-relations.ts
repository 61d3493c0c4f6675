/**
 * `filterRelations`: how filters are joined, in the two forms in which JAQL is written.
 *
 *   in a query      {operator: 'AND' | 'OR', left, right}, leaves {instanceid}
 *   in a dashboard  the same with a `type`: LogicalExpression {operator, left, right},
 *                   ParenthesizedLogicalExpression {value}, Identifier {instanceId}, CascadingIdentifier {levels: [Identifier]}
 */
import { JaqlError } from '../jaql-error.ts';
import { at, type JsonRecord, readList, readRecord, refuseUnknownKeys } from './read-record.ts';

/** A tree over filters; a leaf is the `instanceid` of one. */
export type Relation =
  | { readonly kind: 'filter'; readonly id: string; readonly pointer: string }
  | { readonly kind: 'and' | 'or'; readonly of: readonly Relation[] };

interface NodeForm {
  /** The key that tells the form. */
  readonly key: string;
  readonly types: readonly string[];
  readonly keys: readonly string[];
  read(record: JsonRecord, pointer: string, depth: number): Relation;
}

const deepest = 32;
const group = 'ParenthesizedLogicalExpression';

const forms: readonly NodeForm[] = [
  {
    ...{ key: 'operator', types: ['LogicalExpression', group], keys: ['left', 'right'] },
    read: ({ operator, left, right }, pointer, depth) => ({
      kind: readOperator(operator, at(pointer, 'operator')),
      of: [
        readNode(left, at(pointer, 'left'), depth + 1),
        readNode(right, at(pointer, 'right'), depth + 1),
      ],
    }),
  },
  {
    ...{ key: 'value', types: [group], keys: [] },
    read: ({ value }, pointer, depth) => readNode(value, at(pointer, 'value'), depth + 1),
  },
  {
    ...{ key: 'levels', types: ['CascadingIdentifier'], keys: [] },
    read: ({ levels }, pointer, depth) => {
      const place = at(pointer, 'levels');
      const of = readList(levels, place, 'filter_invalid').map((level, index) =>
        readNode(level, at(place, index), depth + 1),
      );
      if (of.length === 0) {
        throw new JaqlError('filter_invalid', 'A list of levels has no entry.', { pointer: place });
      }
      return { kind: 'and', of };
    },
  },
  ...['instanceid', 'instanceId'].map((key): NodeForm => {
    return {
      ...{ key, types: ['Identifier', 'CascadingIdentifier'], keys: [] },
      read(record, pointer) {
        const id = record[key];
        if (typeof id === 'string') return { kind: 'filter', id, pointer: at(pointer, key) };
        throw new JaqlError('filter_invalid', 'An instance is named by a text.', { pointer });
      },
    };
  }),
];

/** Reads a tree of filter relations. Codes `filter_invalid`; `filter_unsupported` for an unknown node. */
export function parseRelations(raw: unknown, pointer: string): Relation {
  return readNode(raw, pointer, 0);
}

function readNode(raw: unknown, pointer: string, depth: number): Relation {
  if (depth > deepest) {
    throw new JaqlError('filter_invalid', 'Filter relations are nested too deeply.', { pointer });
  }
  const record = readRecord(raw, pointer, 'filter_invalid');
  const form = forms.find(({ key }) => key in record);
  const isKnown = record.type === undefined || form?.types.some((type) => type === record.type);
  if (form === undefined || !isKnown) {
    throw new JaqlError('filter_unsupported', 'This node of filter relations is not offered.', {
      pointer,
    });
  }
  const keys = new Set([form.key, 'type', ...form.keys]);
  refuseUnknownKeys(record, keys, pointer, 'filter_unsupported');
  return form.read(record, pointer, depth);
}

function readOperator(raw: unknown, pointer: string): 'and' | 'or' {
  if (raw === 'AND') return 'and';
  if (raw === 'OR') return 'or';
  throw new JaqlError('filter_unsupported', 'Filters are joined by AND or OR.', { pointer });
}
