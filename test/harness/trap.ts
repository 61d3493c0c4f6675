import type { Browser, BrowserContext, Page } from 'playwright-core';

/** What a page did that no data may make it do. */
export interface Trap {
  readonly hits: readonly string[];
}

/**
 * Springs where a page calls `trap()`, opens a dialog, writes an error or a warning to the console, throws, or asks an
 * address that is not one of `origins`.
 */
export async function setTrap(context: BrowserContext, origins: readonly string[]): Promise<Trap> {
  const hits: string[] = [];
  const hit = (what: string) => hits.push(what.slice(0, 300));
  await context.exposeFunction('trap', () => hit('trap called'));
  context.on('dialog', (dialog) => {
    hit(`dialog ${dialog.message()}`);
    void dialog.dismiss();
  });
  context.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) hit(`console ${message.text()}`);
  });
  context.on('weberror', (error) => hit(`error ${error.error()}`));
  context.on('request', (request) => {
    const isOwn = origins.some((origin) => request.url().startsWith(`${origin}/`));
    if (!isOwn && !/^(?:blob|data):/.test(request.url())) hit(`request ${request.url()}`);
  });
  return { hits };
}

/** Elements and attributes in a page, shadow trees included, that only markup made of data could have brought. */
export function strangeMarkup(page: Page): Promise<readonly string[]> {
  return page.evaluate(() => {
    const strange: string[] = [];
    const forbidden = 'iframe,object,embed,base,form,meta[http-equiv],img,video,audio,marquee,math';
    const visit = (root: Document | ShadowRoot): void => {
      for (const element of root.querySelectorAll('*')) {
        if (element.matches(forbidden)) strange.push(element.outerHTML.slice(0, 200));
        if (element.matches('script') && element.textContent) strange.push('inline script');
        if (element.matches('style') && element.textContent?.includes('trap'))
          strange.push('style');
        for (const { name, value } of element.attributes) {
          const isAddress = ['href', 'src', 'action', 'xlink:href'].includes(name);
          const isSafe =
            /^(?:https:|mailto:|#|\/|data:,$|(?:\.\.\/)+assets\/)/.test(value) &&
            !value.startsWith('//');
          if (name.startsWith('on') || (isAddress && !isSafe)) strange.push(`${name}=${value}`);
        }
        if (element.shadowRoot) visit(element.shadowRoot);
      }
    };
    visit(document);
    return strange;
  });
}

/** Reports of content security policies in every page of a browser, but those of framing, which tests ask for. */
export function policyReports(browser: Browser): readonly string[] {
  const reports: string[] = [];
  browser.on('context', (context) => {
    context.on('console', (message) => {
      const text = message.text();
      if (text.includes('frame-ancestors')) return;
      if (/Content.Security.Policy|TrustedType|Trusted Type/i.test(text)) reports.push(text);
    });
  });
  return reports;
}
