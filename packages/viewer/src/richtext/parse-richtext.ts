/**
 * Markdown of a rich text widget, as a model that has no place for anything unsafe: HTML in the source is text,
 * images are left out, links lead to https or mailto only (H-1, H-2). A view of this model needs no sanitiser.
 */
import { lexer, type Token, type Tokens } from 'marked';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'strong' | 'emphasis' | 'strike'; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  | { readonly kind: 'break' };

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | { readonly kind: 'heading'; readonly level: number; readonly children: readonly Inline[] }
  | { readonly kind: 'code'; readonly text: string }
  | { readonly kind: 'quote'; readonly children: readonly Block[] }
  | {
      readonly kind: 'list';
      readonly ordered: boolean;
      readonly start: number;
      readonly items: readonly (readonly Block[])[];
    }
  | {
      readonly kind: 'table';
      readonly header: readonly TableCell[];
      readonly rows: readonly (readonly TableCell[])[];
    }
  | { readonly kind: 'rule' };

export interface TableCell {
  readonly align: 'start' | 'center' | 'end';
  readonly children: readonly Inline[];
}

/** Quotes and lists inside each other deeper than this are left out. */
const maxDepth = 12;

/** Reads Markdown (GitHub flavour) into blocks; what the lexer gives up on is one paragraph as it stands. */
export function parseRichtext(source: string): readonly Block[] {
  let tokens: readonly Token[];
  try {
    tokens = lexer(source, { gfm: true });
  } catch {
    // The lexer recurses: thousands of nested quotes end in a RangeError.
    return [{ kind: 'paragraph', children: [{ kind: 'text', text: source }] }];
  }
  return blocks(tokens, 0);
}

function blocks(tokens: readonly Token[], depth: number): readonly Block[] {
  return depth > maxDepth ? [] : tokens.flatMap((token) => block(token as MarkedBlock, depth));
}

type MarkedBlock =
  | Tokens.Blockquote
  | Tokens.Code
  | Tokens.Heading
  | Tokens.Hr
  | Tokens.HTML
  | Tokens.List
  | Tokens.Paragraph
  | Tokens.Table
  | Tokens.Text;

function block(token: MarkedBlock, depth: number): readonly Block[] {
  switch (token.type) {
    case 'paragraph':
    case 'text': {
      const children = token.tokens
        ? inlines(token.tokens)
        : [{ kind: 'text', text: token.text } as const];
      return children.length > 0 ? [{ kind: 'paragraph', children }] : [];
    }
    case 'heading':
      return [{ kind: 'heading', level: token.depth, children: inlines(token.tokens) }];
    case 'code':
      return [{ kind: 'code', text: token.text }];
    case 'blockquote':
      return [{ kind: 'quote', children: blocks(token.tokens, depth + 1) }];
    case 'list':
      return [
        {
          kind: 'list',
          ordered: token.ordered,
          start: token.start === '' ? 1 : token.start,
          items: token.items.map((item) => blocks(item.tokens, depth + 1)),
        },
      ];
    case 'table':
      return [
        {
          kind: 'table',
          header: token.header.map(tableCell),
          rows: token.rows.map((row) => row.map(tableCell)),
        },
      ];
    case 'hr':
      return [{ kind: 'rule' }];
    case 'html': {
      const text = token.text.trim();
      return text ? [{ kind: 'paragraph', children: [{ kind: 'text', text }] }] : [];
    }
    default:
      return [];
  }
}

function tableCell(cell: Tokens.TableCell): TableCell {
  const align = cell.align === 'right' ? 'end' : cell.align === 'center' ? 'center' : 'start';
  return { align, children: inlines(cell.tokens) };
}

type MarkedInline =
  | Tokens.Strong
  | Tokens.Em
  | Tokens.Del
  | Tokens.Codespan
  | Tokens.Link
  | Tokens.Image
  | Tokens.Br
  | Tokens.Escape
  | Tokens.Tag
  | Tokens.Text;

function inlines(tokens: readonly Token[] | undefined): readonly Inline[] {
  return (tokens ?? []).flatMap((token) => inline(token as MarkedInline));
}

function inline(token: MarkedInline): readonly Inline[] {
  switch (token.type) {
    case 'strong':
      return [{ kind: 'strong', children: inlines(token.tokens) }];
    case 'em':
      return [{ kind: 'emphasis', children: inlines(token.tokens) }];
    case 'del':
      return [{ kind: 'strike', children: inlines(token.tokens) }];
    case 'codespan':
      return [{ kind: 'code', text: token.text }];
    case 'br':
      return [{ kind: 'break' }];
    case 'link': {
      const href = safeHref(token.href);
      const children = inlines(token.tokens);
      return href ? [{ kind: 'link', href, children }] : children;
    }
    case 'image':
      return [];
    case 'text':
    case 'escape':
    case 'html':
      if ('tokens' in token && token.tokens) return inlines(token.tokens);
      return token.text ? [{ kind: 'text', text: decodeEntities(token.text) }] : [];
    default:
      return [];
  }
}

/** The address of a link that may be followed, as the browser will read it; undefined for every other. */
export function safeHref(href: string): string | undefined {
  let url: URL;
  try {
    url = new URL(href);
  } catch {
    return undefined;
  }
  const isWeb = url.protocol === 'https:' && url.username === '' && url.password === '';
  return isWeb || url.protocol === 'mailto:' ? url.href : undefined;
}

const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: '\u00a0',
};

/** Markdown writes some characters as entities; the result is set as text, so this cannot make markup. */
function decodeEntities(text: string): string {
  return text.replace(/&(amp|lt|gt|quot|apos|nbsp|#39);/g, (_, name: string) =>
    name === '#39' ? "'" : (entities[name] ?? ''),
  );
}
