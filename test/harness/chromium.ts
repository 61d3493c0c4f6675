import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, type BrowserContext, chromium } from 'playwright-core';

/** The system's Chromium: `CHROMIUM_PATH`, then the PATH, then what Playwright itself finds. */
function executablePath(): string | undefined {
  if (process.env.CHROMIUM_PATH) return process.env.CHROMIUM_PATH;
  for (const folder of (process.env.PATH ?? '').split(delimiter)) {
    const path = join(folder, 'chromium');
    if (existsSync(path)) return path;
  }
  return undefined;
}

/** Chromium does not sandbox for root; the other switches keep it from calling its maker. */
export function launchChromium(args: readonly string[] = []): Promise<Browser> {
  const path = executablePath();
  return chromium.launch({
    ...(path !== undefined && { executablePath: path }),
    args: [
      ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
      '--no-first-run',
      ...args,
    ],
  });
}

/** Makes every storage of every frame throw, as browsers do where a reader has blocked it. */
export function blockStorage(context: BrowserContext): Promise<unknown> {
  return context.addInitScript(() => {
    const refuse = {
      get() {
        throw new DOMException('blocked', 'SecurityError');
      },
    };
    for (const name of ['localStorage', 'sessionStorage', 'indexedDB', 'caches']) {
      Object.defineProperty(window, name, refuse);
    }
    Object.defineProperty(Document.prototype, 'cookie', {
      ...refuse,
      set() {
        throw new DOMException('blocked', 'SecurityError');
      },
    });
  });
}
