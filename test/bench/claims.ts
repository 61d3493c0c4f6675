import type { Claims } from '@vitrine/claims';

/** Claims of the size that an OEM backend mints: one dashboard, one rule, a filter. */
export const sampleClaims = (nowSeconds: number, tag = 'bench'): Claims => ({
  sub: '670d00000000000000000301',
  exp: nowSeconds + 3600,
  grants: {
    res: ['dashboards/670b00000000000000000201'],
    flt: [
      {
        jaql: {
          dim: '[Strikes.Wildlife Size]',
          datatype: 'text',
          title: 'Animal size',
          filter: { members: ['Small', 'Medium'] },
        },
      },
    ],
    acl: [
      {
        dataSourceTitle: 'Wildlife Strikes',
        table: 'Strikes',
        column: 'Aircraft Airline Operator',
        datatype: 'text',
        members: ['DELTA AIR LINES'],
        exclusionary: false,
      },
    ],
    prm: ['filter', 'export'],
  },
  lng: 'de-DE',
  loc: 'de-DE',
  trc: [tag],
});
