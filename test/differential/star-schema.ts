import type { Model, ModelTable } from '@vitrine/jaql';

/**
 * A snowflake with two facts:
 *
 *     region ◄─ shop ◄─ sales ─► product ─► brand
 *                         │         ▲
 *                         ▼         └─ returned
 *                      customer
 *
 * Keys may be absent or lead nowhere, and one key of each dimension is there twice.
 */
export const tableNames = [
  'sales',
  'product',
  'brand',
  'shop',
  'region',
  'customer',
  'returned',
] as const;
export type TableName = (typeof tableNames)[number];

interface Relation {
  readonly many: TableName;
  readonly key: string;
  readonly one: TableName;
}

export const relations: readonly Relation[] = [
  { many: 'sales', key: 'product_id', one: 'product' },
  { many: 'product', key: 'brand_id', one: 'brand' },
  { many: 'sales', key: 'shop_id', one: 'shop' },
  { many: 'shop', key: 'region_id', one: 'region' },
  { many: 'sales', key: 'customer_id', one: 'customer' },
  { many: 'returned', key: 'product_id', one: 'product' },
];

const keysOf = (table: TableName) =>
  relations.filter(({ many }) => many === table).map(({ key }) => key);

/** Columns by type; each table has an id, a text, a whole and a broken number and a date, and its keys. */
export const columnsOf = (table: TableName) => ({
  text: ['word'],
  numeric: ['id', 'size', 'price', ...keysOf(table)],
  datetime: ['day'],
});

/** The model over relations whose names begin with a prefix. */
export function starModel(prefix: string): Model {
  return {
    oid: '00112233445566778899aabb',
    title: 'Star',
    tables: tableNames.map((name): ModelTable => {
      const { text, numeric, datetime } = columnsOf(name);
      return {
        name,
        from: `${prefix}${name}`,
        columns: [
          ...text.map((column) => ({ name: column, type: 'text' as const })),
          ...numeric.map((column) => ({ name: column, type: 'numeric' as const })),
          ...datetime.map((column) => ({ name: column, type: 'datetime' as const })),
        ],
      };
    }),
    relations: relations.map(({ many, key, one }) => ({
      from: `[${many}.${key}]`,
      to: `[${one}.id]`,
    })),
  };
}

/** A row; `place` is its position in its table, which no model knows. */
export interface Row {
  readonly place: number;
  readonly id: number;
  readonly word: string | null;
  readonly size: number | null;
  readonly price: number | null;
  /** `YYYY-MM-DDTHH:mm:ss`. */
  readonly day: string | null;
  readonly keys: Readonly<Record<string, number | null>>;
}

export type Star = Readonly<Record<TableName, readonly Row[]>>;

export const words = [
  ...['Ash', 'ash', 'Birch', 'Cedar', '', 'Dog%', 'E_m', '(null)', "Fir's"],
  ...['Ash ', 'Ünï', 'İs', 'ΣΑΣ', '日本', '🦉', 'back\\slash'],
];
/** Year ends, a leap day, the first and last hours of summer time in Europe and the United States. */
export const moments = [
  ...['2019-12-30T00:00:00', '2019-12-31T23:59:59', '2020-01-01T00:00:00', '2020-01-05T07:30:00'],
  ...['2020-02-29T12:00:00', '2020-03-08T02:30:00', '2020-03-29T02:30:00', '2020-07-01T00:00:00'],
  ...['2020-10-25T02:30:00', '2020-11-01T01:30:00', '2021-01-03T23:00:00', '2021-03-14T00:00:00'],
];
export const days = moments.map((moment) => moment.slice(0, 10));
export const sizes = [0, 1, 2, 3, 5, 8, -4];
/** Quarters add up without rounding, so that sums are the same in any order. */
export const prices = [0, 0.25, 1.5, 2.75, -3.5, 1_000_000.25];

const sizeOf: Readonly<Record<TableName, number>> = {
  sales: 140,
  product: 14,
  brand: 6,
  shop: 9,
  region: 5,
  customer: 12,
  returned: 30,
};

/** The rows of all tables, the same on every run. */
export function starRows(): Star {
  let state = 12_345;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const pick = <Item>(items: readonly Item[]) =>
    draw(9) === 0 ? null : (items[draw(items.length)] ?? null);
  const rowsOf = (name: TableName) => {
    const isFact = name === 'sales' || name === 'returned';
    return Array.from({ length: sizeOf[name] }, (_, place): Row => {
      const keys = relations
        .filter(({ many }) => many === name)
        .map(({ key, one }) => [key, draw(12) === 0 ? null : draw(sizeOf[one] + 1)] as const);
      return {
        place,
        // The last row of a dimension repeats the id before it.
        id: !isFact && place === sizeOf[name] - 1 ? place - 1 : place,
        ...{ word: pick(words), size: pick(sizes), price: pick(prices), day: pick(moments) },
        keys: Object.fromEntries(keys),
      };
    });
  };
  return Object.fromEntries(tableNames.map((name) => [name, rowsOf(name)])) as unknown as Star;
}
