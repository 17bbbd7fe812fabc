import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import type { FieldOption } from '../../core/form.js';
import { isMessageKey } from '../../core/i18n.js';
import type { RuleVocabulary } from './check-rules.js';
import { partName, rootPath } from './rule-drafts.js';
import { ruleInputs, type RuleInputView } from './rule-inputs.views.js';
import { matchText } from './rule-text.js';
import {
  conditionsOf,
  isGroup,
  ruleMatches,
  segmentLimits,
  type SegmentCondition,
  type SegmentGroup,
} from './rules.js';
import { segmentAreas, type SegmentField } from './segment-field.js';

interface ChoiceView {
  readonly name: string;
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly error: string;
}

/** A group of rules on the form. */
export interface RuleGroupView {
  readonly kind: 'group';
  readonly path: string;
  /** Which one it is, for those who hear the page: "Group 1.2". */
  readonly label: string;
  readonly isRoot: boolean;
  readonly match: ChoiceView & { readonly options: readonly FieldOption[] };
  readonly rules: readonly (RuleGroupView | RuleConditionView)[];
  readonly canAddCondition: boolean;
  readonly canAddGroup: boolean;
}

/** A condition on the form; without a field it has neither operator nor values. */
export interface RuleConditionView {
  readonly kind: 'condition';
  readonly path: string;
  readonly label: string;
  readonly field: ChoiceView & {
    readonly areas: readonly { readonly label: string; readonly options: readonly FieldOption[] }[];
  };
  readonly operator: (ChoiceView & { readonly options: readonly FieldOption[] }) | undefined;
  readonly inputs: readonly RuleInputView[];
  readonly error: string;
}

interface RuleForm extends RuleVocabulary {
  readonly context: ViewerContext;
  readonly problems: readonly Problem[];
  readonly hasRoom: boolean;
}

/** The rules of a draft as the form shows them, with what is wrong beside each part. */
export function ruleFormView(
  context: ViewerContext,
  draft: SegmentGroup,
  vocabulary: RuleVocabulary,
  problems: readonly Problem[],
): RuleGroupView {
  const hasRoom = conditionsOf(draft).length < segmentLimits.conditions;
  return groupView({ ...vocabulary, context, problems, hasRoom }, draft, rootPath);
}

function groupView(form: RuleForm, group: SegmentGroup, path: string): RuleGroupView {
  const { context, t } = form;
  const depth = path.split('-').length;
  return {
    kind: 'group',
    path,
    label: depth === 1 ? t('segments.rules') : t('segments.groupLabel', { number: numberOf(path) }),
    isRoot: depth === 1,
    match: {
      ...choice(form, path, 'match', t('segments.matchLabel'), group.match),
      options: ruleMatches.map((match) => ({ value: match, label: matchText(context, match) })),
    },
    rules: group.rules.map((rule, index) => {
      const own = `${path}-${index}`;
      return isGroup(rule) ? groupView(form, rule, own) : conditionView(form, rule, own);
    }),
    canAddCondition: form.hasRoom,
    canAddGroup: form.hasRoom && depth < segmentLimits.depth,
  };
}

function conditionView(form: RuleForm, condition: SegmentCondition, path: string): RuleConditionView {
  const { t, catalogue } = form;
  const field = catalogue.get(condition.field);
  const operator = field?.operators.find(({ name }) => name === condition.operator) ?? field?.operators[0];
  const label = t('segments.ruleLabel', { number: numberOf(path) });
  return {
    kind: 'condition',
    path,
    label,
    field: {
      ...choice(form, path, 'field', `${label}: ${t('segments.fieldLabel')}`, field ? condition.field : ''),
      areas: fieldAreas(form),
    },
    operator: operator && {
      ...choice(form, path, 'operator', `${label}: ${t('segments.operatorLabel')}`, operator.name),
      options: (field?.operators ?? []).map(({ name }) => ({ value: name, label: operatorText(form, name) })),
    },
    inputs: field && operator ? ruleInputs(form, field, operator.inputs, condition.values, path, label) : [],
    error: errorOf(form, partName(path, 'value')),
  };
}

function choice(
  form: RuleForm,
  path: string,
  part: 'match' | 'field' | 'operator',
  label: string,
  value: string,
): ChoiceView {
  const name = partName(path, part);
  return { name, id: `field-${name}`, label, value, error: errorOf(form, name) };
}

/** The fields that can be asked, under the headings of their areas. */
const fieldAreas = ({ catalogue, t }: RuleForm): RuleConditionView['field']['areas'] =>
  segmentAreas.flatMap((area) => {
    const fields = [...catalogue.values()].filter((field) => field.area === area);
    const option = ({ key, label }: SegmentField): FieldOption => ({ value: key, label: label(t) });
    return fields.length === 0 ? [] : [{ label: t(`segments.area.${area}`), options: fields.map(option) }];
  });

function operatorText({ t }: RuleForm, name: string): string {
  const key = `segments.operator.${name}`;
  return isMessageKey(key) ? t(key) : name;
}

function errorOf({ problems, t }: RuleForm, name: string): string {
  const problem = problems.find(({ path }) => path === name);
  return problem ? t(problem.key, problem.params) : '';
}

/** `0-1-0` is the first rule of the second one: "2.1". */
const numberOf = (path: string): string =>
  path
    .split('-')
    .slice(1)
    .map((index) => Number(index) + 1)
    .join('.');
