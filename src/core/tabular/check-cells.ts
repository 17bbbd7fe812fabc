import { TabularFileError } from './tabular-file-error.js';
import { maximumCellCharacters, maximumColumns } from './tabular-limits.js';

/**
 * Holds one row against the limits; empty cells beyond the last column do not count.
 * @throws TabularFileError `errors.file.tooManyColumns` or `errors.file.cellTooLong`.
 */
export function checkCells(cells: readonly string[], rowNumber: number): void {
  if (cells.length > maximumColumns && cells.findLastIndex((cell) => cell !== '') >= maximumColumns) {
    throw new TabularFileError('errors.file.tooManyColumns', { row: rowNumber, maximum: maximumColumns });
  }
  if (cells.some((cell) => cell.length > maximumCellCharacters)) {
    throw new TabularFileError('errors.file.cellTooLong', { row: rowNumber, maximum: maximumCellCharacters });
  }
}
