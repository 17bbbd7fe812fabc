import type { Problem } from '../../core/errors.js';
import {
  formView,
  type FieldOption,
  type FieldSpec,
  type FormValues,
  type FormView,
} from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import { customFieldLimits, type CustomField } from './custom-field.js';
import { customFieldName, typedText, type CustomValues } from './custom-values.js';

/** The custom fields of a form with what is wrong with them. Their labels are the administrator's, in one language. */
export function customFieldsForm(
  t: Translate,
  fields: readonly CustomField[],
  values: FormValues,
  problems: readonly Problem[] = [],
): FormView {
  const forms = fields.map((field) => {
    const spec = fieldSpec(t, field, values[customFieldName(field.key)]);
    const form = formView(
      t,
      [spec],
      values,
      problems.filter(({ path }) => path === spec.name),
    );
    return {
      fields: form.fields.map((view) => ({ ...view, label: field.label })),
      problems: form.fields
        .filter(({ error }) => error !== '')
        .map(({ id, error }) => ({ message: `${field.label}: ${error}`, fieldId: id })),
    };
  });
  return {
    fields: forms.flatMap((form) => form.fields),
    problems: forms.flatMap((form) => form.problems),
  };
}

/** True for a problem with one of these fields. */
export const isOfCustomField =
  (fields: readonly CustomField[]) =>
  ({ path }: Problem): boolean =>
    fields.some(({ key }) => path === customFieldName(key));

/** Stored values by the names of the form's fields. */
export const storedCustomValues = (fields: readonly CustomField[], values: CustomValues): FormValues =>
  Object.fromEntries(fields.map(({ key }) => [customFieldName(key), typedText(values[key])]));

/** The choices of a yes or no. */
export const yesNoOptions = (t: Translate): FieldOption[] => [
  { value: 'true', label: t('common.yes') },
  { value: 'false', label: t('common.no') },
];

function fieldSpec(t: Translate, field: CustomField, value: unknown): FieldSpec {
  const common = {
    name: customFieldName(field.key),
    label: 'customFields.label',
    required: field.isRequired,
  } as const;
  switch (field.kind) {
    case 'text':
      return { ...common, kind: 'text', maxLength: customFieldLimits.text, help: 'customFields.textHelp' };
    case 'number':
      return { ...common, kind: 'number', inputMode: 'decimal', help: 'customFields.numberHelp' };
    case 'date':
      return { ...common, kind: 'date' };
    case 'yesNo':
      return { ...common, kind: 'select', options: yesNoOptions(t) };
    case 'choice':
      return { ...common, kind: 'select', options: choiceOptions(t, field, value) };
  }
}

/** What can be chosen; a stored choice that is no longer offered says so. */
function choiceOptions(t: Translate, { choices }: CustomField, value: unknown): FieldOption[] {
  const offered = choices.map((choice) => ({ value: choice, label: choice }));
  if (typeof value !== 'string' || value === '' || choices.includes(value)) return offered;
  return [...offered, { value, label: t('customFields.choiceRemoved', { choice: value }) }];
}
