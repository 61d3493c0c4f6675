import type { Model } from '../model/model.ts';

/** A fact with two ways up, one of them two steps long, a second fact below a dimension, and a table apart from all. */
export const sampleModel: Model = {
  oid: '0123456789abcdef01234567',
  title: 'Sample',
  tables: [
    {
      name: 'Orders',
      from: 'orders',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Label', column: 'label', type: 'text' },
        { name: 'Amount', column: 'amount', type: 'numeric' },
        { name: 'Day', column: 'day', type: 'datetime' },
        { name: 'Brand ID', column: 'brand_id', type: 'numeric', hidden: true },
        { name: 'Shop', column: 'shop', type: 'text' },
      ],
    },
    {
      name: 'Brand',
      from: 'brand',
      columns: [
        { name: 'ID', column: 'id', type: 'numeric' },
        { name: 'Name', column: 'name', type: 'text' },
        { name: 'Country', column: 'country', type: 'text' },
      ],
    },
    {
      name: 'Country',
      from: 'country',
      columns: [
        { name: 'Code', column: 'code', type: 'text' },
        { name: 'Continent', column: 'continent', type: 'text' },
        { name: 'People', column: 'people', type: 'numeric' },
      ],
    },
    {
      name: 'Shop',
      from: 'shop',
      columns: [
        { name: 'Name', column: 'name', type: 'text' },
        { name: 'Opened', column: 'opened', type: 'datetime' },
      ],
    },
    {
      name: 'Returns',
      from: 'returns',
      columns: [
        { name: 'Brand ID', column: 'brand_id', type: 'numeric' },
        { name: 'Pieces', column: 'pieces', type: 'numeric' },
      ],
    },
    { name: 'Apart', from: 'apart', columns: [{ name: 'X', column: 'x', type: 'text' }] },
  ],
  relations: [
    { from: '[Orders.Brand ID]', to: '[Brand.ID]' },
    { from: '[Brand.Country]', to: '[Country.Code]' },
    { from: '[Orders.Shop]', to: '[Shop.Name]' },
    { from: '[Returns.Brand ID]', to: '[Brand.ID]' },
  ],
};

/** Order 9007199254740993 is beside a neighbour that a double cannot tell from it; order 6 has a brand that is not there. */
export const sampleSql = `
  CREATE TABLE orders AS FROM (VALUES
    (1, 'Apple', 10, TIMESTAMP '2012-12-31 23:59:59', 1, 'North'),
    (2, 'apple pie', 20, TIMESTAMP '2013-01-01 00:00:00', 1, 'North'),
    (3, 'Banana', 30, TIMESTAMP '2013-01-06 10:30:00', 2, 'South'),
    (4, '100%', NULL, TIMESTAMP '2013-02-15 12:00:00', 2, NULL),
    (5, '', 50, TIMESTAMP '2013-03-31 00:00:00', 3, 'South'),
    (6, NULL, 60, NULL, 99, 'North'),
    (9007199254740992, 'a_b', 70, TIMESTAMP '2014-07-01 08:15:30', NULL, 'South'),
    (9007199254740993, 'aXb', 80, TIMESTAMP '2014-07-02 08:15:30', 3, 'North')
  ) AS t(id, label, amount, day, brand_id, shop);
  CREATE TABLE brand AS FROM (VALUES
    (1, 'Acme', 'DE'), (2, 'Bolt', 'FR'), (3, 'Core', 'US'), (4, 'Dust', NULL)) AS t(id, name, country);
  CREATE TABLE country AS FROM (VALUES
    ('DE', 'Europe', 83), ('FR', 'Europe', 68), ('US', 'America', 340)) AS t(code, continent, people);
  CREATE TABLE shop AS FROM (VALUES
    ('North', TIMESTAMP '2010-05-01'), ('South', NULL)) AS t(name, opened);
  CREATE TABLE returns AS FROM (VALUES (1, 1), (1, 2), (3, 5)) AS t(brand_id, pieces);
  CREATE TABLE apart AS FROM (VALUES ('x')) AS t(x);
`;
