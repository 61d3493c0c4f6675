import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { beforeAll, describe, expect, it } from 'vitest';
import { verifies } from '../../../test/verifies.ts';
import { bundle } from './origins.ts';

let code: string;
beforeAll(async () => {
  code = await bundle();
});

describe('the bundle', () => {
  it('is at most 9.5 kB gzip, Lit included', () => {
    expect(gzipSync(code, { level: 9 }).length).toBeLessThanOrEqual(9_500);
  });

  it('holds nothing that only a service or a cipher needs', () => {
    for (const trace of ['jose', 'express', 'RSA-OAEP', 'A128GCM', 'subtle', 'node:', 'require('])
      expect(code).not.toContain(trace);
  });

  it(verifies('G-2', 'never posts to any origin'), () => {
    expect(code).not.toMatch(/postMessage\([^)]*['"`]\*['"`]/);
    expect(code).not.toMatch(/targetOrigin:\s*['"`]\*/);
  });

  it(verifies('G-6', 'writes no markup and runs no text'), () => {
    for (const sink of ['innerHTML', 'outerHTML', 'document.write', 'eval(', 'Function('])
      expect(code).not.toContain(sink);
  });
});

describe('the package', () => {
  it(
    verifies('EMB-8', 'can be imported without a browser, with and without the definition'),
    async () => {
      const script = `
      const pure = await import('@vitrine/embed');
      const defined = await import('@vitrine/embed/define');
      new pure.EmbedFrame({ url: 'https://bi.example' });
      console.log(Object.keys(pure).sort().join(), pure.EmbedDashboard === defined.EmbedDashboard);`;
      const { stdout } = await promisify(execFile)(
        process.execPath,
        ['--input-type=module', '--eval', script],
        { cwd: import.meta.dirname },
      );
      expect(stdout.trim()).toBe(
        'DashboardChangedEvent,DashboardLoadedEvent,EmbedDashboard,EmbedError,EmbedErrorEvent,EmbedFrame,ExportDoneEvent,FiltersChangedEvent,FrameResizedEvent,TokenExpiredEvent,WidgetLoadedEvent,embedErrors true',
      );
    },
  );
});
