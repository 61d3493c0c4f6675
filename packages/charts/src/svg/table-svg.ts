import { type TableCell, type TableColumn, tableModel } from '../table/table-model.ts';
import { withAlpha } from '../theme/color.ts';
import { firstColor, paletteColor } from '../theme/series-color.ts';
import type { QueryResult, Widget } from '../view-model.ts';
import type { SvgArea } from './svg-area.ts';
import { round, svgText } from './svg-text.ts';

interface Placed extends TableColumn {
  readonly x: number;
  readonly width: number;
}

const cellPadPx = 8;

/** As many rows as there is room for; what is left out is counted on the last line. */
export function tableSvg(widget: Widget, result: QueryResult, area: SvgArea): string {
  const model = tableModel(widget, result);
  const { theme, height } = area;
  // Text lines up with the title of the card: cells have room on both sides.
  const width = area.width + cellPadPx * 2;
  const { colors } = theme;
  const rowPx = theme.typography.fontSizePx + 14;
  const columns = place(model.columns, width, theme.typography.fontSizePx * 0.6);
  const room = Math.max(1, Math.floor((height - rowPx) / rowPx));
  const isCut = model.rows.length > room || model.truncated;
  const shown = model.rows.slice(0, isCut ? Math.max(1, room - 1) : room);
  const color = paletteColor(theme, firstColor(widget));
  const head = columns.map((column) => cellText(column, column.title, rowPx, area, 'head'));
  const rows = shown.map((row, index) => {
    const top = rowPx * (index + 1);
    const cells = columns.map((column) => {
      const cell = row[column.index];
      if (cell === undefined) return '';
      return (
        bar(column, cell, top, rowPx, color) + cellText(column, cell.text, top + rowPx, area, cell)
      );
    });
    return rule(round(top), width, colors.grid) + cells.join('');
  });
  const left = model.rows.length - shown.length;
  const more = isCut
    ? svgText(left > 0 ? `+${left}${model.truncated ? ' …' : ''}` : '…', {
        x: cellPadPx,
        y: rowPx * (shown.length + 2) - rowPx * 0.36,
        sizePx: theme.typography.fontSizePx - 1,
        color: colors.textMuted,
        fontFamily: theme.typography.fontFamily,
      })
    : '';
  return `<g transform="translate(${-cellPadPx})">${head.join('')}${rows.join('')}${more}</g>`;
}

/** Numbers keep the width they need and texts share the rest; a cut text still says something, a cut number lies. */
function place(columns: readonly TableColumn[], width: number, charPx: number): Placed[] {
  const needed = (column: TableColumn) => (column.widthCh + 2) * charPx;
  const sumOf = (isMeasure: boolean) =>
    columns.reduce((sum, one) => (one.isMeasure === isMeasure ? sum + needed(one) : sum), 0);
  const texts = sumOf(false);
  const numbers = Math.min(sumOf(true), texts === 0 ? width : width * 0.74);
  const scale = { text: (width - numbers) / (texts || 1), number: numbers / (sumOf(true) || 1) };
  if (texts === 0) scale.number = width / (sumOf(true) || 1);
  let x = 0;
  return columns.map((column) => {
    const share = needed(column) * (column.isMeasure ? scale.number : scale.text);
    const placed = { ...column, x, width: share };
    x += share;
    return placed;
  });
}

function cellText(
  column: Placed,
  text: string,
  bottom: number,
  { theme }: SvgArea,
  look: 'head' | TableCell,
): string {
  const isHead = look === 'head';
  const { colors, typography } = theme;
  const isEnd = column.align === 'end';
  const isDimmed = !isHead && look.dimmed;
  return svgText(text, {
    x: isEnd ? column.x + column.width - cellPadPx : column.x + cellPadPx,
    y: bottom - (typography.fontSizePx + 14) * 0.36,
    sizePx: typography.fontSizePx - (isHead ? 2 : 1),
    weight: isHead ? 500 : 400,
    color: isHead || isDimmed ? colors.textMuted : colors.text,
    anchor: isEnd ? 'end' : 'start',
    fontFamily: typography.fontFamily,
    maxWidthPx: column.width - cellPadPx * 2,
  });
}

function bar(column: Placed, cell: TableCell, top: number, rowPx: number, color: string): string {
  if (!cell.bar) return '';
  const room = column.width - 8;
  const x = round(column.x + 4 + cell.bar.start * room);
  return `<rect x="${x}" y="${round(top + 4)}" width="${round(cell.bar.length * room)}" height="${rowPx - 8}" rx="2" fill="${withAlpha(color, 0.16)}"/>`;
}

function rule(y: number, width: number, color: string): string {
  return `<path d="M0 ${y}H${round(width)}" stroke="${color}"/>`;
}
