import type { ViewerContext } from '../../core/context.js';
import { formatMonth } from '../../core/format.js';
import type { RuleVocabulary } from './check-rules.js';
import { partName } from './rule-drafts.js';
import type { InputKind } from './rule-operator.js';
import type { SegmentField } from './segment-field.js';

/** More choices than this stand in a list to scroll instead of boxes to tick. */
const mostBoxes = 12;

/** What an operator compares with, on the form. Inputs of one condition share their name and are read in order. */
export interface RuleInputView {
  readonly kind: 'boxes' | 'list' | 'select' | 'text' | 'date';
  readonly name: string;
  readonly id: string;
  readonly label: string;
  /** The same together with the condition it belongs to, for those who hear the page. */
  readonly spokenLabel: string;
  readonly value: string;
  readonly inputMode: 'text' | 'numeric' | 'decimal';
  readonly options: readonly { readonly value: string; readonly label: string; readonly isChosen: boolean }[];
}

const inputModes = {
  text: 'text',
  number: 'decimal',
  money: 'decimal',
  price: 'decimal',
  count: 'numeric',
  days: 'numeric',
  date: 'text',
  month: 'text',
  choices: 'text',
} as const satisfies Record<InputKind, RuleInputView['inputMode']>;

export function ruleInputs(
  { context, choices, t }: RuleVocabulary & { readonly context: ViewerContext },
  field: SegmentField,
  inputs: readonly InputKind[],
  values: readonly string[],
  path: string,
  conditionLabel: string,
): RuleInputView[] {
  const name = partName(path, 'value');
  return inputs.map((kind, index): RuleInputView => {
    const options =
      kind === 'choices' ? (field.options?.(choices, t) ?? []) : kind === 'month' ? months(context) : [];
    const label = t(`segments.input.${kind}`);
    const chosen = kind === 'choices' ? values : values.slice(index, index + 1);
    return {
      kind: shape(kind, options.length),
      name,
      id: index === 0 ? `field-${name}` : `field-${name}-${index}`,
      label,
      spokenLabel: `${conditionLabel}: ${label}`,
      value: values[index] ?? '',
      inputMode: inputModes[kind],
      options: options.map((option) => ({ ...option, isChosen: chosen.includes(option.value) })),
    };
  });
}

function shape(kind: InputKind, options: number): RuleInputView['kind'] {
  if (kind === 'choices') return options > mostBoxes ? 'list' : 'boxes';
  if (kind === 'month') return 'select';
  return kind === 'date' ? 'date' : 'text';
}

const months = ({ locale }: ViewerContext) =>
  Array.from({ length: 12 }, (_, index) => ({
    value: String(index + 1),
    label: formatMonth(index + 1, locale),
  }));
