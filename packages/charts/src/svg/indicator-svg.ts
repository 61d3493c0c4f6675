import { type IndicatorModel, indicatorModel } from '../indicator/indicator-model.ts';
import { textWidth } from '../text/text-width.ts';
import { firstColor, paletteColor } from '../theme/series-color.ts';
import type { QueryResult, Theme, Widget } from '../view-model.ts';
import { sparklineSvg } from './sparkline-svg.ts';
import type { SvgArea } from './svg-area.ts';
import { svgText } from './svg-text.ts';

/** A number, what it is compared with, and its sparkline along the bottom. */
export function indicatorSvg(widget: Widget, result: QueryResult, area: SvgArea): string {
  const model = indicatorModel(widget, result, area);
  const { theme, width, height } = area;
  const { fontFamily, fontSizePx } = theme.typography;
  const bigPx = Math.min(40, Math.max(20, height * 0.42));
  const isLong = textWidth(model.text, bigPx) > width;
  const number = svgText(isLong ? model.compactText : model.text, {
    x: 0,
    y: bigPx * 0.82,
    sizePx: bigPx,
    weight: 600,
    color: model.state === 'empty' ? theme.colors.textMuted : theme.colors.text,
    fontFamily,
    maxWidthPx: width,
  });
  const noteY = bigPx * 0.82 + fontSizePx + 8;
  const note = svgNote(model, theme, noteY, width);
  const sparkTop = note === '' ? bigPx + 4 : noteY + 8;
  const spark =
    model.sparkline && height - sparkTop >= 14
      ? sparklineSvg(model.sparkline, {
          top: sparkTop,
          width,
          height: Math.min(48, height - sparkTop),
          color: paletteColor(theme, firstColor(widget)),
          id: `${area.idPrefix}-spark`,
        })
      : '';
  return number + note + spark;
}

function svgNote(model: IndicatorModel, theme: Theme, y: number, width: number): string {
  const { colors, typography } = theme;
  const sizePx = typography.fontSizePx - 2;
  const style = { y, sizePx, fontFamily: typography.fontFamily };
  const change = model.comparison?.change;
  const tone = { good: colors.positive, bad: colors.negative, neutral: colors.textMuted };
  const changeText = change?.text ?? '';
  const against = model.comparison ? `${model.comparison.label} ${model.comparison.text}` : '';
  const rest = [model.period, against].filter(Boolean).join(' · ');
  const changePx = changeText === '' ? 0 : textWidth(changeText, sizePx) + 8;
  const parts = [
    change ? svgText(changeText, { ...style, x: 0, color: tone[change.tone], weight: 600 }) : '',
    rest
      ? svgText(rest, {
          ...style,
          x: changePx,
          color: colors.textMuted,
          maxWidthPx: width - changePx,
        })
      : '',
  ];
  return parts.join('');
}
