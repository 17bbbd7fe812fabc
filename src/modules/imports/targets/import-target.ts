import type { Context } from '../../../core/context.js';
import type { Transaction } from '../../../core/database.js';
import type { Problem } from '../../../core/errors.js';
import type { MessageKey } from '../../../core/i18n.js';
import type { Permission } from '../../../core/permissions.js';
import type { TabularRow } from '../../../core/tabular/tabular-row.js';
import type { FirstRows } from '../first-rows.js';
import type { ColumnMapping, ImportOptions, TargetName } from '../import-options.js';
import type { ImportDefinitions } from '../import-definitions.queries.js';
import type { TaskOwner } from '../../../core/task-owner.js';
import type { RowReport } from '../row-report.js';
import type { ReadingSettings } from './read-row.js';

/** What the rows of one chunk are checked or stored with. */
export interface ChunkBasis {
  readonly context: Context;
  readonly importId: string;
  readonly columns: ColumnMapping;
  readonly options: ImportOptions;
  readonly settings: ReadingSettings;
  readonly importer: TaskOwner;
  /** Null while rows are only checked. */
  readonly storing: Storing | null;
}

export interface Storing {
  /** When the import began to store, by the database's clock. */
  readonly startedAt: Date;
  /** What the check said about the rows of the chunk, by their numbers; ids of new records are in it already. */
  readonly plan: ReadonlyMap<number, RowReport>;
}

/** What is decided about the rows of a chunk. */
export interface ChunkResult {
  readonly reports: readonly RowReport[];
  /** What the rows add to what the chunks behind them have to know. */
  readonly firstRows: FirstRows;
  /** Stores what was decided, in the same transaction; does nothing while rows are only checked. */
  readonly store: () => Promise<void>;
}

export interface ImportField {
  readonly name: string;
  readonly label: MessageKey;
  /** What an administrator called it, instead of `label`. */
  readonly ownLabel?: string;
  /** How a value is shown on the preview; contact data is masked. */
  readonly kind:
    | 'text'
    | 'day'
    | 'moment'
    | 'money'
    | 'customerKind'
    | 'gender'
    | 'phone'
    | 'email'
    | 'secret'
    | 'yesNo'
    | 'progress'
    | 'priority'
    | 'channel';
}

/** One row as the product understood it. */
export interface UnderstoodRow {
  readonly rowNo: number;
  readonly values: Readonly<Partial<Record<string, string>>>;
}

/** What files can be imported as: its fields, and how its rows are read, checked and stored. */
export interface ImportTarget {
  readonly name: TargetName;
  /** What it takes to create records of this kind. */
  readonly permission: Permission;
  readonly fields: readonly ImportField[];
  /** Those that administrators added. */
  customFields(definitions: ImportDefinitions): readonly ImportField[];
  /** The field for each column, guessed from the header. */
  guess(header: readonly string[], definitions: ImportDefinitions): ColumnMapping;
  /** Why a mapping is not enough; undefined when it is. */
  incomplete(columns: ColumnMapping): Problem | undefined;
  understand(columns: ColumnMapping, settings: ReadingSettings, rows: readonly TabularRow[]): UnderstoodRow[];
  /**
   * Reads the rows of one chunk, which takes time and no database. What it returns checks them, in a number of statements
   * that does not depend on theirs, as storing them does; it is called again when its transaction is.
   */
  begin(basis: ChunkBasis, rows: readonly TabularRow[]): (tx: Transaction) => Promise<ChunkResult>;
}
