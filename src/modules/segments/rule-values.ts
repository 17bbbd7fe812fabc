import { z } from 'zod';
import type { Problem } from '../../core/errors.js';
import { amount, isoDate, requiredText, wholeNumber } from '../../core/fields.js';
import { problemsOf } from '../../core/problems.js';
import type { InputKind } from './rule-operator.js';
import { segmentLimits } from './rules.js';

const asText = (number: number): string => String(number);

const number = z
  .string()
  .transform((text) => text.normalize('NFKC').replace(/[,\s]/g, '').replace('−', '-'))
  .pipe(z.string().regex(/^-?\d{1,11}(\.\d{1,4})?$/, 'customFields.notANumber'));

/** What may be typed, as it is stored: decimal text, days `yyyy-mm-dd`. */
const typedValues: Readonly<Record<Exclude<InputKind, 'choices'>, z.ZodType<string, string>>> = {
  text: requiredText(segmentLimits.text),
  number,
  money: amount,
  count: wholeNumber(1, 1_000_000).transform(asText),
  price: amount.refine((text) => Number(text) > 0, 'segments.aboveZero'),
  days: wholeNumber(0, segmentLimits.days).transform(asText),
  date: isoDate,
  month: wholeNumber(1, 12).transform(asText),
};

export interface ReadValues {
  readonly values: readonly string[];
  /** What is wrong, without a path. */
  readonly problems: readonly Omit<Problem, 'path'>[];
}

/** Reads what was typed or chosen for the inputs of an operator. `offered` are the values of what can be chosen. */
export function readValues(
  inputs: readonly InputKind[],
  typed: readonly string[],
  offered: readonly string[],
): ReadValues {
  if (inputs.includes('choices')) return readChoices(typed, offered);
  const read = inputs.map((kind, index) => readTyped(kind, typed[index] ?? ''));
  return { values: read.flatMap(({ values }) => values), problems: read.flatMap(({ problems }) => problems) };
}

function readTyped(kind: InputKind, typed: string): ReadValues {
  if (kind === 'choices') return { values: [], problems: [] };
  if (typed.trim() === '') return { values: [], problems: [{ key: 'errors.required' }] };
  const { data, error } = typedValues[kind].safeParse(typed);
  return data === undefined ? { values: [], problems: problemsOf(error) } : { values: [data], problems: [] };
}

/** A choice that is not offered any more falls away, and is told when nothing else is left. */
function readChoices(typed: readonly string[], offered: readonly string[]): ReadValues {
  const values = [...new Set(typed)].filter((value) => offered.includes(value));
  if (values.length > segmentLimits.choices)
    return { values: [], problems: [{ key: 'errors.tooLarge', params: { maximum: segmentLimits.choices } }] };
  return { values, problems: values.length === 0 ? [{ key: 'segments.chooseOne' }] : [] };
}
