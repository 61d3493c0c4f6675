import type { Claims } from '@vitrine/claims';

export const wildlifeStrikes = '670b00000000000000000201';
export const flightOperations = '670b00000000000000000202';
export const shopOverview = '670b00000000000000000203';

/** What each place on the page may see. A real product takes this from its own session and directory. */
export const places = {
  delta: airline('DELTA AIR LINES', ['filter', 'export']),
  southwest: airline('SOUTHWEST AIRLINES', ['filter']),
  operations: {
    sub: '670d00000000000000000302',
    grants: { res: [`dashboards/${flightOperations}`], prm: ['filter', 'export'] },
    trc: ['host-page'],
  },
  shop: {
    sub: '6128c62ea23e09002c411453',
    grants: {
      res: [`dashboards/${shopOverview}`],
      flt: [
        textFilter('Category', '[Category.Category]', {
          members: ['Cell Phones', 'Laptops', 'Cameras', 'Tablets'],
        }),
        textFilter('Condition', '[Commerce.Condition]', { all: true }),
        textFilter('Gender', '[Commerce.Gender]', { all: true }),
      ],
      prm: ['filter', 'export'],
    },
    trc: ['host-page'],
  },
} as const satisfies Record<string, Claims>;

export type Place = keyof typeof places;

function textFilter(title: string, dim: string, filter: Readonly<Record<string, unknown>>) {
  return { jaql: { dim, datatype: 'text', title, filter } } as const;
}

/** The airline is the tenant: one rule on the operator restricts every number, list and export. */
function airline(operator: string, abilities: readonly ('filter' | 'export')[]) {
  return {
    sub: '670d00000000000000000301',
    grants: {
      res: [`dashboards/${wildlifeStrikes}`],
      acl: [
        {
          dataSourceTitle: 'Wildlife Strikes',
          table: 'Strikes',
          column: 'Aircraft Airline Operator',
          datatype: 'text',
          members: [operator],
          exclusionary: false,
        },
      ],
      prm: abilities,
    },
    trc: ['host-page'],
  } as const satisfies Claims;
}
