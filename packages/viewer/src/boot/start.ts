import { ApiClient } from '../api/api-client.ts';
import { Viewer } from '../effects/viewer.ts';
import { enUS } from '../i18n/en-US.ts';
import { translatorOf } from '../i18n/translate.ts';
import { initialState } from '../store/state.ts';
import { Store } from '../store/store.ts';
import { startFrame } from './start-frame.ts';
import { startLink } from './start-link.ts';

/** Starts the viewer as the address says: for a link, or inside a host page. `base` is the path that the service is under, without a slash at its end. */
export function start(page: Window, base: string): Viewer {
  const store = new Store(initialState(translatorOf(enUS, 'en-US'), 'en-US'));
  const started = startLink(page, store, base) ?? startFrame(page, store, base);
  const viewer = started ?? new Viewer({ store, api: new ApiClient(base) });
  void viewer.setLanguage(undefined);
  if (!started) store.dispatch({ type: 'failed', code: 'not_embedded' });
  page.addEventListener('pagehide', (event) => {
    if (!event.persisted) viewer.close();
  });
  return viewer;
}
