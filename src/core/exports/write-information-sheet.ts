import type { ExportColumn, ExportInformation, ExportSummary, InformationLine } from './export-table.js';
import { sheetName } from './sheet-name.js';
import type { StreamingWorkbook } from './streaming-workbook.js';

const labelColumn: ExportColumn<InformationLine> = { header: '', kind: 'text', value: ({ label }) => label };

const textLine: readonly ExportColumn<InformationLine>[] = [
  labelColumn,
  { header: '', kind: 'text', value: ({ value }) => String(value) },
];

const numberLine: readonly ExportColumn<InformationLine>[] = [
  labelColumn,
  { header: '', kind: 'number', value: ({ value }) => Number(value) },
];

/** Writes the sheet that says what the file is, behind the data, when all of that is known. */
export function writeInformationSheet(
  workbook: StreamingWorkbook,
  information: ExportInformation,
  summary: ExportSummary,
): void {
  const sheet = workbook.openSheet(sheetName(information.sheetName, summary.sheetNames), [
    { header: information.labelHeader, width: 30 },
    { header: information.valueHeader, width: 80 },
  ]);
  for (const line of information.lines(summary)) {
    sheet.addRow(typeof line.value === 'number' ? numberLine : textLine, line, () => undefined);
  }
  sheet.close();
}
