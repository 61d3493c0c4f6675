import { lightTheme, type Theme } from '@vitrine/charts';
import type { Store } from '../store/store.ts';

/** Light colours while the page is printed: printers leave dark grounds out, and light text with them. The answer ends that. */
export function usePaperTheme(store: Store, paper: MediaQueryList): () => void {
  let onScreen: Theme | undefined;
  const follow = () => {
    const { theme } = store.state;
    if (paper.matches && theme?.mode === 'dark') {
      onScreen = theme;
      store.dispatch({ type: 'theme-changed', theme: lightTheme });
    } else if (!paper.matches && onScreen) {
      store.dispatch({ type: 'theme-changed', theme: onScreen });
      onScreen = undefined;
    }
  };
  paper.addEventListener('change', follow);
  return () => paper.removeEventListener('change', follow);
}
