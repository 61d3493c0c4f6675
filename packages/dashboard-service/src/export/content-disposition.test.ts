import { describe, expect, it } from 'vitest';
import { verifies } from '../../../../test/verifies.ts';
import { contentDisposition } from './content-disposition.ts';

describe('contentDisposition', () => {
  it(verifies('B-9', 'rebuilds the name from what a title may safely give'), () => {
    expect(contentDisposition('../../etc/passwd', 'csv')).toBe(
      `attachment; filename="etc passwd.csv"; filename*=UTF-8''etc%20passwd.csv`,
    );
    expect(contentDisposition('a"; filename="b.exe', 'csv')).not.toMatch(/b\.exe"/);
    expect(contentDisposition('x\r\nSet-Cookie: a=b', 'csv')).not.toMatch(/[\r\n:]/);
    expect(contentDisposition('\u202egpj.exe', 'pdf')).not.toMatch(/%E2%80%AE/);
    expect(contentDisposition('...', 'csv')).toContain('filename="export.csv"');
    expect(contentDisposition('\ud800', 'csv')).toMatch(/^attachment/);
  });

  it('keeps letters of every script in the extended form', () => {
    expect(contentDisposition('Umsätze 売上', 'xlsx')).toBe(
      `attachment; filename="Umsatze.xlsx"; filename*=UTF-8''Ums%C3%A4tze%20%E5%A3%B2%E4%B8%8A.xlsx`,
    );
  });
});
