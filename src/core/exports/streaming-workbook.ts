import type { Readable, Writable } from 'node:stream';
import ExcelJS from 'exceljs';
import type { CellKind } from './export-table.js';
import { PackagePart } from './package-part.js';
import { numberFormats } from './sheet-row.js';
import { StreamingSheet } from './streaming-sheet.js';

interface Archive {
  append(content: Readable, entry: { readonly name: string }): unknown;
  abort(): unknown;
}

export interface SheetColumn {
  readonly header: string;
  /** In characters. */
  readonly width: number;
}

/** exceljs' own font, in bold. */
const headerStyle = {
  font: { bold: true, name: 'Calibri', size: 11, family: 2, scheme: 'minor' as const, color: { theme: 1 } },
  numFmt: numberFormats.text,
};

/**
 * exceljs' streaming writer with two additions. The writer can wait: exceljs 4.4 keeps whatever has not gone out yet, all
 * of it when the receiver is slow. And rows are given as XML: exceljs' rows and cells take twice the time of everything
 * else, write text without `xml:space`, and know no inline text.
 */
export class StreamingWorkbook extends ExcelJS.stream.xlsx.WorkbookWriter {
  declare protected readonly zip: Archive;
  declare protected readonly styles: { addStyleModel(style: { numFmt: string }): number };
  private latestPart: PackagePart | undefined;

  /** @param madeBy stands in the file's properties. */
  constructor(output: Writable, madeBy: string) {
    super({ stream: output, useStyles: true });
    this.creator = madeBy;
    this.lastModifiedBy = madeBy;
  }

  /** A sheet with a bold header that stays in view. Sheets are written one after the other. */
  openSheet(name: string, columns: readonly SheetColumn[]): StreamingSheet {
    const worksheet = this.addWorksheet(name, { views: [{ state: 'frozen', ySplit: 1 }] });
    worksheet.columns = columns.map(({ width }) => ({ width }));
    const header = worksheet.addRow(columns.map((column) => column.header));
    header.eachCell((cell) => {
      cell.style = headerStyle;
    });
    header.commit();
    if (!this.latestPart) throw new Error('exceljs has opened no part for the sheet');
    return new StreamingSheet(worksheet, this.latestPart, this.cellStyles(), columns.length);
  }

  /** Gives up: nothing more is written, and what was is no archive. */
  abort(): void {
    this.zip.abort();
  }

  /** Called by exceljs for each part that grows while it is written. */
  protected _openStream(path: string): PackagePart {
    const part = new PackagePart();
    this.zip.append(part.content, { name: path });
    this.latestPart = part;
    return part;
  }

  private cellStyles(): Record<CellKind, number> {
    const style = (kind: CellKind): number => this.styles.addStyleModel({ numFmt: numberFormats[kind] });
    return {
      text: style('text'),
      number: style('number'),
      money: style('money'),
      date: style('date'),
      datetime: style('datetime'),
      boolean: style('boolean'),
    };
  }
}
