import { Writable } from 'node:stream';
import exceljs from 'exceljs';

/** The floor of an export: a bare exceljs writer of rows of fifteen cells. @returns the seconds it took. */
export async function measureBareWorkbook(rows: number): Promise<number> {
  const began = performance.now();
  const stream = new Writable({ write: (_piece, _encoding, done) => done() });
  const workbook = new exceljs.stream.xlsx.WorkbookWriter({ stream, useSharedStrings: false });
  const sheet = workbook.addWorksheet('rows');
  for (let row = 0; row < rows; row += 1) {
    sheet
      .addRow(Array.from({ length: 15 }, (_, cell) => (cell < 5 ? row * cell : `cell ${row} ${cell}`)))
      .commit();
  }
  await workbook.commit();
  return (performance.now() - began) / 1_000;
}
