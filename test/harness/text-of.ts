import type { Locator } from 'playwright-core';

/** All text below an element, shadow trees included, as a reader would find it. */
export function textOf(root: Locator): Promise<string> {
  return root.evaluate((start) => {
    const parts: string[] = [];
    const visit = (node: Node): void => {
      if (node instanceof Text) parts.push(node.data);
      if (node instanceof HTMLStyleElement || node instanceof HTMLScriptElement) return;
      if (node instanceof Element && node.shadowRoot) visit(node.shadowRoot);
      for (const child of node.childNodes) visit(child);
    };
    visit(start);
    return parts.join(' ').replace(/\s+/g, ' ');
  });
}
