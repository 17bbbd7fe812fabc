import { unguardFormula } from '../../../core/exports/guard-formula.js';
import type { TabularRow } from '../../../core/tabular/tabular-row.js';
import type { ColumnMapping } from '../import-options.js';
import type { ImportDefinitions } from '../import-definitions.queries.js';
import { fieldRemark, type Remark } from '../row-report.js';
import type { CellValue } from '../values/cell-value.js';
import type { DayMonthOrder } from '../values/day-month-order.js';

/** What the cells of a file have to be read with. */
export interface ReadingSettings extends ImportDefinitions {
  /** How `02/01/1990` is meant; null takes only dates that can mean one day. */
  readonly dateOrder: DayMonthOrder | null;
  /** The last day that is possible, `yyyy-mm-dd`. */
  readonly today: string;
  /** In workbooks a bare number in a column of dates is Excel's count of days. */
  readonly isWorkbook: boolean;
}

export type CellReader = (cell: string, settings: ReadingSettings) => CellValue<string>;
export type CellReaders<Field extends string> = Readonly<Record<Field, CellReader>>;

/** What a row says, field by field; empty, unreadable and unmapped cells are left out. */
export type FieldValues<Field extends string> = Readonly<Partial<Record<Field, string>>>;

export interface ReadRow<Field extends string> {
  readonly rowNo: number;
  readonly values: FieldValues<Field>;
  readonly problems: readonly Remark[];
}

/** Reads the rows of a file by their mapping: what each cell means, and all that is wrong with it. */
export function rowReader<Field extends string>(
  readers: CellReaders<Field>,
  required: readonly NoInfer<Field>[],
  mapping: ColumnMapping,
  settings: ReadingSettings,
): (row: TabularRow) => ReadRow<Field> {
  const columns: { field: Field; column: number }[] = [];
  for (const field in readers) {
    const column = mapping.indexOf(field);
    if (column >= 0) columns.push({ field, column });
  }
  return ({ rowNumber, cells }) => {
    const values: Partial<Record<Field, string>> = {};
    const problems: Remark[] = [];
    for (const { field, column } of columns) {
      const cell = cells[column] ?? '';
      const read = readers[field](settings.isWorkbook ? cell : unguardFormula(cell), settings);
      if ('problem' in read) problems.push(fieldRemark(field, read.problem.key, read.problem.params));
      else if (read.value !== null) values[field] = read.value;
      else if (required.includes(field)) problems.push(fieldRemark(field, 'imports.problem.missing'));
    }
    return { rowNo: rowNumber, values, problems };
  };
}
