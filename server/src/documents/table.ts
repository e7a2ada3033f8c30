import { colours, lineHeight, type Part, page, type Sheet, type Written } from './sheet.ts';
import { type Line, lineOf, linesOf } from './text.ts';

/** A table over the whole width, whose head is repeated on every page that it reaches. */

export type Column = { title: string; width: number; align: 'left' | 'right' };

/** `note` stands under the text, smaller. */
export type Cell = { text: string; note?: string };

export const bodyText: Written = { size: 9.5, weight: 'regular', colour: colours.text };
export const smallText: Written = { size: 8, weight: 'regular', colour: colours.muted };
export const label: Written = { size: 8, weight: 'semibold', colour: colours.muted };

/** Between columns, and above and below the text of a row. */
const gap = 12;
const padding = 6;

type Block = { lines: readonly Line[]; style: Written };
type Placed = Column & { x: number };

export function drawTable(
  sheet: Sheet,
  columns: readonly Column[],
  rows: readonly (readonly Cell[])[],
): void {
  const placed = place(columns);
  const table = sheet.part('Table');
  const prepared = rows.map((cells) => cells.map((cell, index) => blocksOf(cell, placed[index]!)));
  sheet.makeRoom(headHeight + Math.max(0, ...prepared.slice(0, 1).map(rowHeight)));
  drawHead(sheet, placed, table);
  for (const row of prepared) {
    if (sheet.makeRoom(rowHeight(row))) drawHead(sheet, placed, null);
    drawRow(sheet, placed, row, table);
  }
}

function place(columns: readonly Column[]): Placed[] {
  let x: number = page.left;
  return columns.map((column) => {
    const here = { ...column, x };
    x += column.width;
    return here;
  });
}

const headHeight = lineHeight(label) + padding;

function drawHead(sheet: Sheet, columns: readonly Placed[], table: Part | null): void {
  const row = table && sheet.part('TR', table);
  for (const column of columns)
    sheet.write(row && sheet.part('TH', row), [lineOf(column.title, label)], label, edgeOf(column, sheet.y));
  sheet.y += headHeight;
  sheet.rule(sheet.y, colours.muted);
}

function drawRow(sheet: Sheet, columns: readonly Placed[], cells: readonly Block[][], table: Part): void {
  const row = sheet.part('TR', table);
  for (const [index, blocks] of cells.entries()) {
    const cell = sheet.part('TD', row);
    let y = sheet.y + padding;
    for (const { lines, style } of blocks) {
      sheet.write(cell, lines, style, edgeOf(columns[index]!, y));
      y += lines.length * lineHeight(style);
    }
  }
  sheet.y += rowHeight(cells);
  sheet.rule(sheet.y);
}

function blocksOf(cell: Cell, column: Column): Block[] {
  const width = column.width - gap;
  const blocks = [{ lines: linesOf(cell.text, bodyText, width), style: bodyText }];
  if (cell.note) blocks.push({ lines: linesOf(cell.note, smallText, width), style: smallText });
  return blocks;
}

function rowHeight(cells: readonly Block[][]): number {
  const heights = cells.map((blocks) =>
    blocks.reduce((sum, { lines, style }) => sum + lines.length * lineHeight(style), 0),
  );
  return Math.max(...heights) + 2 * padding;
}

function edgeOf({ x, width, align }: Placed, y: number): { x: number; y: number; align: Column['align'] } {
  return { x: align === 'left' ? x : x + width, y, align };
}
