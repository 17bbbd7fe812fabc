import type { CellView } from '../lists/list-view.js';

/** One label with its value in a record's summary. */
export interface DefinitionView {
  readonly label: string;
  /** Text '' shows as a dash. */
  readonly value: CellView;
}
