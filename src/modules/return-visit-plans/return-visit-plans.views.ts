import type { ViewerContext } from '../../core/context.js';
import type { FormValues } from '../../core/form.js';
import { formatCappedCount, formatNumber } from '../../core/format.js';
import type { CellView } from '../../core/lists/list-view.js';
import { pageHeader, plainRows, type AdminConfirmView } from '../admin/admin-pages.js';
import type { DeadlineSettingsView } from '../deadlines/settings-page.js';
import { confirmingFields } from '../deadlines/preview-page.js';
import { typeName } from '../request-types/type-name.js';
import { planName } from './plan-name.js';
import { plansPath, plansTrail } from './plan-form.views.js';
import { previewCap, previewDays, type Plan, type PlanType } from './return-visit-plans.queries.js';

/** All plans, and those out of use. */
export function plansView(
  context: ViewerContext,
  plans: readonly Plan[],
  types: readonly PlanType[],
): DeadlineSettingsView {
  const { t, locale } = context;
  const title = t('returnVisitPlans.title');
  const inUse = plans.filter(({ isArchived }) => !isArchived);
  const archived = plans.filter(({ isArchived }) => isArchived);
  const columns = [
    t('serviceSettings.name'),
    t('returnVisitPlans.trigger'),
    t('returnVisitPlans.daysAfter'),
    t('returnVisitPlans.windowDays'),
    t('returnVisitPlans.maxAttempts'),
    t('returnVisitPlans.owner'),
  ];
  const rows = (shown: readonly Plan[]) => plainRows(shown.map((plan) => planCells(context, plan, types)));
  const section = { columns, more: undefined };
  const create = {
    ...{ label: t('returnVisitPlans.new'), href: `${plansPath}/new`, icon: 'plus' },
    ...({ emphasis: 'primary', shortcut: 'n' } as const),
  };
  return {
    title,
    header: pageHeader(title, {
      count: formatNumber(inUse.length, locale),
      subtitle: t('returnVisitPlans.about'),
      trail: plansTrail(context).slice(0, 1),
      actions: [create],
    }),
    progress: undefined,
    sections: [
      {
        ...{ ...section, id: 'plans', title: t('serviceSettings.inUse'), rows: rows(inUse) },
        emptyText: t('returnVisitPlans.empty'),
      },
      ...(archived.length === 0
        ? []
        : [
            {
              ...{ ...section, id: 'archived', title: t('serviceSettings.archived') },
              ...{ rows: rows(archived), emptyText: '' },
            },
          ]),
    ],
  };
}

function planCells({ t, locale }: ViewerContext, plan: Plan, types: readonly PlanType[]): CellView[] {
  return [
    { text: planName(t, plan.name), href: `${plansPath}/${plan.id}/edit` },
    { text: triggerText(t, plan, types) },
    { text: formatNumber(plan.daysAfter, locale), numeric: true },
    { text: formatNumber(plan.windowDays, locale), numeric: true },
    { text: formatNumber(plan.maxAttempts, locale), numeric: true },
    { text: t(`returnVisitPlans.owner.${plan.ownerRule}`) },
  ];
}

function triggerText(t: ViewerContext['t'], plan: Plan, types: readonly PlanType[]): string {
  const trigger = t(`returnVisitPlans.trigger.${plan.trigger}`);
  const type = types.find(({ id }) => id === plan.typeId);
  const detail = type ? typeName(t, type) : plan.item;
  return detail === null ? trigger : t('returnVisitPlans.triggerOf', { trigger, detail });
}

/** The page between the form and its saving: how many return visits the plan would have made. */
export function planPreviewView(
  context: ViewerContext,
  change: { readonly action: string; readonly name: string; readonly typed: FormValues },
  count: number,
): AdminConfirmView {
  const { t, locale } = context;
  const title = t('returnVisitPlans.previewTitle');
  const number = formatCappedCount(count, previewCap, locale);
  return {
    title,
    header: pageHeader(title, { trail: plansTrail(context) }),
    confirm: {
      action: change.action,
      question: t('returnVisitPlans.previewQuestion', { name: change.name }),
      consequences: [
        t('returnVisitPlans.previewCount', { count, number, days: previewDays }),
        t('returnVisitPlans.previewPerDay', { number: formatNumber(Math.ceil(count / previewDays), locale) }),
        t('returnVisitPlans.previewFuture'),
      ],
      hidden: confirmingFields(change.typed),
      confirmLabel: t('form.save'),
      cancelHref: plansPath,
      isDestructive: false,
    },
  };
}

/** The page before a plan is taken out of use or brought back. */
export function planArchivalView(context: ViewerContext, plan: Plan): AdminConfirmView {
  const { t } = context;
  const label = t(plan.isArchived ? 'serviceSettings.unarchive' : 'serviceSettings.archive');
  return confirmView(context, plan, 'archival', {
    title: label,
    question: t(plan.isArchived ? 'returnVisitPlans.unarchiveQuestion' : 'returnVisitPlans.archiveQuestion', {
      name: planName(t, plan.name),
    }),
    consequence: t('returnVisitPlans.keepsVisits'),
    isDestructive: false,
  });
}

/** The page before a plan is deleted. */
export function planDeletionView(context: ViewerContext, plan: Plan): AdminConfirmView {
  const { t } = context;
  return confirmView(context, plan, 'deletion', {
    title: t('form.delete'),
    question: t('serviceSettings.deleteQuestion', { name: planName(t, plan.name) }),
    consequence: t('tags.deleteUndo'),
    isDestructive: true,
  });
}

interface Asked {
  readonly title: string;
  readonly question: string;
  readonly consequence: string;
  readonly isDestructive: boolean;
}

function confirmView(
  context: ViewerContext,
  plan: Plan,
  verb: 'archival' | 'deletion',
  { title, question, consequence, isDestructive }: Asked,
): AdminConfirmView {
  const own = `${plansPath}/${plan.id}`;
  return {
    title,
    header: pageHeader(title, { trail: plansTrail(context) }),
    confirm: {
      ...{
        action: `${own}/${verb}`,
        question,
        consequences: [consequence],
        confirmLabel: title,
        isDestructive,
      },
      hidden: [{ name: 'version', value: String(plan.version) }],
      cancelHref: `${own}/edit`,
    },
  };
}
