/**
 * Where the address points (LNK-1, LNK-2):
 *
 *   /wat/<token>/app/main#/dashboards/<oid>[/widgets/<oid>][?embed=true&l=…&r=…&t=…&h=…&theme=…]
 *   /wat/<token>/app/main/dashboards/<oid>[/widgets/<oid>][?…]
 *   /embed/<kid>#/dashboards/<oid>…            the same after the token has left the address bar
 */

/** Which parts around the content are shown. */
export interface Panes {
  readonly header: boolean;
  readonly toolbar: boolean;
  readonly left: boolean;
  readonly right: boolean;
}

export interface Route {
  readonly dashboard?: string;
  readonly widget?: string;
  readonly embedded: boolean;
  readonly panes: Panes;
  readonly theme?: string;
}

export interface RouteSource {
  /** Below the path that the service is under. */
  readonly pathname: string;
  readonly search: string;
  readonly hash: string;
}

const routePattern = /^\/dashboards\/([^/?#]+)(?:\/widgets\/([^/?#]+))?\/?$/;

/** Splits the hash into its path and its parameters. */
function splitHash(hash: string): { path: string; search: string } {
  const text = hash.replace(/^#/, '');
  const mark = text.indexOf('?');
  return mark < 0
    ? { path: text, search: '' }
    : { path: text.slice(0, mark), search: text.slice(mark + 1) };
}

/** Reads route and parameters of an address; parameters behind the hash win over those before it. */
export function parseRoute({ pathname, search, hash }: RouteSource): Route {
  const fromHash = splitHash(hash);
  const fromPath = pathname.replace(/^\/wat\/[^/]+\/app\/main/, '').replace(/^\/embed\/[^/]+/, '');
  const match = routePattern.exec(fromHash.path) ?? routePattern.exec(fromPath);
  const parameters = new URLSearchParams(search);
  for (const [name, value] of new URLSearchParams(fromHash.search)) parameters.set(name, value);

  const embedded = flag(parameters.get('embed')) ?? false;
  const pane = (name: string) => flag(parameters.get(name)) ?? !embedded;
  const theme = parameters.get('theme');
  return {
    ...(match?.[1] ? { dashboard: decode(match[1]) } : {}),
    ...(match?.[2] ? { widget: decode(match[2]) } : {}),
    embedded,
    panes: { header: pane('h'), toolbar: pane('t'), left: pane('l'), right: pane('r') },
    ...(theme ? { theme } : {}),
  };
}

/** The hash that `parseRoute` reads back: the route, then the parameters that were given with it. */
export function routeHash(
  route: { readonly dashboard?: string | undefined; readonly widget?: string | undefined },
  source: Pick<RouteSource, 'search' | 'hash'>,
): string {
  const parameters = new URLSearchParams(source.search);
  for (const [name, value] of new URLSearchParams(splitHash(source.hash).search)) {
    parameters.set(name, value);
  }
  const dashboard = route.dashboard ? `/dashboards/${encodeURIComponent(route.dashboard)}` : '/';
  const widget =
    route.dashboard && route.widget ? `/widgets/${encodeURIComponent(route.widget)}` : '';
  const query = parameters.toString();
  return `#${dashboard}${widget}${query ? `?${query}` : ''}`;
}

function flag(value: string | null): boolean | undefined {
  if (value === 'true' || value === '1' || value === '') return true;
  if (value === 'false' || value === '0') return false;
  return undefined;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
