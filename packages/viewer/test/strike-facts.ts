import type { CellValue } from '@vitrine/charts';

/** One row of the fixture's only table. */
export type Fact = Readonly<Record<string, CellValue>>;

const operators = [
  'AMERICAN AIRLINES',
  'DELTA AIR LINES',
  'SOUTHWEST AIRLINES',
  'UNITED AIRLINES',
  'US AIRWAYS',
  'BUSINESS',
  'MILITARY',
  'NORTHWEST AIRLINES',
  'FEDEX EXPRESS',
  'CONTINENTAL AIRLINES',
  'ALASKA AIRLINES',
  'AMERICA WEST AIRLINES',
];
const phases = [
  'Approach',
  'Climb',
  'Take-off run',
  'Landing Roll',
  'En Route',
  'Descent',
  'Taxi',
  'Parked',
];
const states = [
  'Texas',
  'California',
  'Florida',
  'New York',
  'Illinois',
  'Colorado',
  'Tennessee',
  'Kentucky',
  'New Jersey',
  'Virginia',
  'Missouri',
  'Hawaii',
  'Ohio',
  'Georgia',
];
const species = [
  'Gulls',
  'European starling',
  'Rock pigeon',
  'Mourning dove',
  'American kestrel',
  'Canada goose',
  'Barn swallow',
  'Red-tailed hawk',
  'Killdeer',
  'White-tailed deer',
  'Horned lark',
  'Turkey vulture',
];

function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 4294967296;
    return state / 4294967296;
  };
}

/** The same 6,000 strikes each time. */
export function strikeFacts(): readonly Fact[] {
  const random = randomOf(20);
  const skewed = <T>(list: readonly T[]): T => list[Math.floor(random() ** 1.9 * list.length)] as T;
  return Array.from({ length: 6000 }, () => {
    const years = random() ** 0.75 * 12.5;
    const month = Math.floor((years % 1) * 12 + Math.sin(random() * 3) * 2 + 12) % 12;
    const date = new Date(Date.UTC(1990 + Math.floor(years), month, 1 + Math.floor(random() * 28)));
    const size = skewed(['Small', 'Medium', 'Large']);
    const damaging = random() < (size === 'Large' ? 0.42 : size === 'Medium' ? 0.14 : 0.03) ? 1 : 0;
    return {
      '[Strikes.Flight Date]': date.toISOString().slice(0, 19),
      '[Strikes.Wildlife Size]': size,
      '[Strikes.Phase of flight]': skewed(phases),
      '[Strikes.Time of day]': skewed(['Day', 'Night', 'Dusk', 'Dawn']),
      '[Strikes.Operator]': skewed(operators),
      '[Strikes.State]': skewed(states),
      '[Strikes.Species]': skewed(species),
      '[Strikes.Damaging]': damaging,
      '[Strikes.Cost]': damaging ? Math.round(random() ** 6 * 900_000) : 0,
      '[Strikes.Speed]': Math.round(80 + random() * 200),
    };
  });
}
