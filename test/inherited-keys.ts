/** Names of what every object has, and of what a list or a merge would put there. */
export const inheritedNames: readonly string[] = [
  ...Object.getOwnPropertyNames(Object.prototype),
  ...['prototype', 'prev', 'next', 'length', 'name'],
];

const holders = [
  Object.prototype,
  ...inheritedNames.map((name): unknown => Reflect.get({}, name)),
].filter((one): one is object => Object(one) === one);

/** The keys of what every object has, and of what hangs on that: B-4 lets no data add one. */
export function inheritedKeys(): readonly (readonly string[])[] {
  return holders.map((one) => Reflect.ownKeys(one).map(String));
}
