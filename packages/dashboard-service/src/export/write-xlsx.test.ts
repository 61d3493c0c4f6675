import { describe, expect, it } from 'vitest';
import { inheritedKeys, inheritedNames } from '../../../../test/inherited-keys.ts';
import { verifies } from '../../../../test/verifies.ts';
import { unzipText } from '../../test/unzip-text.ts';
import { writeXlsx } from './write-xlsx.ts';

const result = {
  headers: ['Name', 'Day', 'Amount'],
  metadata: [
    { jaql: { datatype: 'text' } },
    { jaql: { datatype: 'datetime' } },
    { jaql: { datatype: 'numeric' } },
  ],
  values: [
    [
      { data: '=HYPERLINK("http://x")', text: '' },
      { data: '2024-01-05T00:00:00', text: '' },
      { data: 12.5, text: '' },
    ],
    [
      { data: 'nul\u0000 and \ud800', text: '' },
      { data: null, text: '' },
      { data: null, text: '' },
    ],
  ],
  truncated: false,
} as const;

describe('writeXlsx', () => {
  it(
    verifies('VIEW-3 H-4', 'writes a sheet for each widget, with values and no formulas'),
    async () => {
      const files = unzipText(
        await writeXlsx([
          { title: 'Sales: [2024]', result },
          { title: 'Sales: [2024]', result },
          { title: '', result },
        ]),
      );
      const workbook = files.get('xl/workbook.xml') ?? '';
      expect(workbook).toContain('name="Sales 2024"');
      expect(workbook).toContain('name="Sales 2024 2"');
      expect(workbook).toContain('name="Sheet 3"');
      const sheets = [...files].filter(([name]) => name.startsWith('xl/worksheets/sheet'));
      expect(sheets).toHaveLength(3);
      for (const [, xml] of sheets) expect(xml).not.toContain('<f>');
      expect(sheets[0]?.[1]).toContain('<v>12.5</v>');
      expect([...files.keys()].some((name) => name.includes('externalLink'))).toBe(false);
    },
  );

  it(
    verifies('B-4', 'adds nothing to what every object has where texts are its names'),
    async () => {
      const before = inheritedKeys();
      const named = {
        ...result,
        headers: ['__proto__', 'constructor', 'toString'],
        values: inheritedNames.map((data) => [
          { data, text: data },
          { data: null, text: '' },
          { data: null, text: '' },
        ]),
      };
      const files = unzipText(
        await writeXlsx(inheritedNames.map((title) => ({ title, result: named }))),
      );
      expect(inheritedKeys()).toEqual(before);
      expect(files.get('xl/workbook.xml')).toContain('name="__proto__"');
    },
  );
});
