import type { Translate } from '../../core/i18n.js';
import { treeOrder } from '../../core/tree.js';
import type { RequestCategory } from '../request-categories/request-categories.queries.js';
import { priorityName } from '../request-types/priority-name.js';
import { typeName } from '../request-types/type-name.js';
import type { SettingChoices } from '../service-settings/setting-choices.queries.js';
import type { RuleConditions, RuleOutcome } from './classification-rule.js';

/** What rules can refer to. */
export interface RuleChoices extends SettingChoices {
  readonly categories: readonly RequestCategory[];
}

/** The names of everything that rules refer to, by id; categories with those above them. */
export function ruleNames(t: Translate, choices: RuleChoices): ReadonlyMap<string, string> {
  const { teams, tiers, types, categories } = choices;
  return new Map([
    ...[...teams, ...tiers].map(({ id, name }) => [id, name] as const),
    ...types.map((type) => [type.id, typeName(t, type)] as const),
    ...treeOrder(categories).map(
      ({ record, path }) => [record.id, path.join(t('tree.pathSeparator'))] as const,
    ),
  ]);
}

/** When a rule applies, in words. */
export function conditionsText(
  t: Translate,
  { words, channels, tierIds, typeIds }: RuleConditions,
  names: ReadonlyMap<string, string>,
): string {
  const listed = (parts: readonly string[]): string => parts.join(t('common.listSeparator'));
  const named = (ids: readonly string[]): string =>
    listed(ids.map((id) => names.get(id) ?? t('classificationRules.gone')));
  const parts = [
    words.length > 0 ? t('classificationRules.ifSaid', { words: listed(words) }) : '',
    channels.length > 0
      ? t('classificationRules.ifChannel', {
          channels: listed(channels.map((channel) => t(`contactRecords.channel.${channel}`))),
        })
      : '',
    tierIds.length > 0 ? t('classificationRules.ifTier', { tiers: named(tierIds) }) : '',
    typeIds.length > 0 ? t('classificationRules.ifType', { types: named(typeIds) }) : '',
  ];
  return parts.filter((part) => part !== '').join(t('classificationRules.partSeparator'));
}

/** What a rule sets, field by field. */
export function outcomeParts(
  t: Translate,
  { typeId, categoryId, priority, teamId }: Partial<RuleOutcome>,
  names: ReadonlyMap<string, string>,
): { label: string; text: string }[] {
  const nameOf = (id: string): string => names.get(id) ?? t('classificationRules.gone');
  return [
    ...(typeId ? [{ label: t('requestTypes.type'), text: nameOf(typeId) }] : []),
    ...(categoryId ? [{ label: t('classificationRules.category'), text: nameOf(categoryId) }] : []),
    ...(priority ? [{ label: t('requestTypes.defaultPriority'), text: priorityName(t, priority) }] : []),
    ...(teamId ? [{ label: t('serviceSettings.team'), text: nameOf(teamId) }] : []),
  ];
}
