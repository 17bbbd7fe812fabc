import { z } from 'zod';
import { InvalidInput, type Problem } from '../../core/errors.js';
import { optionalDate, optionalText } from '../../core/fields.js';
import type { FormValues } from '../../core/form.js';
import { problemsOf } from '../../core/problems.js';
import { customFieldLimits, CustomFieldKey, type CustomField } from './custom-field.js';

/** The values of a customer by the keys of their fields; fields without a value are left out. */
export const CustomValues = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));
export type CustomValues = z.infer<typeof CustomValues>;
export type CustomValue = CustomValues[string];

/** Values as they were typed, by key; what they mean depends on their fields. */
export const TypedCustomValues = z.record(CustomFieldKey, z.string().max(2_000)).default({});
export type TypedCustomValues = z.output<typeof TypedCustomValues>;

/** What the value of a field is called in forms, addresses and mappings. */
export type CustomFieldName = `custom-${string}`;

const prefix = 'custom-';

export const customFieldName = (key: string): CustomFieldName => `${prefix}${key}`;

/** Puts what was sent as `custom-<key>` together under `custom`; the rest stays as it is. */
export function gatherCustomValues(input: unknown): unknown {
  if (typeof input !== 'object' || input === null) return input;
  const entries = Object.entries(input);
  const isCustom = ([name]: [string, unknown]): boolean => name.startsWith(prefix);
  const custom = entries.filter(isCustom).map(([name, value]) => [name.slice(prefix.length), value] as const);
  return {
    ...Object.fromEntries(entries.filter((entry) => !isCustom(entry))),
    ...(custom.length > 0 && { custom: Object.fromEntries(custom) }),
  };
}

/** What a number may be: up to 11 digits and four decimals, which a number keeps exactly. */
const numberText = /^[-−]?\d{1,11}(\.\d{1,4})?$/;

/** A number as it is typed, with any commas; null for nothing. */
export const optionalNumber = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[,\s]/g, '').replace('−', '-'))
  .pipe(z.union([z.literal(''), z.string().regex(numberText, 'customFields.notANumber')]))
  .transform((text) => (text === '' ? null : Number(text)));

const optionalYesNo = z
  .enum(['', 'true', 'false'])
  .transform((text) => (text === '' ? null : text === 'true'));

const optionalChoice = (choices: readonly string[]) =>
  optionalText(customFieldLimits.text).refine(
    (text) => text === null || choices.includes(text),
    'errors.notAChoice',
  );

/** What may be typed into a field; null for nothing. A choice that is no longer offered may stay where it is. */
export function valueSchema(field: CustomField, stored?: CustomValue): z.ZodType<CustomValue | null> {
  switch (field.kind) {
    case 'text':
      return optionalText(customFieldLimits.text);
    case 'number':
      return optionalNumber;
    case 'date':
      return optionalDate;
    case 'yesNo':
      return optionalYesNo;
    case 'choice':
      return optionalChoice(typeof stored === 'string' ? [...field.choices, stored] : field.choices);
  }
}

/** The values that were typed over those of fields that the form did not show, and what is wrong with them. */
function checkCustomValues(
  fields: readonly CustomField[],
  typed: TypedCustomValues,
  stored: CustomValues,
): { values: CustomValues; problems: Problem[] } {
  const unknown = Object.keys(typed).filter((key) => !fields.some((field) => field.key === key));
  const problems = unknown.map((key): Problem => ({
    path: '',
    key: 'errors.unknownField',
    params: { name: customFieldName(key) },
  }));
  const values = new Map(Object.entries(stored));
  for (const field of fields) {
    const result = valueSchema(field, values.get(field.key)).safeParse(typed[field.key] ?? '');
    const path = customFieldName(field.key);
    if (!result.success) problems.push(...problemsOf(result.error).map((problem) => ({ ...problem, path })));
    else if (result.data !== null) values.set(field.key, result.data);
    else if (field.isRequired) problems.push({ path, key: 'errors.required' });
    else values.delete(field.key);
  }
  return { values: Object.fromEntries(values), problems };
}

/**
 * The values to store after a form: those that were typed, and those of fields that the form did not show.
 * @throws InvalidInput with one problem for each field whose value cannot be taken.
 */
export function readCustomValues(
  fields: readonly CustomField[],
  typed: TypedCustomValues,
  stored: CustomValues = {},
): CustomValues {
  const { values, problems } = checkCustomValues(fields, typed, stored);
  if (problems.length > 0) throw new InvalidInput(problems);
  return values;
}

/** The problems of a refused form together with those of its custom fields, so that all are told at once. */
export function withCustomProblems(
  fields: readonly CustomField[],
  form: FormValues,
  problems: readonly Problem[],
  stored: CustomValues = {},
): readonly Problem[] {
  const isTold = problems.some(({ path }) => path.startsWith(prefix));
  if (isTold) return problems;
  const typed = fields.map(({ key }) => {
    const text = form[customFieldName(key)];
    return [key, typeof text === 'string' ? text : ''] as const;
  });
  return [...problems, ...checkCustomValues(fields, Object.fromEntries(typed), stored).problems];
}

/** A stored value as its field on a form holds it. */
export const typedText = (value: CustomValue | undefined): string =>
  value === undefined ? '' : String(value);
