import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { plainCell, writeCsv } from './write-csv.ts';

const result = (values: (string | number | null)[][]) => ({
  headers: ['Name', '=Amount'],
  values: values.map((row) => row.map((data) => ({ data, text: String(data) }))),
  metadata: [],
  truncated: false,
});

describe('writeCsv', () => {
  it(verifies('B-9 H-4', 'quotes text that a spreadsheet would run'), () => {
    for (const text of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', '\n=1', '  =1', '＝1']) {
      expect(plainCell(text)).toBe(`'${text}`);
    }
    expect(plainCell('a=1')).toBe('a=1');
    expect(plainCell(-5)).toBe('-5');
  });

  it('writes headers, raw values and RFC 4180 quotes', () => {
    expect(
      writeCsv(
        result([
          ['a "b", c', 1234.5],
          [null, -1],
          ['=cmd()', 0],
        ]),
      ),
    ).toBe(`\ufeffName,'=Amount\r\n"a ""b"", c",1234.5\r\n,-1\r\n'=cmd(),0\r\n`);
  });
});
