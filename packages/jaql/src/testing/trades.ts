import type { CompileContext } from '../index.ts';
import type { Model } from '../model/model.ts';
import { context, openTables } from './sample-database.ts';

/** A row of the fact table; everything that formulas are tested on is computed from these, in plain TypeScript. */
export interface Trade {
  readonly id: number;
  /** ISO 8601, without a zone. */
  readonly day: string | null;
  readonly shipped: string | null;
  readonly shop: string | null;
  readonly product: string;
  readonly amount: number | null;
  readonly pieces: number;
}

export const products = [
  { name: 'Axe', line: 'Tools', price: 12.5 },
  { name: 'Bow', line: 'Sport', price: 80 },
  { name: 'Cup', line: 'Home', price: 3.25 },
  { name: 'Drum', line: 'Sport', price: 149.5 },
];
const shops = ['East', 'North', 'South', null];

/** The same numbers on every run. */
function* sequence(seed: number): Generator<number, never> {
  let state = seed;
  while (true) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    yield state / 2 ** 31;
  }
}

function makeTrades(): Trade[] {
  const random = sequence(20_130_220);
  const below = (limit: number) => Math.floor(random.next().value * limit);
  const start = Date.parse('2011-02-03T00:00:00Z');
  const hour = 3_600_000;
  return Array.from({ length: 420 }, (_, id): Trade => {
    // A gap of four months: some periods have nothing before them.
    const at = start + below(24 * 1_180) * hour;
    const isGap = at >= Date.parse('2012-05-01Z') && at < Date.parse('2012-09-01Z');
    const day = new Date(isGap ? at + 200 * 24 * hour : at);
    const shipped = new Date(day.getTime() + below(90 * 24) * hour);
    return {
      id,
      day: id % 41 === 0 ? null : iso(day),
      shipped: id % 29 === 0 ? null : iso(shipped),
      shop: shops[below(shops.length)] ?? null,
      product: products[below(products.length)]?.name ?? 'Axe',
      amount: id % 17 === 0 ? null : below(800) / 4 - 20,
      pieces: below(9),
    };
  });
}

function iso(date: Date): string {
  return date.toISOString().slice(0, 19);
}

export const trades: readonly Trade[] = makeTrades();

const literal = (value: string | number | null) =>
  value === null ? 'NULL' : typeof value === 'number' ? String(value) : `'${value}'`;

const sqlOf = (rows: readonly Trade[], ofProducts: typeof products) => `
  CREATE TABLE trades (id BIGINT, day TIMESTAMP, shipped TIMESTAMP, shop VARCHAR, product VARCHAR, amount DOUBLE, pieces INTEGER);
  INSERT INTO trades VALUES ${rows.map((row) => `(${Object.values(row).map(literal).join(', ')})`).join(', ')};
  CREATE TABLE products (name VARCHAR, line VARCHAR, price DECIMAL(9, 2));
  INSERT INTO products VALUES ${ofProducts.map((row) => `(${Object.values(row).map(literal).join(', ')})`).join(', ')};
`;

export const tradesModel: Model = {
  oid: '0123456789abcdef01234568',
  title: 'Trades',
  tables: [
    {
      name: 'Trades',
      from: 'trades',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
        { name: 'Shipped', column: 'shipped', type: 'datetime' },
        { name: 'Shop', column: 'shop', type: 'text' },
        { name: 'Product', column: 'product', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Pieces', column: 'pieces', type: 'numeric' },
      ],
    },
    {
      name: 'Product',
      from: 'products',
      columns: [
        { name: 'Name', column: 'name', type: 'text' },
        { name: 'Line', column: 'line', type: 'text' },
        { name: 'Price', column: 'price', type: 'numeric' },
      ],
    },
  ],
  relations: [{ from: '[Trades.Product]', to: '[Product.Name]' }],
};

/** A context of the trades model with nothing restricted. */
export function tradesContext(more: Partial<CompileContext> = {}): CompileContext {
  return context({ model: tradesModel, ...more });
}

/** The trades in a real DuckDB, or some of them and of the products. */
export function openTrades(rows = trades, ofProducts = products) {
  return openTables(sqlOf(rows, ofProducts), tradesContext);
}

/** Dims of the trades by short names, as they stand in formulas. */
export const dims = {
  id: { dim: '[Trades.ID]' },
  day: { dim: '[Trades.Day]' },
  shipped: { dim: '[Trades.Shipped]' },
  shop: { dim: '[Trades.Shop]' },
  product: { dim: '[Trades.Product]' },
  amount: { dim: '[Trades.Amount]' },
  pieces: { dim: '[Trades.Pieces]' },
  line: { dim: '[Product.Line]' },
  price: { dim: '[Product.Price]' },
};

/** A formula over `[amount]`, `[shop]` and the others; further items of its context may be given. */
export function formula(text: string, more: Readonly<Record<string, object>> = {}): object {
  const known: Readonly<Record<string, object>> = { ...dims, ...more };
  const ids = [...text.matchAll(/\[([^[\]]*)\]/g)].map(([, id = '']) => id);
  const used = [...new Set(ids)].flatMap((id) => (known[id] ? [[`[${id}]`, known[id]]] : []));
  return { formula: text, context: Object.fromEntries(used) };
}
