/** One row of an uploaded file. */
export interface TabularRow {
  /** The number that a spreadsheet program shows beside the row; the header is usually row 1. */
  readonly rowNumber: number;
  /** The text of each cell, as it was written; rows may differ in length. */
  readonly cells: string[];
}

/** Whether a row says nothing at all. */
export const isBlankRow = (cells: readonly string[]): boolean => cells.every((cell) => cell.trim() === '');
