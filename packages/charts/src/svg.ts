export { renderChartSvg, type SvgOptions } from './svg/render-chart-svg.ts';
export { escapeXml, type SvgTextOptions, svgText } from './svg/svg-text.ts';
