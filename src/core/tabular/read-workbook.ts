import { open, type FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import ExcelJS from 'exceljs';
import { textOfCell } from './cell-text.js';
import { checkCells } from './check-cells.js';
import { checkWorkbook } from './check-workbook.js';
import { reducedWorkbook } from './reduced-workbook.js';
import { TabularFileError } from './tabular-file-error.js';
import { isBlankRow, type TabularRow } from './tabular-row.js';
import { readWorkbookOutline, type WorkbookOutline, type WorkbookSheet } from './workbook-outline.js';

/** A row of a workbook and the sheet that it stands on. */
export interface WorkbookRow extends TabularRow {
  readonly sheetName: string;
}

/**
 * The rows of one sheet of an Excel workbook, blank ones left out but counted: the sheet of that name, else the first
 * visible one that is not empty. The workbook is checked as a whole before any of it is parsed.
 * @throws TabularFileError when the workbook cannot be read, holds no such sheet, or is larger than the limits.
 */
export async function* readWorkbook(path: string, sheetName?: string): AsyncGenerator<WorkbookRow> {
  const file = await open(path);
  try {
    const outline = await readWorkbookOutline(file, await checkWorkbook(file));
    yield* readFirstFilledSheet(file, outline, wantedSheets(outline, sheetName));
  } catch (error) {
    throw error instanceof TabularFileError ? error : unsupported(error);
  } finally {
    await file.close();
  }
}

function wantedSheets({ sheets }: WorkbookOutline, sheetName: string | undefined): readonly WorkbookSheet[] {
  if (sheets.length === 0) throw unsupported();
  if (sheetName === undefined) return sheets.filter((sheet) => sheet.isVisible);
  const named = sheets.filter((sheet) => sheet.name === sheetName);
  if (named.length === 0) throw new TabularFileError('errors.file.sheetNotFound', { sheetName });
  return named;
}

async function* readFirstFilledSheet(
  file: FileHandle,
  outline: WorkbookOutline,
  sheets: readonly WorkbookSheet[],
): AsyncGenerator<WorkbookRow> {
  const source = Readable.from(reducedWorkbook(file, outline, sheets));
  const reader = new ExcelJS.stream.xlsx.WorkbookReader(source, {
    worksheets: 'emit',
    sharedStrings: 'cache',
    styles: 'cache',
    hyperlinks: 'ignore',
    entries: 'ignore',
  });
  try {
    let index = 0;
    for await (const worksheet of reader) {
      const name = sheets[index]?.name ?? '';
      let isFilled = false;
      for await (const row of rowsOf(worksheet, outline.isDate1904)) {
        isFilled = true;
        yield { ...row, sheetName: name };
      }
      if (isFilled) return;
      index += 1;
    }
  } finally {
    source.destroy();
  }
}

async function* rowsOf(
  worksheet: ExcelJS.stream.xlsx.WorksheetReader,
  isDate1904: boolean,
): AsyncGenerator<TabularRow> {
  let rowNumber = 0;
  for await (const row of worksheet) {
    rowNumber = row.number > rowNumber ? row.number : rowNumber + 1;
    const cells: string[] = [];
    row.eachCell({ includeEmpty: false }, (cell, column) => {
      const text = textOfCell(cell, isDate1904);
      if (text === '') return;
      while (cells.length < column - 1) cells.push('');
      cells.push(text);
    });
    if (isBlankRow(cells)) continue;
    checkCells(cells, rowNumber);
    yield { rowNumber, cells };
  }
}

/** Also for what exceljs stumbles over: XML out of form, rows without a number. */
const unsupported = (cause?: unknown) =>
  new TabularFileError('errors.file.unsupportedWorkbook', {}, { cause });
