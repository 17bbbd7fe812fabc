import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import { treeOrder } from '../../core/tree.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { priorityName } from '../request-types/priority-name.js';
import { requestPriorities } from '../request-types/request-type.js';
import { typeName } from '../request-types/type-name.js';
import { choiceOptions } from '../service-settings/setting-choices.queries.js';
import { ruleLimits } from './classification-rule.js';
import type { StoredRule } from './classification-rules.queries.js';
import type { RuleChoices } from './rule-names.js';

/** The fields of the form: the name, when the rule applies, what it sets. */
export function classificationRuleSpecs(context: ViewerContext, choices: RuleChoices): readonly FieldSpec[] {
  return [
    {
      name: 'name',
      label: 'serviceSettings.name',
      kind: 'text',
      required: true,
      maxLength: ruleLimits.name,
    },
    ...conditionSpecs(context, choices),
    ...outcomeSpecs(context, choices),
  ];
}

const conditionSpecs = ({ t }: ViewerContext, { tiers, types }: RuleChoices): readonly FieldSpec[] => [
  {
    name: 'words',
    label: 'classificationRules.words',
    kind: 'textarea',
    help: 'classificationRules.wordsHelp',
  },
  {
    name: 'channels',
    label: 'classificationRules.channels',
    kind: 'checkboxes',
    options: contactChannels.map((one) => ({ value: one, label: t(`contactRecords.channel.${one}`) })),
  },
  ...(tiers.length > 0
    ? [
        {
          name: 'tierIds',
          label: 'classificationRules.tiers',
          kind: 'checkboxes',
          options: choiceOptions(tiers),
        } as const,
      ]
    : []),
  {
    name: 'typeIds',
    label: 'classificationRules.types',
    kind: 'checkboxes',
    options: types.map((type) => ({ value: type.id, label: typeName(t, type) })),
  },
];

const outcomeSpecs = (
  { t }: ViewerContext,
  { teams, types, categories }: RuleChoices,
): readonly FieldSpec[] => [
  {
    name: 'typeId',
    label: 'classificationRules.setsType',
    kind: 'select',
    help: 'classificationRules.setsHelp',
    options: types.map((type) => ({ value: type.id, label: typeName(t, type) })),
  },
  {
    name: 'categoryId',
    label: 'classificationRules.setsCategory',
    kind: 'select',
    options: treeOrder(categories.filter(({ isArchived }) => !isArchived)).map(({ record, path }) => ({
      value: record.id,
      label: path.join(t('tree.pathSeparator')),
    })),
  },
  {
    name: 'priority',
    label: 'classificationRules.setsPriority',
    kind: 'select',
    options: requestPriorities.map((one) => ({ value: String(one), label: priorityName(t, one) })),
  },
  {
    name: 'teamId',
    label: 'classificationRules.setsTeam',
    kind: 'select',
    options: choiceOptions(teams),
  },
];

/** What is stored, by the names of the form's fields. */
export const classificationRuleValues = (rule: StoredRule | undefined): FormValues =>
  rule
    ? {
        ...rule.conditions,
        words: rule.conditions.words.join('\n'),
        typeId: rule.outcome.typeId ?? '',
        categoryId: rule.outcome.categoryId ?? '',
        priority: rule.outcome.priority === null ? '' : String(rule.outcome.priority),
        teamId: rule.outcome.teamId ?? '',
      }
    : {};
