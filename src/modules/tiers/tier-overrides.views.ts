import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import { pageHeader, type AdminFormView } from '../admin/admin-pages.js';
import type { CustomerRecord } from '../customers/customers.queries.js';
import type { CustomerTier } from './customer-tier.queries.js';
import { overrideLimits } from './tier-overrides.schemas.js';
import { customerTrail } from '../customers/customer-trail.js';

/** The fields of a tier that is set by hand. */
export const overrideSpecs = ({ tiers }: CustomerTier): readonly FieldSpec[] => [
  {
    name: 'tierId',
    label: 'tiers.tier',
    kind: 'select',
    required: true,
    options: tiers.map(({ id, name }) => ({ value: id, label: name })),
  },
  {
    name: 'until',
    label: 'tiers.overrideUntil',
    kind: 'date',
    required: true,
    help: 'tiers.overrideUntilHelp',
  },
  {
    name: 'reason',
    label: 'tiers.overrideReason',
    kind: 'textarea',
    required: true,
    maxLength: overrideLimits.reason,
  },
];

/** What is stored, by the names of the form's fields. */
export const storedOverride = (record: CustomerTier): FormValues => ({
  tierId: record.override_id ?? '',
  until: record.override_until ?? '',
  reason: record.override_reason ?? '',
});

/** The page that sets the tier of a customer by hand; with values and problems after a refusal. */
export function overrideFormView(
  context: ViewerContext,
  customer: CustomerRecord,
  record: CustomerTier,
  values: FormValues = { ...storedOverride(record), version: String(record.version) },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('tiers.overrideFor', { name: customer.name });
  return {
    title,
    header: pageHeader(title, {
      trail: customerTrail(context, customer),
    }),
    editForm: overrideForm(context, customer, record, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function overrideForm(
  { t }: ViewerContext,
  { id }: Pick<CustomerRecord, 'id'>,
  record: CustomerTier,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { version } = values;
  return {
    action: `/customers/${id}/tier-override`,
    form: formView(t, overrideSpecs(record), values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : '' }],
    submitLabel: t('tiers.overrideSave'),
    cancelHref: `/customers/${id}`,
  };
}
