import type { Model, ModelTable } from '@vitrine/jaql';

/**
 * Six tables, four of them around a fact, one two steps away:
 *
 *     region ◄─ shop ◄─ sales ─► product ─► brand
 *                         └────► customer
 *
 * Keys may be absent or lead nowhere, and one key of a dimension is there twice.
 */
export const tableNames = ['sales', 'product', 'brand', 'shop', 'region', 'customer'] as const;
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
];

/** Columns by type; each table has an id, a text, a number and a date, and its keys. */
export const columnsOf = (table: TableName) => ({
  text: ['word'],
  numeric: ['id', 'size', ...relations.filter((one) => one.many === table).map((one) => one.key)],
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

export const words = ['Ash', 'ash', 'Birch', 'Cedar', '', 'Dog%', 'E_m', '(null)', "Fir's"];
export const days = [
  '2019-12-31',
  '2020-01-01',
  '2020-01-05',
  '2020-02-29',
  '2020-07-01',
  '2021-03-14',
];
export const sizes = [0, 1, 2, 3, 5, 8, -4];

const sizeOf: Readonly<Record<TableName, number>> = {
  sales: 160,
  product: 14,
  brand: 6,
  shop: 9,
  region: 5,
  customer: 12,
};

/** Statements that make the tables, the same on every run. */
export function starSql(prefix: string): string[] {
  let state = 12_345;
  const draw = (below: number) => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) & 0x7fff_ffff;
    return (state >>> 8) % below;
  };
  const pick = <Item>(items: readonly Item[]) =>
    draw(9) === 0 ? undefined : items[draw(items.length)];
  return tableNames.flatMap((name) => {
    const keys = relations.filter(({ many }) => many === name);
    const rows = Array.from({ length: sizeOf[name] }, (_, id) => {
      const day = pick(days);
      return [
        // The last row repeats the id before it.
        String(name !== 'sales' && id === sizeOf[name] - 1 ? id - 1 : id),
        literal(pick(words)),
        String(pick(sizes) ?? 'NULL'),
        day === undefined
          ? 'NULL'
          : `TIMESTAMP '${day} ${String(draw(24)).padStart(2, '0')}:00:00'`,
        ...keys.map(({ one }) => String(draw(12) === 0 ? 'NULL' : draw(sizeOf[one] + 1))),
      ].join(', ');
    });
    const columns = [
      'id BIGINT',
      'word VARCHAR',
      'size BIGINT',
      'day TIMESTAMP',
      ...keys.map(({ key }) => `${key} BIGINT`),
    ];
    return [
      `CREATE TABLE ${prefix}${name} (${columns.join(', ')})`,
      `INSERT INTO ${prefix}${name} VALUES ${rows.map((row) => `(${row})`).join(', ')}`,
    ];
  });
}

/** A text as SQL. */
export function literal(text: string | undefined): string {
  return text === undefined ? 'NULL' : `'${text.replaceAll("'", "''")}'`;
}
