import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { PageActionView } from '../../core/views/page-header-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { typeName } from '../request-types/type-name.js';
import { settingTrail } from '../service-settings/setting-forms.js';
import { planName } from './plan-name.js';
import { ownerRules, planLimits, planTriggers } from './return-visit-plan.js';
import type { Plan, PlanType } from './return-visit-plans.queries.js';

export const plansPath = '/admin/return-visit-plans';

export const plansTrail = (context: ViewerContext) =>
  settingTrail(context, 'returnVisitPlans.title', plansPath);

/** The fields of a plan. */
export function planSpecs(
  { t }: ViewerContext,
  types: readonly PlanType[],
  typeId: unknown,
): readonly FieldSpec[] {
  const offered = types.filter((type) => !type.isArchived || type.id === typeId);
  const days = { kind: 'number', required: true } as const;
  return [
    { name: 'name', label: 'serviceSettings.name', kind: 'text', required: true, maxLength: planLimits.name },
    {
      ...{ name: 'trigger', label: 'returnVisitPlans.trigger', kind: 'select', required: true },
      options: planTriggers.map((one) => ({ value: one, label: t(`returnVisitPlans.trigger.${one}`) })),
    },
    {
      ...{
        name: 'typeId',
        label: 'returnVisitPlans.type',
        kind: 'select',
        help: 'returnVisitPlans.typeHelp',
      },
      options: [
        { value: '', label: t('returnVisitPlans.anyType') },
        ...offered.map((type) => ({ value: type.id, label: typeName(t, type) })),
      ],
    },
    {
      ...{ name: 'item', label: 'returnVisitPlans.item', kind: 'text', help: 'returnVisitPlans.itemHelp' },
      maxLength: planLimits.item,
    },
    {
      name: 'daysAfter',
      label: 'returnVisitPlans.daysAfter',
      help: 'returnVisitPlans.daysAfterHelp',
      ...days,
    },
    {
      name: 'windowDays',
      label: 'returnVisitPlans.windowDays',
      help: 'returnVisitPlans.windowDaysHelp',
      ...days,
    },
    {
      name: 'maxAttempts',
      label: 'returnVisitPlans.maxAttempts',
      help: 'returnVisitPlans.maxAttemptsHelp',
      ...days,
    },
    {
      name: 'retryDays',
      label: 'returnVisitPlans.retryDays',
      help: 'returnVisitPlans.retryDaysHelp',
      ...days,
    },
    {
      ...{ name: 'ownerRule', label: 'returnVisitPlans.owner', kind: 'select', required: true },
      help: 'returnVisitPlans.ownerHelp',
      options: ownerRules.map((one) => ({ value: one, label: t(`returnVisitPlans.owner.${one}`) })),
    },
  ];
}

/** What is stored, as the form's fields hold it. */
export const storedPlan = ({ t }: ViewerContext, plan: Plan): FormValues => ({
  ...{
    name: planName(t, plan.name),
    trigger: plan.trigger,
    typeId: plan.typeId ?? '',
    item: plan.item ?? '',
  },
  ...{ daysAfter: plan.daysAfter, windowDays: plan.windowDays, maxAttempts: plan.maxAttempts },
  ...{ retryDays: plan.retryDays, ownerRule: plan.ownerRule },
});

const freshPlan: FormValues = {
  ...{ trigger: 'afterClosing', daysAfter: 3, windowDays: 3, maxAttempts: 3, retryDays: 2 },
  ownerRule: 'customerOwner',
};

/** The page for a new plan; with values and problems after a refusal. */
export function newPlanView(
  context: ViewerContext,
  types: readonly PlanType[],
  values: FormValues = freshPlan,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('returnVisitPlans.new');
  const id = values['id'];
  return {
    title,
    header: pageHeader(title, { trail: plansTrail(context) }),
    editForm: {
      ...previewedForm(context, plansPath, { name: 'id', value: typeof id === 'string' ? id : newId() }),
      form: formView(t, planSpecs(context, types, values['typeId']), values, problems),
    },
  };
}

/** The page that changes a plan; with values and problems after a refusal. */
export function editPlanView(
  context: ViewerContext,
  plan: Plan,
  types: readonly PlanType[],
  values?: FormValues,
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const name = planName(t, plan.name);
  const own = `${plansPath}/${plan.id}`;
  const archival: PageActionView = {
    ...{
      label: t(plan.isArchived ? 'serviceSettings.unarchive' : 'serviceSettings.archive'),
      href: `${own}/archival`,
    },
    ...{ icon: '', emphasis: 'plain', shortcut: '' },
  };
  const deletion: PageActionView = {
    ...{ label: t('form.delete'), href: `${own}/deletion`, icon: 'trash', emphasis: 'danger', shortcut: '' },
  };
  return {
    title: name,
    header: pageHeader(name, {
      trail: plansTrail(context),
      actions: plan.isUsed ? [archival] : [archival, deletion],
    }),
    editForm: planForm(context, plan, types, values, problems),
  };
}

/** The form of a plan that exists; `version` in the values is what it was opened with. */
export function planForm(
  context: ViewerContext,
  plan: Plan,
  types: readonly PlanType[],
  values: FormValues = { ...storedPlan(context, plan), version: String(plan.version) },
  problems: readonly Problem[] = [],
): EditFormView {
  const version = { name: 'version', value: String(values['version']) };
  return {
    ...previewedForm(context, `${plansPath}/${plan.id}`, version),
    form: formView(context.t, planSpecs(context, types, values['typeId']), values, problems),
  };
}

/** A form that shows what would come of it before anything is saved. */
const previewedForm = ({ t }: ViewerContext, action: string, hidden: EditFormView['hidden'][number]) => ({
  action,
  hidden: [hidden],
  submitLabel: t('returnVisitPlans.preview'),
  cancelHref: plansPath,
});
