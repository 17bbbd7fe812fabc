import type { FormView } from '../form.js';

export interface HiddenFieldView {
  readonly name: string;
  readonly value: string;
}

/** A whole form that posts, as `partials/edit-form` shows it. */
export interface EditFormView {
  readonly action: string;
  readonly form: FormView;
  /** Sent along unseen, for instance the row's version. */
  readonly hidden: readonly HiddenFieldView[];
  readonly submitLabel: string;
  /** Whether sending it takes something away. */
  readonly isDestructive?: boolean;
  readonly cancelHref: string;
}
