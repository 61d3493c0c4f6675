import { Problem, type TokenService } from '@vitrine/token-service';
import type { RequestHandler } from 'express';
import { kidOf, kidPattern } from './kid-of.ts';
import { pagePolicy } from './page-policy.ts';
import { refusalPage } from './refusal-page.ts';
import { pageAt } from './viewer-assets.ts';

/** A page and who may frame it. */
export interface PageOptions {
  readonly tokens: Pick<TokenService, 'configurationOf'>;
  readonly page: () => Promise<string | undefined>;
}

/**
 * The viewer's page for a link: `/wat/<token>/app/main…`. It opens no session and looks at the token's
 * header only, for the `kid` that says who may frame the page; what is wrong with the token the viewer hears
 * from the exchange and tells in its own words. Alone in a tab the page always works.
 */
export function linkPage({ tokens, page }: PageOptions): RequestHandler {
  return async (request, response) => {
    const kid = kidOf(String(request.params.token));
    const configuration = kid === undefined ? undefined : await tokens.configurationOf(kid);
    const origins = configuration?.enabled ? configuration.origins : [];
    response.set('Content-Security-Policy', pagePolicy(origins));
    if (configuration && !configuration.linksAllowed) {
      response.status(403).type('html').send(refusalPage('links_not_allowed'));
      return;
    }
    response.type('html').send(pageAt(await pageOr404(page), request.path));
  };
}

/** The viewer's page for the SDK: `/embed/<kid>`. */
export function embedPage({ tokens, page }: PageOptions): RequestHandler {
  return async (request, response) => {
    const kid = String(request.params.kid);
    const configuration = kidPattern.test(kid) ? await tokens.configurationOf(kid) : undefined;
    const origins = configuration?.enabled ? configuration.origins : [];
    response.set('Content-Security-Policy', pagePolicy(origins));
    response.type('html').send(pageAt(await pageOr404(page), request.path));
  };
}

async function pageOr404(page: PageOptions['page']): Promise<string> {
  const html = await page();
  if (html === undefined) throw new Problem('not_found');
  return html;
}
