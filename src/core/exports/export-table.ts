/** What a cell holds, by the kind of its column. */
export interface CellContents {
  readonly text: string;
  readonly number: number;
  /** An amount as the database gives it, such as `-1234.50`, or a number. */
  readonly money: string | number;
  /** A calendar day, `yyyy-mm-dd`. It belongs to no time zone and never shifts. */
  readonly date: string;
  /** A moment; files say it in the product's time zone, to the second. */
  readonly datetime: Date;
  readonly boolean: boolean;
}

export type CellKind = keyof CellContents;

interface ColumnOf<Row, Kind extends CellKind> {
  readonly header: string;
  readonly kind: Kind;
  /** Width in characters; by kind and header unless told. */
  readonly width?: number;
  /** Null leaves the cell empty. */
  value(row: Row): CellContents[Kind] | null;
}

export type ExportColumn<Row> = { [Kind in CellKind]: ColumnOf<Row, Kind> }[CellKind];

/** A table on its way into a file. */
export interface ExportTable<Row> {
  readonly sheetName: string;
  readonly columns: readonly ExportColumn<Row>[];
  /** In batches, read once, as fast as the file is taken. */
  readonly rows: AsyncIterable<readonly Row[]>;
  readonly information: ExportInformation;
}

/** The sheet behind the data that says what the file is. */
export interface ExportInformation {
  /** What made the file, for its properties: product and version. */
  readonly madeBy: string;
  readonly sheetName: string;
  readonly labelHeader: string;
  readonly valueHeader: string;
  /** Asked when all rows are written. */
  lines(summary: ExportSummary): readonly InformationLine[];
}

export interface InformationLine {
  readonly label: string;
  readonly value: string | number;
}

/** What is known about a workbook at its end. */
export interface ExportSummary {
  readonly rowCount: number;
  readonly sheetNames: readonly string[];
  /** Texts that were longer than Excel allows. */
  readonly shortenedCount: number;
  /** Where the first of them stand, for instance `Customers!L17`. */
  readonly shortenedCells: readonly string[];
}
