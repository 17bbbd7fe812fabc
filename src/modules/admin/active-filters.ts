import type { FieldView } from '../../core/form.js';
import { formatDay } from '../../core/format.js';
import type { Locale } from '../../core/i18n.js';
import type { ActiveFilter } from '../../core/lists/list-builder.js';

/** The filters that are set, in words: the label of each field with what was chosen. */
export function activeFilters(fields: readonly FieldView[], locale: Locale): ActiveFilter[] {
  return fields
    .filter((field) => field.value !== '')
    .map((field) => ({
      parameter: field.name,
      value: field.value,
      label: `${field.label}: ${chosen(field, locale)}`,
    }));
}

function chosen(field: FieldView, locale: Locale): string {
  if (field.kind === 'date') return formatDay(field.value, locale);
  return field.options.find(({ value }) => value === field.value)?.label ?? field.value;
}
