import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** `CHROMIUM_PATH`, else the first `chromium` on `PATH`. */
function chromiumPath(): string {
  const { CHROMIUM_PATH, PATH = '' } = process.env;
  const places = PATH.split(delimiter).map((folder) => join(folder, 'chromium'));
  for (const place of CHROMIUM_PATH ? [CHROMIUM_PATH] : places) {
    try {
      accessSync(place, constants.X_OK);
      return place;
    } catch {
      // Not here.
    }
  }
  throw new Error('no Chromium: set CHROMIUM_PATH');
}

export const launchBrowser = (): Promise<Browser> =>
  chromium.launch({ executablePath: chromiumPath(), headless: true, args: ['--no-sandbox'] });
