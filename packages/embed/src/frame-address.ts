import { EmbedError } from './embed-error.ts';
import { kidOf } from './token-kid.ts';

/** Where a frame goes, and whom it must be. */
export interface FrameAddress {
  /** Without token: `<url>/embed/<kid>?host=<origin of the page>&nonce=<nonce>`. */
  readonly src: string;
  readonly viewerOrigin: string;
}

/** Throws `EmbedError`: `url_invalid`, `host_origin_opaque`, `token_malformed`. */
export function frameAddress(
  url: string,
  wat: string,
  nonce: string,
  page: { readonly href: string; readonly origin: string },
): FrameAddress {
  const address = URL.canParse(url, page.href) && new URL(url, page.href);
  if (!address || !/^https?:$/.test(address.protocol))
    throw new EmbedError('url_invalid', 'url is not an address');
  if (page.origin === 'null') throw new EmbedError('host_origin_opaque', 'this page has no origin');
  const kid = kidOf(wat);
  if (!kid) throw new EmbedError('token_malformed', 'the token names no configuration');
  const { origin, pathname } = address;
  return {
    src: `${origin}${pathname.replace(/(?<!\/)\/+$/, '')}/embed/${kid}?host=${encodeURIComponent(page.origin)}&nonce=${nonce}`,
    viewerOrigin: origin,
  };
}
