import { init, setPlatformAPI } from 'echarts/core';
import { SVGRenderer } from 'echarts/renderers';
import { useEcharts } from '../echarts-modules.ts';
import { chartOption } from '../option/chart-option.ts';
import { textWidth } from '../text/text-width.ts';
import type { QueryResult, Widget } from '../view-model.ts';
import type { SvgArea } from './svg-area.ts';

/** A chart as the content of an SVG group, drawn by ECharts without a page. */
export function echartsSvg(widget: Widget, result: QueryResult, area: SvgArea): string {
  useEcharts(SVGRenderer);
  setPlatformAPI({ measureText });
  const { width, height } = area;
  const chart = init(null, null, { renderer: 'svg', ssr: true, width, height });
  try {
    chart.setOption(chartOption(widget, result, { ...area, still: true }));
    return tidy(inner(chart.renderToSVGString()), area.idPrefix);
  } finally {
    chart.dispose();
  }
}

/** ECharts' own estimate is too narrow for most fonts, and labels would reach over the edge. */
function measureText(text: string, font = '') {
  const sizePx = Number(/(\d{1,4}(?:\.\d{1,9})?)px/.exec(font)?.[1] ?? 12);
  return { width: textWidth(text, sizePx) };
}

function inner(svg: string): string {
  return svg.slice(svg.indexOf('>') + 1, svg.lastIndexOf('</svg>'));
}

/**
 * Own ids (ECharts counts its instances into them), attributes for inline styles (pages forbid those), and neither hover styles
 * nor marks for ECharts' own client. Data is escaped, so these patterns match markup alone.
 */
function tidy(svg: string, prefix: string): string {
  return svg
    .replace(/(\bid="|url\(#|href="#)zr\d+-/g, `$1${prefix}-`)
    .replace(/<style >[^<]*<!\[CDATA\[[^<]*<\/style>/g, '')
    .replace(/ (?:ecmeta_\w+|class|pointer-events)="[^"]*"/g, '')
    .replace(/ style="([^"]*)"/g, (_match, style: string) => attributesOf(style));
}

function attributesOf(style: string): string {
  return style
    .split(';')
    .flatMap((declaration) => {
      const [name = '', value = ''] = declaration.split(':');
      return value === '' ? [] : [` ${name.trim()}="${value.trim()}"`];
    })
    .join('');
}
