import axe from 'axe-core';
import type { Frame, Page } from 'playwright-core';

interface Finding {
  readonly id: string;
  readonly impact: string | null;
  readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
}

/** What axe-core calls serious or critical in every frame of a page, a line each. */
export async function seriousFindings(page: Page): Promise<readonly string[]> {
  const found = await Promise.all(page.frames().map(findingsOf));
  return found.flat();
}

async function findingsOf(frame: Frame): Promise<readonly string[]> {
  await frame.evaluate(axe.source);
  const findings = await frame.evaluate(async () => {
    const { axe } = window as unknown as {
      axe: { run(root: Document, options: object): Promise<{ violations: Finding[] }> };
    };
    const { violations } = await axe.run(document, { iframes: false, resultTypes: ['violations'] });
    return violations;
  });
  return findings
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(({ html, failureSummary = '' }) =>
        `${id}: ${html.slice(0, 160)} ${failureSummary}`.replace(/\s+/g, ' '),
      ),
    );
}
