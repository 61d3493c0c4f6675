const aliases: Readonly<Record<string, string>> = {
  accesscontrol: 'acl',
  datasecurity: 'acl',
  rules: 'acl',
  dashboards: 'res',
  resource: 'res',
  resources: 'res',
  filter: 'flt',
  filters: 'flt',
  abilities: 'prm',
  permission: 'prm',
  permissions: 'prm',
  expires: 'exp',
  expiration: 'exp',
  notbefore: 'nbf',
  subject: 'sub',
  language: 'lng',
  locale: 'loc',
  theme: 'thm',
  tags: 'trc',
  tracking: 'trc',
  datasource: 'dataSourceTitle',
  excluded: 'exclusionary',
  values: 'members',
};

const longestGuess = 32;

/** The known name that `name` was probably meant to be: another case, one slip of the keyboard, or a longer word. */
export function nearName(name: string, known: readonly string[]): string | undefined {
  if (name.length > longestGuess) return undefined;
  const plain = plainName(name);
  const alias = Object.hasOwn(aliases, plain) ? aliases[plain] : undefined;
  return known.find(
    (candidate) => candidate === alias || isOneSlipAway(plain, plainName(candidate)),
  );
}

function plainName(name: string): string {
  return name.toLowerCase().replaceAll(/[\s_-]/g, '');
}

function isOneSlipAway(one: string, other: string): boolean {
  if (one === other) return true;
  const difference = one.length - other.length;
  if (Math.abs(difference) > 1 || Math.min(one.length, other.length) < 2) return false;
  let start = 0;
  while (start < one.length && one[start] === other[start]) start++;
  if (difference === 1) return one.slice(start + 1) === other.slice(start);
  if (difference === -1) return one.slice(start) === other.slice(start + 1);
  const isSwapped = one[start] === other[start + 1] && one[start + 1] === other[start];
  if (isSwapped) return one.slice(start + 2) === other.slice(start + 2);
  // Another letter in a short name is as likely another claim: act, acr and acl.
  return other.length > 4 && one.slice(start + 1) === other.slice(start + 1);
}
