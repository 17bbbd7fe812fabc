import exceljs from 'exceljs';
import type { Download } from 'playwright-core';

/**
 * The texts of a downloaded workbook's first sheet, row by row, as a person reads them.
 * @throws Error when a cell is a formula: everything that people typed must arrive as text.
 */
export async function readDownloadedRows(download: Download): Promise<string[][]> {
  const workbook = new exceljs.Workbook();
  await workbook.xlsx.readFile(await download.path());
  const rows: string[][] = [];
  workbook.worksheets[0]?.eachRow((row) => {
    const cells: string[] = [];
    row.eachCell({ includeEmpty: true }, (cell) => {
      if (cell.type === exceljs.ValueType.Formula) throw new Error(`${cell.address} holds a live formula`);
      cells.push(cell.text);
    });
    rows.push(cells);
  });
  return rows;
}
