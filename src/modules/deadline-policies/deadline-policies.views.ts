import type { ViewerContext } from '../../core/context.js';
import { formatNumber } from '../../core/format.js';
import { pageHeader, plainRows, type AdminConfirmView } from '../admin/admin-pages.js';
import { deadlineKinds } from '../deadlines/deadline-kind.js';
import { durationText } from '../deadlines/duration-text.js';
import type { Recount } from '../deadlines/recount.queries.js';
import type { DeadlineSettingsView } from '../deadlines/settings-page.js';
import { shownRecount } from '../deadlines/recount-progress.js';
import { priorityName } from '../request-types/priority-name.js';
import { typeName } from '../request-types/type-name.js';
import { calendarName } from '../working-calendars/calendar-name.js';
import type { PolicyChoices, PolicyRecord } from './deadline-policies.queries.js';
import { policiesPath, policiesTrail } from './policy-form.views.js';
import { inOrderOfPrecedence } from './policy-for.js';
import { policyName } from './policy-name.js';

/** All policies in the order in which they are tried, and those out of use. */
export function policiesView(
  context: ViewerContext,
  policies: readonly PolicyRecord[],
  choices: PolicyChoices,
  recount: Recount | undefined,
): DeadlineSettingsView {
  const { t, locale } = context;
  const title = t('deadlinePolicies.title');
  const inUse = inOrderOfPrecedence(policies.filter(({ isArchived }) => !isArchived));
  const archived = policies.filter(({ isArchived }) => isArchived);
  const columns = [
    t('deadlinePolicies.order'),
    t('deadlinePolicies.name'),
    t('deadlinePolicies.for'),
    ...deadlineKinds.map((kind) => t(`deadlines.kind.${kind}`)),
    t('deadlinePolicies.calendar'),
  ];
  const table = (rows: readonly PolicyRecord[], isOrdered: boolean) =>
    plainRows(
      rows.map((policy, place) => [
        { text: isOrdered ? formatNumber(place + 1, locale) : '' },
        { text: policyName(t, policy.name), href: `${policiesPath}/${policy.id}/edit` },
        { text: conditionsText(context, policy, choices) },
        ...deadlineKinds.map((kind) => ({ text: targetText(context, policy.targets[kind]) })),
        { text: calendarText(context, policy, choices) },
      ]),
    );
  const create = {
    label: t('deadlinePolicies.new'),
    href: `${policiesPath}/new`,
    icon: 'plus',
    emphasis: 'primary',
    shortcut: 'n',
  } as const;
  const section = { columns, more: undefined };
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(inUse.length, locale),
      subtitle: t('deadlinePolicies.subtitle'),
      trail: policiesTrail(context).slice(0, 1),
      actions: [create],
    }),
    progress: shownRecount(context, recount),
    sections: [
      {
        ...{ ...section, id: 'policies', title: t('deadlinePolicies.inUse'), rows: table(inUse, true) },
        emptyText: t('deadlinePolicies.empty'),
      },
      ...(archived.length > 0
        ? [
            {
              ...{ ...section, id: 'archived', title: t('deadlinePolicies.archived') },
              ...{ rows: table(archived, false), emptyText: '' },
            },
          ]
        : []),
    ],
  };
}

function conditionsText({ t }: ViewerContext, policy: PolicyRecord, { types, tiers }: PolicyChoices): string {
  const type = types.find(({ id }) => id === policy.typeId);
  const tier = tiers.find(({ id }) => id === policy.tierId);
  const conditions = [
    ...(type ? [typeName(t, type)] : []),
    ...(policy.priority === null
      ? []
      : [t('deadlinePolicies.ofPriority', { priority: priorityName(t, policy.priority) })]),
    ...(tier ? [t('deadlinePolicies.ofTier', { tier: tier.name })] : []),
  ];
  return conditions.length === 0
    ? t('deadlinePolicies.anyRequest')
    : conditions.join(t('common.listSeparator'));
}

const targetText = ({ t }: ViewerContext, minutes: number | null): string =>
  minutes === null ? '–' : durationText(t, minutes);

function calendarText({ t }: ViewerContext, policy: PolicyRecord, { calendars }: PolicyChoices): string {
  const calendar = calendars.find(({ id }) => id === policy.calendarId);
  return calendar ? calendarName(t, calendar) : '';
}

/** The page before a policy is deleted. */
export function policyDeletionView(context: ViewerContext, policy: PolicyRecord): AdminConfirmView {
  const { t } = context;
  const title = t('deadlinePolicies.delete');
  return {
    title,
    header: pageHeader(title, { trail: policiesTrail(context) }),
    confirm: {
      action: `${policiesPath}/${policy.id}/deletion`,
      question: t('deadlinePolicies.deleteQuestion', { name: policyName(t, policy.name) }),
      consequences: [t('deadlinePolicies.deleteConsequence')],
      hidden: [{ name: 'version', value: String(policy.version) }],
      confirmLabel: title,
      cancelHref: `${policiesPath}/${policy.id}/edit`,
      isDestructive: true,
    },
  };
}
