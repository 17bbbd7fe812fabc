import type { DefinitionView } from './definition-view.js';
import type { ProgressView } from './progress-view.js';

/** What became of work in the background that can be taken back, as `partials/task-result` shows it. */
export interface TaskResultView {
  readonly progress: ProgressView;
  /** What became of it; empty while it is under way. */
  readonly results: readonly DefinitionView[];
  /** Why it stopped, or that it was taken back; '' for neither. */
  readonly notice: string;
  /** Takes it back by POST; '' when there is nothing to take back. */
  readonly undoAction: string;
  /** Where the records are. */
  readonly list: { readonly label: string; readonly href: string };
}
