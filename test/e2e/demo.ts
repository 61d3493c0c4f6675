import type { AclRule, Claims } from '@vitrine/claims';

/** Ids of the demo content. */
export const airlineReader = '670d00000000000000000301';
export const shopOverview = '670b00000000000000000203';
export const retailReader = '6128c62ea23e09002c411453';
export const wildlifeStrikes = '670b00000000000000000201';
export const flightOperations = '670b00000000000000000202';
export const lightTheme = '5ee0a1b2c3d4e5f600000001';
export const darkTheme = '5ee0a1b2c3d4e5f600000002';

export const operator = (...members: string[]): AclRule => ({
  dataSourceTitle: 'Wildlife Strikes',
  table: 'Strikes',
  column: 'Aircraft Airline Operator',
  datatype: 'text',
  members,
  exclusionary: false,
});

/** A reader of one airline. */
export const tenant = (name: string, more: Partial<Claims> = {}): Claims => ({
  sub: airlineReader,
  exp: Math.floor(Date.now() / 1000) + 600,
  ...more,
  grants: { res: [`dashboards/${wildlifeStrikes}`], acl: [operator(name)], ...more.grants },
});
