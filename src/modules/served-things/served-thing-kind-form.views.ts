import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import { kindLimits } from './served-thing-kind.js';
import type { KindRecord } from './served-thing-kinds.queries.js';
import { kindsPath, kindsTrail } from './served-thing-kinds.views.js';

export const kindSpecs: readonly FieldSpec[] = [
  {
    name: 'name',
    label: 'servedThingKinds.name',
    kind: 'text',
    required: true,
    maxLength: kindLimits.name,
    help: 'servedThingKinds.nameHelp',
  },
  {
    name: 'identifierLabel',
    label: 'servedThingKinds.identifierLabel',
    kind: 'text',
    maxLength: kindLimits.identifierLabel,
    help: 'servedThingKinds.identifierLabelHelp',
  },
  {
    name: 'serviceIntervalDays',
    label: 'servedThingKinds.serviceIntervalDays',
    kind: 'number',
    inputMode: 'numeric',
    help: 'servedThingKinds.serviceIntervalDaysHelp',
  },
  {
    name: 'leadDays',
    label: 'servedThingKinds.leadDays',
    kind: 'number',
    inputMode: 'numeric',
    required: true,
    help: 'servedThingKinds.leadDaysHelp',
  },
];

/** The page for a new kind; with values and problems after a refusal. */
export function newKindView(
  context: ViewerContext,
  values: FormValues = { id: newId(), leadDays: '7' },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('servedThingKinds.new');
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: kindsTrail(context) }),
    editForm: {
      action: kindsPath,
      form: formView(t, kindSpecs, values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('servedThingKinds.create'),
      cancelHref: kindsPath,
    },
  };
}

/** The page that changes a kind. */
export function editKindView(
  context: ViewerContext,
  kind: KindRecord,
  values: FormValues = storedKind(kind),
  problems: readonly Problem[] = [],
): AdminFormView {
  const title = context.t('servedThingKinds.edit', { name: kind.name });
  const own = { label: kind.name, href: `${kindsPath}/${kind.id}` };
  return {
    title,
    header: pageHeader(title, { trail: [...kindsTrail(context), own] }),
    editForm: kindForm(context, kind, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function kindForm(
  { t }: ViewerContext,
  kind: KindRecord,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: `${kindsPath}/${kind.id}`,
    form: formView(t, kindSpecs, values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(kind.version) }],
    submitLabel: t('form.save'),
    cancelHref: `${kindsPath}/${kind.id}`,
  };
}

/** What is stored, by the names of the form's fields. */
export const storedKind = (kind: KindRecord): FormValues => ({
  name: kind.name,
  identifierLabel: kind.identifier_label ?? '',
  serviceIntervalDays: kind.service_interval_days === null ? '' : String(kind.service_interval_days),
  leadDays: String(kind.lead_days),
});
