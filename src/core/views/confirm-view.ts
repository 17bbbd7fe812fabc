import type { HiddenFieldView } from './edit-form-view.js';

/** The page before a destructive or bulk action, as `partials/confirm` shows it: it says in numbers what will happen. */
export interface ConfirmView {
  readonly action: string;
  readonly question: string;
  /** One sentence for each thing that will happen. */
  readonly consequences: readonly string[];
  readonly hidden: readonly HiddenFieldView[];
  readonly confirmLabel: string;
  readonly cancelHref: string;
  readonly isDestructive: boolean;
}
