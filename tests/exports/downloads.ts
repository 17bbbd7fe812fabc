import { parse } from 'csv-parse/sync';
import type { Worksheet } from 'exceljs';
import { openWorkbook, sheetOf } from '../core/exports/export-files.js';
import type { TestClient } from '../support/client.js';

/** Downloads a workbook. */
export async function downloadWorkbook(client: TestClient, path: string) {
  const response = await client.download(path);
  if (response.status !== 200 || !Buffer.isBuffer(response.body))
    throw new Error(`GET ${path}: ${response.status}`);
  return { headers: response.headers, workbook: await openWorkbook(response.body) };
}

/** Downloads CSV as records by the header. */
export async function downloadCsv(client: TestClient, path: string) {
  const response = await client.download(path);
  if (response.status !== 200 || !Buffer.isBuffer(response.body))
    throw new Error(`GET ${path}: ${response.status}`);
  const records: Record<string, string>[] = parse(response.body, { bom: true, columns: true });
  return { headers: response.headers, records };
}

/** The values of the column with this header, from the first row down. */
export function columnOf(sheet: Worksheet, header: string): unknown[] {
  const headers = sheet.getRow(1).values;
  const number = Array.isArray(headers) ? headers.indexOf(header) : -1;
  if (number < 1) throw new Error(`no column ${header}`);
  return Array.from({ length: sheet.rowCount - 1 }, (_, index) => sheet.getCell(index + 2, number).value);
}

/** The data sheet of a customer export. */
export async function downloadCustomers(client: TestClient, query = ''): Promise<Worksheet> {
  const { workbook } = await downloadWorkbook(client, `/customers.xlsx${query}`);
  return sheetOf(workbook, 'Customers');
}
