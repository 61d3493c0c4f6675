import { ApiClient } from '../api/api-client.ts';
import { Viewer } from '../effects/viewer.ts';
import type { Store } from '../store/store.ts';
import { takeLinkToken, writeRoute } from './link-address.ts';
import { parseRoute } from './parse-route.ts';

/**
 * Link mode (LNK-1): the token came in the path, or is in this tab's history state after a reload. Gives nothing
 * where there is no token. Opens no session for a page that is only prerendered.
 */
export function startLink(page: Window, store: Store, base: string): Viewer | undefined {
  const readRoute = () => {
    const { pathname, search, hash } = page.location;
    return parseRoute({ pathname: pathname.slice(base.length), search, hash });
  };
  const route = readRoute();
  const token = takeLinkToken(page, route, base);
  if (!token) return undefined;

  const viewer = new Viewer({
    store,
    api: new ApiClient(base),
    onRoute: (opened) => writeRoute(page, opened, token),
  });
  const { dashboard, widget, theme, embedded, panes } = route;
  const open = () => void viewer.open({ wat: token, dashboard, widget, theme, embedded, panes });

  // A click on Back or an edited hash makes an entry that does not have the token yet.
  const follow = () => {
    page.history.replaceState({ wat: token }, '');
    const next = readRoute();
    const { dashboardOid, widgetOid } = store.state;
    if (!next.dashboard || (next.dashboard === dashboardOid && next.widget === widgetOid)) return;
    viewer.openDashboard(next.dashboard, next.widget).catch(() => undefined);
  };
  page.addEventListener('popstate', follow);
  page.addEventListener('hashchange', follow);

  if ('prerendering' in page.document && page.document.prerendering === true) {
    page.document.addEventListener('prerenderingchange', open, { once: true });
  } else {
    open();
  }
  return viewer;
}
