import { fileURLToPath } from 'node:url';
import { type CodeTable, codeTables } from './code-tables.ts';

/** Where the catalogue lies. */
export const catalogueFile = fileURLToPath(new URL('../../docs/errors.md', import.meta.url));

const preface = `# Errors

Every code there is. Codes are stable and the same in exceptions, HTTP answers, element events and here; sentences may change.
No message holds a token, key, claim value or row. Written by \`node test/docs/write-errors.ts\` from the tables in the code.
`;

/** The catalogue as Markdown, in the form that the formatter leaves alone. */
export function errorCatalogue(): string {
  return [preface, ...codeTables.map(sectionOf)].join('\n');
}

function sectionOf({ title, intro, columns, rows }: CodeTable): string {
  const lines = Object.entries(rows).map(([code, cells]) => [`\`${code}\``, ...cells.map(asText)]);
  return `## ${title}\n\n${intro}\n\n${tableOf([['code', ...columns], ...lines])}`;
}

// Names and placeholders that Markdown would take for emphasis or HTML.
const asText = (cell: string) => cell.replaceAll(/__\w+__|<[^>]+>/g, '`$&`');

function tableOf([head = [], ...lines]: readonly (readonly string[])[]): string {
  const widths = head.map((_, index) =>
    Math.max(3, ...[head, ...lines].map((line) => (line[index] ?? '').length)),
  );
  const row = (cells: readonly string[]) =>
    `| ${cells.map((cell, index) => cell.padEnd(widths[index] ?? 0)).join(' | ')} |\n`;
  return [row(head), row(widths.map((width) => '-'.repeat(width))), ...lines.map(row)].join('');
}
