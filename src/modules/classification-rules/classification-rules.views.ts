import type { ViewerContext } from '../../core/context.js';
import type { DefinitionView } from '../../core/views/definition-view.js';
import { formView, type FieldSpec, type FieldView } from '../../core/form.js';
import { contactChannels } from '../contact-records/contact-choices.js';
import { typeName } from '../request-types/type-name.js';
import { inPlaces, orderedPage, orderedRow, type OrderedPageView } from '../service-settings/ordered-page.js';
import { choiceOptions } from '../service-settings/setting-choices.queries.js';
import { ruleLimits } from './classification-rule.js';
import type { StoredRule } from './classification-rules.queries.js';
import type { TrialQuery } from './classification-rules.schemas.js';
import type { Classification } from './classify.js';
import { conditionsText, outcomeParts, ruleNames, type RuleChoices } from './rule-names.js';

export const classificationRulesPath = '/admin/classification-rules';

export interface TrialResultView {
  /** What the rules would set; empty for nothing. */
  readonly outcome: readonly DefinitionView[];
  readonly rules: readonly string[];
}

export interface ClassificationRulesView extends OrderedPageView {
  readonly trialAction: string;
  readonly trialFields: readonly FieldView[];
  /** Undefined before something was tried. */
  readonly trialResult: TrialResultView | undefined;
}

/** All rules in their order, and the box to try them in. */
export function classificationRulesView(
  context: ViewerContext,
  rules: readonly StoredRule[],
  choices: RuleChoices,
  query: TrialQuery,
  tried: Classification | undefined,
): ClassificationRulesView {
  const { t } = context;
  const names = ruleNames(t, choices);
  const outcomeText = ({ outcome }: StoredRule): string =>
    outcomeParts(t, outcome, names)
      .map(({ label, text }) => t('classificationRules.sets', { label, text }))
      .join(t('classificationRules.partSeparator'));
  const rows = inPlaces(rules).map(({ record, ...place }) =>
    orderedRow(context, classificationRulesPath, {
      record,
      name: record.name,
      cells: [{ text: conditionsText(t, record.conditions, names) }, { text: outcomeText(record) }],
      ...place,
    }),
  );
  const page = orderedPage(context, {
    path: classificationRulesPath,
    title: t('classificationRules.title'),
    subtitle: t('classificationRules.subtitle'),
    newLabel: t('classificationRules.new'),
    columns: [t('classificationRules.when'), t('classificationRules.then')],
    rows,
    emptyHint: t('classificationRules.emptyHint'),
    maximum: ruleLimits.rules,
  });
  return {
    ...page,
    trialAction: classificationRulesPath,
    trialFields: formView(t, trialSpecs(context, choices), { ...query }).fields,
    trialResult: tried && trialResult(context, tried, names),
  };
}

function trialResult(
  { t }: ViewerContext,
  { appliedRules, ...set }: Classification,
  names: ReadonlyMap<string, string>,
): TrialResultView {
  return {
    outcome: outcomeParts(t, set, names).map(({ label, text }) => ({ label, value: { text } })),
    rules: appliedRules.map(({ name }) => name),
  };
}

const trialSpecs = ({ t }: ViewerContext, { tiers, types }: RuleChoices): readonly FieldSpec[] => [
  {
    name: 'text',
    label: 'classificationRules.trialText',
    kind: 'textarea',
    required: true,
    maxLength: ruleLimits.trial,
  },
  {
    name: 'channel',
    label: 'classificationRules.channel',
    kind: 'select',
    options: contactChannels.map((one) => ({ value: one, label: t(`contactRecords.channel.${one}`) })),
  },
  { name: 'tier', label: 'classificationRules.tier', kind: 'select', options: choiceOptions(tiers) },
  {
    name: 'type',
    label: 'classificationRules.chosenType',
    kind: 'select',
    options: types.map((type) => ({ value: type.id, label: typeName(t, type) })),
  },
];
