/**
 * Makes the data files of the demo content in `data/`, once: real flights and strikes out of the `vega-datasets` package with
 * readable column names, and a seeded, synthetic shop in the schema that token examples like to use.
 *
 *   node examples/content/prepare.ts [--force]
 */
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { DuckDBInstance } from '@duckdb/node-api';

const here = dirname(fileURLToPath(import.meta.url));
const target = join(here, 'data');
const source = join(here, 'node_modules/vega-datasets/data');

const flights = `
  select
    date as "Departure",
    case when hour(date) < 6 then '00–06' when hour(date) < 9 then '06–09' when hour(date) < 12 then '09–12'
         when hour(date) < 15 then '12–15' when hour(date) < 18 then '15–18' when hour(date) < 21 then '18–21' else '21–24' end
      as "Departure Window",
    dayname(date) as "Weekday",
    isodow(date)::integer as "Weekday Number",
    origin as "Origin",
    destination as "Destination",
    delay::integer as "Delay",
    (delay > 15)::integer as "Late",
    distance::integer as "Distance",
    case when distance < 500 then 'Short' when distance < 1000 then 'Medium'
         when distance < 2000 then 'Long' else 'Very long' end as "Distance Band"
  from '${source}/flights-3m.parquet'`;

const strikes = `
  select *, ("Effect Amount of damage" <> 'None')::integer as "Damaging"
  from '${source}/birdstrikes.csv'`;

const airports = `select iata, name, city, state from '${source}/airports.csv' where country = 'USA'`;

/** `setseed` makes `random()` repeat itself; one thread keeps the order of the calls. */
const shop = `
  with visits as (
    select i, random() d1, random() d2, random() brand, random() category, random() country, random() condition,
      random() gender, random() age, random() quantity, random() price, random() margin
    from range(60000) t(i)
  ), priced as (
    select *, (1 + floor(-ln(1 - quantity * 0.98) * 1.3))::integer as units,
      [420, 640, 380, 290, 120, 560, 160, 140, 90, 75, 310, 28][(1 + floor(pow(category, 1.3) * 12))::integer] * (0.6 + price * 0.9) as unit_price,
      (floor(sqrt(d1) * 36) * 30.4 + d2 * 30)::integer as day
    from visits
  )
  select
    i + 1 as "Visit ID",
    date '2011-01-01' + least(day, 1094) as "Date",
    (1 + floor(brand * brand * 24))::integer as "Brand ID",
    (1 + floor(pow(category, 1.3) * 12))::integer as "Category ID",
    (1 + floor(pow(country, 1.7) * 18))::integer as "Country ID",
    case when condition < 0.62 then 'New' when condition < 0.87 then 'Used' when condition < 0.96 then 'Refurbished' else 'Unspecified' end
      as "Condition",
    case when gender < 0.47 then 'Male' when gender < 0.92 then 'Female' else 'Unspecified' end as "Gender",
    ['0–18', '19–24', '25–34', '35–44', '45–54', '55–64', '65+'][(1 + floor(((age + margin) / 2) * 7))::integer] as "Age Range",
    units as "Quantity",
    round(unit_price * units, 2) as "Revenue",
    round(unit_price * units * (0.55 + margin * 0.25), 2) as "Cost"
  from priced order by i`;

const names = (list: readonly string[], id: string, name: string): string =>
  `select (row_number() over ())::integer as "${id}", n as "${name}" from (select unnest([${list.map((item) => `'${item}'`).join(', ')}]) as n)`;

const brands = names(
  'Abbeal,Aldine,Brixton,Calvera,Dorset,Elmstead,Farrow,Gantry,Halden,Ilford,Jarrow,Kestrel,Lambeth,Marlow,Norwood,Osprey,Penrith,Quorn,Rowan,Selby,Thirsk,Upton,Verity,Wexford'.split(
    ',',
  ),
  'Brand ID',
  'Brand',
);
const categories = names(
  'Cell Phones,Laptops,Cameras,Tablets,Audio,Televisions,Wearables,Printers,Storage,Networking,Gaming,Accessories'.split(
    ',',
  ),
  'Category ID',
  'Category',
);
const countries = names(
  'United States,Germany,France,United Kingdom,Japan,Spain,Italy,Netherlands,Brazil,Canada,Australia,Argentina,Türkiye,South Korea,China,Poland,Sweden,Switzerland'.split(
    ',',
  ),
  'Country ID',
  'Country',
);

const files: Record<string, string> = {
  'flights.parquet': flights,
  'airports.parquet': airports,
  'strikes.parquet': strikes,
  'commerce.parquet': shop,
  'brand.parquet': brands,
  'category.parquet': categories,
  'country.parquet': countries,
};

const force = process.argv.includes('--force');
const missing = Object.keys(files).filter((name) => force || !existsSync(join(target, name)));
if (missing.length > 0) {
  mkdirSync(target, { recursive: true });
  const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
  const connection = await instance.connect();
  for (const name of missing) {
    const partial = join(target, `.${name}`);
    await connection.run('select setseed(0.42)');
    await connection.run(
      `copy (${files[name]}) to '${partial}' (format parquet, compression zstd)`,
    );
    renameSync(partial, join(target, name));
  }
  connection.closeSync();
  instance.closeSync();
  rmSync(join(target, '.tmp'), { force: true, recursive: true });
  console.log(`Demo data: wrote ${missing.length} files.`);
}
