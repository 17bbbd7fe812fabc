import type { Problem } from './errors.js';
import type { MessageKey, Translate } from './i18n.js';

export interface FieldOption {
  readonly value: string;
  readonly label: string;
}

/** What a form needs to know to show one field; kept as data, in the order of the form. */
export interface FieldSpec {
  readonly name: string;
  readonly label: MessageKey;
  readonly kind:
    | 'text'
    | 'textarea'
    | 'select'
    | 'date'
    | 'checkbox'
    | 'checkboxes'
    | 'password'
    | 'email'
    | 'tel'
    | 'number'
    | 'file';
  readonly required?: boolean;
  readonly help?: MessageKey;
  readonly maxLength?: number;
  readonly autocomplete?: string;
  readonly inputMode?: 'text' | 'numeric' | 'decimal' | 'tel' | 'email';
  readonly options?: readonly FieldOption[];
  /** Suggestions while typing; other values are fine. */
  readonly suggestions?: readonly string[];
  readonly accept?: string;
  /** Whether several files can be chosen. */
  readonly multiple?: boolean;
  /** Shown in the empty field, for instance a masked value that an empty field keeps. */
  readonly placeholder?: string;
}

/** One field as the partial `partials/field` shows it. */
export interface FieldView {
  readonly name: string;
  readonly id: string;
  readonly label: string;
  readonly kind: FieldSpec['kind'];
  readonly value: string;
  readonly selected: readonly string[];
  readonly required: boolean;
  readonly help: string;
  readonly error: string;
  readonly maxLength: number | undefined;
  readonly autocomplete: string;
  readonly inputMode: string;
  readonly options: readonly FieldOption[];
  /** Those of them that forms fold away: of many checkboxes the ones that are not ticked. */
  readonly foldedOptions: readonly FieldOption[];
  readonly suggestions: readonly string[];
  readonly accept: string;
  readonly multiple: boolean;
  readonly placeholder: string;
}

/** Checkboxes of one field that a form shows at once. */
const mostCheckboxes = 16;

/** One line of the summary on top of a refused form. */
export interface ProblemView {
  readonly message: string;
  /** Id of the field to jump to, or '' when the problem is with the whole form. */
  readonly fieldId: string;
}

export interface FormView {
  readonly fields: readonly FieldView[];
  readonly problems: readonly ProblemView[];
}

/** Values as typed or as stored, by field name. */
export type FormValues = Readonly<Record<string, unknown>>;

/** Builds a form's view from its fields, the values to show, and what is wrong with them. */
export function formView(
  t: Translate,
  specs: readonly FieldSpec[],
  values: FormValues,
  problems: readonly Problem[] = [],
): FormView {
  const fields = specs.map((spec) => fieldView(t, spec, values[spec.name], problems));
  return {
    fields,
    problems: problems.map((problem) => {
      const field = fields.find(({ name }) => name === fieldNameOf(problem));
      const sentence = t(problem.key, problem.params);
      return { message: field ? `${field.label}: ${sentence}` : sentence, fieldId: field?.id ?? '' };
    }),
  };
}

function fieldView(t: Translate, spec: FieldSpec, value: unknown, problems: readonly Problem[]): FieldView {
  const error = problems.find((problem) => fieldNameOf(problem) === spec.name);
  const texts = valueTexts(value);
  const options = spec.options ?? [];
  const isLong = spec.kind === 'checkboxes' && options.length > mostCheckboxes;
  return {
    name: spec.name,
    id: `field-${spec.name}`,
    label: t(spec.label),
    kind: spec.kind,
    value: spec.kind === 'password' ? '' : (texts[0] ?? ''),
    selected: texts,
    required: spec.required ?? false,
    help: spec.help ? t(spec.help) : '',
    error: error ? t(error.key, error.params) : '',
    maxLength: spec.maxLength,
    autocomplete: spec.autocomplete ?? 'off',
    inputMode: spec.inputMode ?? '',
    options,
    foldedOptions: isLong ? options.filter(({ value }) => !texts.includes(value)) : [],
    suggestions: spec.suggestions ?? [],
    accept: spec.accept ?? '',
    multiple: spec.multiple ?? false,
    placeholder: spec.placeholder ?? '',
  };
}

const fieldNameOf = (problem: Problem): string => problem.path.split('.')[0] ?? '';

function valueTexts(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(valueTexts);
  if (typeof value === 'string') return [value];
  if (typeof value === 'number') return [String(value)];
  return value === true ? ['on'] : [];
}
