import type { Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';

/** A small form that could not be taken, as it was typed. */
export interface RefusedForm {
  readonly values: FormValues;
  readonly problems: readonly Problem[];
}

/** The small forms on the page of a customer's record. */
export type RefusedForms = Readonly<
  Partial<Record<'tag' | 'contactPoint' | 'collaborator' | 'attachment', RefusedForm>>
>;
