import type { EditFormView } from './edit-form-view.js';

/** One field of a record that two people changed at once. */
export interface ConflictFieldView {
  readonly label: string;
  readonly theirs: string;
  readonly yours: string;
  readonly differs: boolean;
}

/** The 409 page: what is saved now beside what was typed, and the form to send again. */
export interface ConflictView {
  readonly title: string;
  /** Who saved what is there now, and when. */
  readonly savedBy: string;
  readonly savedAt: string;
  readonly fields: readonly ConflictFieldView[];
  /** Holds what was typed and, among the hidden fields, the version that is saved now. */
  readonly editForm: EditFormView;
  readonly recordHref: string;
}
