import type { Worksheet } from 'exceljs';
import type { CellKind, ExportColumn } from './export-table.js';
import type { PackagePart } from './package-part.js';
import { rowXml } from './sheet-row.js';

/** A sheet whose rows go out as they are added. */
export class StreamingSheet {
  private rowNumber = 1;

  constructor(
    private readonly worksheet: Worksheet,
    private readonly part: PackagePart,
    private readonly styles: Readonly<Record<CellKind, number>>,
    private readonly columnCount: number,
  ) {}

  /** Rows below the header. */
  get rowCount(): number {
    return this.rowNumber - 1;
  }

  /** True when `drained` should be awaited before the next row. */
  get isFull(): boolean {
    return this.part.isFull;
  }

  drained(signal: AbortSignal): Promise<void> {
    return this.part.drained(signal);
  }

  /** Adds a row; `onShortened` is told where a text is too long for a cell, for instance `Customers!L17`. */
  addRow<Row>(columns: readonly ExportColumn<Row>[], row: Row, onShortened: (place: string) => void): void {
    this.rowNumber += 1;
    const place = {
      rowNumber: this.rowNumber,
      styles: this.styles,
      onShortened: (address: string) => onShortened(`${this.worksheet.name}!${address}`),
    };
    this.part.write(rowXml(columns, row, place));
  }

  /** Puts filter buttons on the header, over the rows so far. */
  addFilter(): void {
    this.worksheet.autoFilter = {
      from: { row: 1, column: 1 },
      to: { row: this.rowNumber, column: this.columnCount },
    };
  }

  close(): void {
    this.worksheet.commit();
  }
}
