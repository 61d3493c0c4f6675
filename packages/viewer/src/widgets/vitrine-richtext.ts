import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Block, Inline, TableCell } from '../richtext/parse-richtext.ts';
import { baseStyles } from '../styles/base.ts';

/** Markdown as text, links and structure; see `parseRichtext` for what becomes of the rest. */
export class VitrineRichtext extends LitElement {
  @property({ attribute: false }) source = '';
  @state() private blocks: readonly Block[] = [];

  static override readonly styles = [
    baseStyles,
    css`
      :host {
        display: block;
        color: var(--v-text);
        line-height: 1.6;
        overflow-wrap: anywhere;
        max-width: 92ch;
      }
      :host > :first-child {
        margin-top: 0;
      }
      :host > :last-child {
        margin-bottom: 0;
      }
      p,
      ul,
      ol,
      blockquote,
      pre,
      table {
        margin: 0 0 0.7em;
      }
      h3,
      h4,
      h5 {
        margin: 1em 0 0.4em;
        font-size: 1em;
        font-weight: 600;
      }
      h3 {
        font-size: 1.12em;
      }
      ul,
      ol {
        padding-inline-start: 1.4em;
      }
      li > p {
        margin: 0.2em 0;
      }
      a {
        color: var(--v-accent);
        text-underline-offset: 2px;
      }
      code {
        font-family: ui-monospace, 'SF Mono', Menlo, Consolas, monospace;
        font-size: 0.9em;
        padding: 0.1em 0.35em;
        border-radius: 4px;
        background: var(--v-hover);
      }
      pre {
        padding: 10px 12px;
        border-radius: var(--v-radius-small);
        background: var(--v-hover);
        overflow: auto;
      }
      pre code {
        padding: 0;
        background: none;
      }
      blockquote {
        padding-inline-start: 12px;
        border-inline-start: 3px solid var(--v-border);
        color: var(--v-muted);
      }
      hr {
        border: 0;
        border-top: 1px solid var(--v-border);
        margin: 1em 0;
      }
      table {
        border-collapse: collapse;
      }
      th,
      td {
        padding: 5px 12px 5px 0;
        border-bottom: 1px solid var(--v-border);
        text-align: start;
      }
      .center {
        text-align: center;
      }
      .end {
        text-align: end;
      }
    `,
  ];

  override render(): unknown {
    return this.blocks.map(block);
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('source')) void this.#read(this.source);
  }

  /** Few dashboards have text, so the Markdown reader comes when it is needed. */
  async #read(source: string): Promise<void> {
    const { parseRichtext } = await import('../richtext/parse-richtext.ts');
    if (source === this.source) this.blocks = parseRichtext(source);
  }
}

function block(part: Block): TemplateResult {
  switch (part.kind) {
    case 'paragraph':
      return html`<p>${part.children.map(inline)}</p>`;
    case 'heading':
      // The card's title is the second level, so those of its text begin at the third.
      if (part.level <= 2) return html`<h3>${part.children.map(inline)}</h3>`;
      if (part.level === 3) return html`<h4>${part.children.map(inline)}</h4>`;
      return html`<h5>${part.children.map(inline)}</h5>`;
    case 'code':
      return html`<pre><code>${part.text}</code></pre>`;
    case 'quote':
      return html`<blockquote>${part.children.map(block)}</blockquote>`;
    case 'list': {
      const items = part.items.map((item) => html`<li>${item.map(listItemBlock)}</li>`);
      return part.ordered ? html`<ol start=${part.start}>${items}</ol>` : html`<ul>${items}</ul>`;
    }
    case 'table':
      return html`
        <table>
          <thead><tr>${part.header.map((cell) => html`<th class=${cell.align}>${content(cell)}</th>`)}</tr></thead>
          <tbody>${part.rows.map(
            (row) =>
              html`<tr>${row.map((cell) => html`<td class=${cell.align}>${content(cell)}</td>`)}</tr>`,
          )}</tbody>
        </table>
      `;
    case 'rule':
      return html`<hr />`;
  }
}

function listItemBlock(part: Block): unknown {
  return part.kind === 'paragraph' ? part.children.map(inline) : block(part);
}

function content(cell: TableCell): unknown {
  return cell.children.map(inline);
}

function inline(part: Inline): unknown {
  switch (part.kind) {
    case 'text':
      return part.text;
    case 'strong':
      return html`<strong>${part.children.map(inline)}</strong>`;
    case 'emphasis':
      return html`<em>${part.children.map(inline)}</em>`;
    case 'strike':
      return html`<s>${part.children.map(inline)}</s>`;
    case 'code':
      return html`<code>${part.text}</code>`;
    case 'link':
      return html`<a href=${part.href} target="_blank" rel="noopener noreferrer">${part.children.map(inline)}</a>`;
    case 'break':
      return html`<br />${nothing}`;
  }
}
