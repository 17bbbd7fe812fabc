import type { ViewerContext } from '../../core/context.js';
import { formatDay, formatMoney, formatMonth, formatNumber, formatYesNo } from '../../core/format.js';
import { isMessageKey, type MessageParams } from '../../core/i18n.js';
import { dayOfYear } from './calendar-words.js';
import type { InputKind } from './rule-operator.js';
import { isGroup, type RuleMatch, type SegmentCondition, type SegmentGroup } from './rules.js';
import { operatorOf, type SegmentCatalogue } from './segment-catalogue.js';
import type { SegmentChoices } from './segment-choices.queries.js';
import type { SegmentField } from './segment-field.js';

/** Rules read out: a heading for each group, a sentence for each condition. */
export type RuleWords =
  | { readonly kind: 'group'; readonly heading: string; readonly rules: readonly RuleWords[] }
  | { readonly kind: 'condition'; readonly text: string };

type Words = Pick<ViewerContext, 't' | 'locale'>;

/** How the rules of a group go together, in words. */
export const matchText = ({ t }: Words, match: RuleMatch): string => t(`segments.match.${match}`);

export function rulesInWords(
  context: Words,
  group: SegmentGroup,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
): RuleWords {
  return {
    kind: 'group',
    heading: matchText(context, group.match),
    rules: group.rules.map((rule) =>
      isGroup(rule)
        ? rulesInWords(context, rule, catalogue, choices)
        : { kind: 'condition', text: conditionText(context, rule, catalogue, choices) },
    ),
  };
}

/** The same in one line: "all of these hold: City: contains “x”; (none of these holds: …)". */
export function rulesSentence(
  context: Words,
  group: SegmentGroup,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
): string {
  const separator = context.t('auditLog.columnSeparator');
  const spoken = (words: RuleWords): string =>
    words.kind === 'condition' ? words.text : `(${groupSentence(words)})`;
  const groupSentence = (words: Extract<RuleWords, { kind: 'group' }>): string =>
    context.t('segments.sentence', {
      field: words.heading,
      phrase: words.rules.map(spoken).join(separator),
    });
  const words = rulesInWords(context, group, catalogue, choices);
  return words.kind === 'group' ? groupSentence(words) : words.text;
}

/** One condition as a sentence: "Last purchase: more than 90 days ago". */
export function conditionText(
  context: Words,
  condition: SegmentCondition,
  catalogue: SegmentCatalogue,
  choices: SegmentChoices,
): string {
  const { t } = context;
  const field = catalogue.get(condition.field);
  const operator = operatorOf(catalogue, condition);
  if (!field || !operator) return t('segments.fieldGone');
  const phrase = `segments.phrase.${operator.name}`;
  const params = phraseParams(context, condition.values, operator.inputs, field, choices);
  return t('segments.sentence', {
    field: field.label(t),
    phrase: isMessageKey(phrase) ? t(phrase, params) : operator.name,
  });
}

function phraseParams(
  context: Words,
  values: readonly string[],
  inputs: readonly InputKind[],
  field: SegmentField,
  choices: SegmentChoices,
): MessageParams {
  const { t } = context;
  if (inputs.includes('choices')) {
    const options = field.options?.(choices, t) ?? [];
    const names = values.map((value) => labelOf(options, value) ?? t('segments.choiceGone'));
    const [first = '', ...others] = names;
    return {
      first: others.reduce((left, right) => t('segments.or', { left, right }), first),
      second: names.join(t('common.listSeparator')),
    };
  }
  const [first = '', second = ''] = values.map((value, index) => inputText(context, inputs[index], value));
  return { first, second, count: Number(values[0]) || 0 };
}

const labelOf = (
  options: readonly { readonly value: string; readonly label: string }[],
  value: string,
): string | undefined => options.find((option) => option.value === value)?.label;

function inputText({ locale }: Words, kind: InputKind | undefined, value: string): string {
  switch (kind) {
    case 'money':
    case 'price':
      return formatMoney(value, locale);
    case 'number':
    case 'count':
    case 'days':
      return formatNumber(Number(value), locale);
    case 'date':
      return formatDay(value, locale);
    case 'month':
      return formatMonth(Number(value), locale);
    case 'text':
    case 'choices':
    case undefined:
      return value;
  }
}

/** The value of a customer as it comes from the database, in the viewer's words; '' for none. */
export function valueText(
  context: Words,
  field: SegmentField,
  value: string | null,
  choices: SegmentChoices,
): string {
  const { t, locale } = context;
  if (value === null) return '';
  switch (field.shown) {
    case 'money':
      return formatMoney(value, locale);
    case 'number':
      return formatNumber(Number(value), locale);
    case 'day':
      return formatDay(value, locale);
    case 'yesNo':
      return formatYesNo(value === 'true', t);
    case 'birthday':
      return dayOfYear(value, locale);
    case 'choice':
      return labelOf(field.options?.(choices, t) ?? [], value) ?? t('segments.choiceGone');
    case 'text':
      return value;
  }
}
