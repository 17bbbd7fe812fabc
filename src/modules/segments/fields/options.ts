import type { FieldOption } from '../../../core/form.js';

/** Records as choices. */
export const namedOptions = (
  records: readonly { readonly id: string; readonly name: string }[],
): FieldOption[] => records.map(({ id, name }) => ({ value: id, label: name }));
