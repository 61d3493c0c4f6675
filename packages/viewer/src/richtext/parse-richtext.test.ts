import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { type Block, type Inline, parseRichtext, safeHref } from './parse-richtext.ts';

const blockKinds = ['paragraph', 'heading', 'code', 'quote', 'list', 'table', 'rule'];
const inlineKinds = ['text', 'strong', 'emphasis', 'strike', 'code', 'link', 'break'];

/** Every link address in a model, after checking that the model holds nothing but known parts. */
function linksOf(part: Block | Inline | readonly unknown[]): string[] {
  if (Array.isArray(part)) return part.flatMap((inner) => linksOf(inner as Block));
  const node = part as Record<string, unknown>;
  expect([...blockKinds, ...inlineKinds, undefined]).toContain(node.kind);
  const nested = ['children', 'items', 'header', 'rows'].flatMap((name) =>
    Array.isArray(node[name]) ? linksOf(node[name]) : [],
  );
  return typeof node.href === 'string' ? [node.href, ...nested] : nested;
}

const vectors = [
  '<script>alert(1)</script>',
  '<img src=x onerror=alert(1)>',
  '<svg/onload=alert(1)>',
  '<iframe srcdoc="<script>alert(1)</script>"></iframe>',
  '<a href="javascript:alert(1)">x</a>',
  '<style>*{background:url(https://evil.test)}</style>',
  '<math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>',
  '<noscript><p title="</noscript><img src=x onerror=alert(1)>">',
  '[x](javascript:alert(1))',
  '[x](JaVaScRiPt:alert(1))',
  '[x](&#106;avascript:alert(1))',
  '[x](java&#10;script:alert(1))',
  '[x](java\tscript:alert(1))',
  '[x](\u0001javascript:alert(1))',
  '[x](data:text/html,<script>alert(1)</script>)',
  '[x](data:image/svg+xml;base64,PHN2Zy8+)',
  '[x](vbscript:msgbox(1))',
  '[x](file:///etc/passwd)',
  '[x](blob:https://a/b)',
  '[x](http://insecure.test)',
  '[x](//evil.test)',
  '[x](/admin)',
  '[x](?token=1)',
  '[x](https://user:pass@evil.test)',
  '[x]: javascript:alert(1)\n\n[x]',
  '<javascript:alert(1)>',
  '![x](https://evil.test/pixel.gif)',
  '![x](javascript:alert(1))',
  '[![x](https://evil.test/p.gif)](javascript:alert(1))',
  '> <script>alert(1)</script>',
  '- <img src=x onerror=alert(1)>',
  '|<b onclick=alert(1)>x</b>|[y](javascript:alert(1))|\n|-|-|\n|<script>|![z](x)|',
  '`</code><script>alert(1)</script>`',
  '```html\n</pre><script>alert(1)</script>\n```',
  '# <svg onload=alert(1)> title',
];

describe('parseRichtext', () => {
  it.each(vectors)(verifies('H-1 H-2', 'makes nothing active of %j'), (source) => {
    const model = parseRichtext(source);
    const links = linksOf(model);
    for (const href of links) expect(['https:', 'mailto:']).toContain(new URL(href).protocol);
    expect(links).toEqual([]);
    expect(JSON.stringify(model)).not.toContain('pixel.gif');
  });

  it('keeps https and mailto links, as the browser reads them', () => {
    expect(linksOf(parseRichtext('[a](https://vega.github.io/x?y=1) <mailto:a@b.test>'))).toEqual([
      'https://vega.github.io/x?y=1',
      'mailto:a@b.test',
    ]);
    expect(safeHref('HTTPS://EXAMPLE.test/A')).toBe('https://example.test/A');
  });

  it('shows HTML in the source as the text that it is', () => {
    expect(parseRichtext('a <b>bold</b> & 3 < 4')).toEqual([
      {
        kind: 'paragraph',
        children: [
          { kind: 'text', text: 'a ' },
          { kind: 'text', text: '<b>' },
          { kind: 'text', text: 'bold' },
          { kind: 'text', text: '</b>' },
          { kind: 'text', text: ' & 3 < 4' },
        ],
      },
    ]);
  });

  it('reads headings, emphasis, lists and tables', () => {
    const model = parseRichtext('## Head\n\n1. *one*\n2. **two**\n\n|a|b|\n|-|-:|\n|1|2|\n\n---');
    expect(model.map(({ kind }) => kind)).toEqual(['heading', 'list', 'table', 'rule']);
    expect(model[1]).toMatchObject({ ordered: true, start: 1 });
    expect(model[2]).toMatchObject({ header: [{ align: 'start' }, { align: 'end' }] });
  });

  it('stops at a depth that no text needs', () => {
    expect(() => parseRichtext('> '.repeat(2000))).not.toThrow();
    expect(() => parseRichtext('- '.repeat(500))).not.toThrow();
  });
});
