import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { dayOf, formatDay } from '../../core/format.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import type { Choice } from '../customers/customer-choices.queries.js';
import { dueAfterService } from './due-day.js';
import { thingLimits } from './served-thing.js';
import type { ThingRecord } from './served-things.queries.js';
import { thingTrail } from './thing-form.views.js';
import type { ServiceRow } from './thing-services.queries.js';

/** The page that records a service; it says when the next one will be due. */
export function newServiceView(
  context: ViewerContext,
  thing: ThingRecord,
  staff: readonly Choice[],
  values: FormValues = { id: newId(), servedOn: dayOf(context.deps.now()), staffId: context.viewer.id },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('servedThings.serviceOf', { name: thing.name });
  const nextDueOn: FieldSpec = {
    name: 'nextDueOn',
    label: 'servedThings.nextDueOn',
    kind: 'date',
    help:
      thing.service_interval_days === null
        ? 'servedThings.nextDueByHandHelp'
        : 'servedThings.nextDueByIntervalHelp',
  };
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { subtitle: forecast(context, thing), trail: thingTrail(context, thing) }),
    editForm: {
      action: `/served-things/${thing.id}/services`,
      form: formView(t, [...serviceSpecs(staff), nextDueOn], values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('servedThings.addService'),
      cancelHref: `/served-things/${thing.id}`,
    },
  };
}

/** When the next service will be due if this one was done today. */
function forecast({ t, locale, deps }: ViewerContext, thing: ThingRecord): string {
  const { service_interval_days: days } = thing;
  const dueOn = dueAfterService(dayOf(deps.now()), days);
  if (days === null || dueOn === null) return '';
  return t('servedThings.forecast', { count: days, day: formatDay(dueOn, locale) });
}

/** The page that changes a service. */
export function editServiceView(
  context: ViewerContext,
  thing: ThingRecord,
  service: ServiceRow,
  staff: readonly Choice[],
  values: FormValues = storedService(service),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('servedThings.editService', { name: thing.name });
  const remove = {
    label: t('form.delete'),
    href: `/served-thing-services/${service.id}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  } as const;
  return {
    title,
    header: pageHeader(title, { trail: thingTrail(context, thing), actions: [remove] }),
    editForm: serviceForm(context, service, staff, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function serviceForm(
  { t }: ViewerContext,
  service: ServiceRow,
  staff: readonly Choice[],
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: `/served-thing-services/${service.id}`,
    form: formView(t, serviceSpecs(staff, service), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(service.version) }],
    submitLabel: t('form.save'),
    cancelHref: `/served-things/${service.thing_id}`,
  };
}

/** The fields of the form; whoever did the service stays a choice after leaving. */
export function serviceSpecs(staff: readonly Choice[], service?: ServiceRow): readonly FieldSpec[] {
  const isListed = staff.some(({ id }) => id === service?.staff_id);
  const former =
    service?.staff_id && !isListed ? [{ id: service.staff_id, name: service.staff_name ?? '' }] : [];
  return [
    { name: 'servedOn', label: 'servedThings.servedOn', kind: 'date', required: true },
    {
      name: 'work',
      label: 'servedThings.work',
      kind: 'textarea',
      required: true,
      maxLength: thingLimits.work,
    },
    {
      name: 'staffId',
      label: 'servedThings.staff',
      kind: 'select',
      options: [...staff, ...former].map(({ id, name }) => ({ value: id, label: name })),
    },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: thingLimits.remark },
  ];
}

/** What is stored, by the names of the form's fields. */
export const storedService = (service: ServiceRow): FormValues => ({
  servedOn: service.served_on,
  work: service.work,
  staffId: service.staff_id ?? '',
  remark: service.remark ?? '',
});

/** The page before a deletion. */
export function serviceDeletionView(
  context: ViewerContext,
  thing: ThingRecord,
  service: ServiceRow,
): AdminConfirmView {
  const { t, locale } = context;
  const title = t('servedThings.deleteService', { name: thing.name });
  return {
    title,
    header: pageHeader(title, { trail: thingTrail(context, thing) }),
    confirm: {
      action: `/served-thing-services/${service.id}/deletion`,
      question: t('servedThings.deleteServiceQuestion', {
        work: service.work,
        day: formatDay(service.served_on, locale),
      }),
      consequences: [t('servedThings.deleteServiceConsequence')],
      hidden: [{ name: 'version', value: String(service.version) }],
      confirmLabel: t('servedThings.deleteServiceConfirm'),
      cancelHref: `/served-thing-services/${service.id}/edit`,
      isDestructive: true,
    },
  };
}
