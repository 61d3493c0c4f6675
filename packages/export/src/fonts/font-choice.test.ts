import { expect, it } from 'vitest';
import { fontRuns } from './font-choice.ts';
import { packagedFonts } from './font-face.ts';

const runsOf = (text: string, locale = 'en-US') =>
  fontRuns(text, packagedFonts, locale).map(({ face, text: part }) => [face.family, part]);

it('draws Latin, Greek and Cyrillic in one family', () => {
  expect(runsOf('Ağaç İğde Straße ñ Чайки Ελλάδα – 1 234 € %')).toEqual([
    ['Inter', 'Ağaç İğde Straße ñ Чайки Ελλάδα – 1 234 € %'],
  ]);
});

it('draws ideographs in the family of the locale', () => {
  expect(runsOf('2001年', 'ja-JP')).toEqual([
    ['Inter', '2001'],
    ['BIZ UDPGothic', '年'],
  ]);
  expect(runsOf('2001年', 'zh-CN')).toEqual([
    ['Inter', '2001'],
    ['Noto Sans S Chinese', '年'],
  ]);
  expect(runsOf('2001년 2분기', 'ko-KR').map(([family]) => family)).toContain('NanumGothic');
});

it("finds what the locale's family lacks in the others", () => {
  expect(runsOf('鸥', 'ja-JP')).toEqual([['Noto Sans S Chinese', '鸥']]);
});

it('keeps marks with their letter and writes a question mark for emoji', () => {
  expect(runsOf('e\u0301 ok')).toHaveLength(1);
  expect(runsOf('gull 🐦')).toEqual([['Inter', 'gull ?']]);
});

it('fails for letters without a font instead of drawing boxes', () => {
  for (const text of ['طيور', 'נשר', 'นก']) {
    expect(() => runsOf(text)).toThrow(expect.objectContaining({ code: 'font_missing' }));
  }
});
