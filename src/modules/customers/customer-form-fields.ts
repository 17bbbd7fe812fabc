import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FieldView, type FormValues, type FormView } from '../../core/form.js';
import type { Translate } from '../../core/i18n.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { customFieldsForm, isOfCustomField, storedCustomValues } from '../custom-fields/custom-field-form.js';
import { customFieldName } from '../custom-fields/custom-values.js';
import { contactFields } from './contact-details.js';
import { genderOptions, kindOptions } from './customer-options.js';
import type { Choice, FormChoices } from './customer-choices.queries.js';
import type { CustomerRecord } from './customers.queries.js';
import { birthCalendars, customerLimits, profileFields } from './customers.schemas.js';
import { maskedContact } from './masked-contact.js';

/** Fields of the form that stand together under a title; '' for those that it begins with. */
export interface FieldGroupView {
  readonly title: string;
  readonly fields: readonly FieldView[];
}

const profileSpecs = profileFields.map((name): FieldSpec => ({
  name,
  label: `customers.${name}`,
  kind: 'textarea',
  help: `customers.${name}Help`,
  maxLength: customerLimits.profile,
}));

const asOptions = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

/** The fields of the form in their order, without the custom ones. */
export function customerFieldSpecs(
  context: ViewerContext,
  choices: FormChoices,
  customer?: CustomerRecord,
): readonly FieldSpec[] {
  const { t } = context;
  const masked = customer && maskedContact(context, customer);
  const contact = (name: (typeof contactFields)[number]) =>
    masked?.[name] ? { placeholder: masked[name], help: 'customers.contactKeptHelp' as const } : {};
  const kept = contactFields.filter((field) => masked?.[field]);
  return [
    { name: 'name', label: 'customers.name', kind: 'text', required: true, maxLength: customerLimits.name },
    {
      name: 'kind',
      label: 'customers.kind',
      kind: 'select',
      required: true,
      options: kindOptions(context),
      help: 'customers.kindHelp',
    },
    { name: 'phone', label: 'customers.phone', kind: 'tel', inputMode: 'tel', ...contact('phone') },
    { name: 'gender', label: 'customers.gender', kind: 'select', options: genderOptions(context) },
    { name: 'birthDate', label: 'customers.birthDate', kind: 'date' },
    {
      name: 'birthCalendar',
      label: 'customers.birthCalendar',
      kind: 'select',
      required: true,
      options: birthCalendars.map((calendar) => ({
        value: calendar,
        label: t(`customers.birthCalendar.${calendar}`),
      })),
    },
    { name: 'email', label: 'customers.email', kind: 'email', ...contact('email') },
    {
      name: 'wechat',
      label: 'customers.wechat',
      kind: 'text',
      maxLength: customerLimits.wechat,
      ...contact('wechat'),
    },
    { name: 'city', label: 'customers.city', kind: 'text', maxLength: customerLimits.city },
    {
      name: 'address',
      label: 'customers.address',
      kind: 'text',
      maxLength: customerLimits.address,
      ...contact('address'),
    },
    ...(kept.length > 0
      ? [
          {
            name: 'clearContact',
            label: 'customers.clearContact',
            kind: 'checkboxes',
            options: kept.map((field) => ({ value: field, label: t(`customers.${field}`) })),
          } as const,
        ]
      : []),
    {
      name: 'source',
      label: 'customers.source',
      kind: 'text',
      maxLength: customerLimits.source,
      suggestions: choices.sources,
    },
    { name: 'firstVisitOn', label: 'customers.firstVisitOn', kind: 'date' },
    {
      name: 'ownerId',
      label: 'customers.owner',
      kind: 'select',
      options: asOptions(choices.owners),
      help: 'customers.ownerHelp',
    },
    { name: 'branchId', label: 'customers.branch', kind: 'select', options: asOptions(choices.branches) },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: customerLimits.remark },
    ...profileSpecs,
  ];
}

/** The form's own fields and the custom ones behind them, with what is wrong with each. */
export function customerForm(
  { t }: ViewerContext,
  specs: readonly FieldSpec[],
  customFields: readonly CustomField[],
  values: FormValues,
  problems: readonly Problem[],
): FormView {
  const isCustom = isOfCustomField(customFields);
  const own = formView(
    t,
    specs,
    values,
    problems.filter((problem) => !isCustom(problem)),
  );
  const custom = customFieldsForm(t, customFields, values, problems.filter(isCustom));
  return { fields: [...own.fields, ...custom.fields], problems: [...own.problems, ...custom.problems] };
}

/** The form's fields by the groups in which it shows them. */
export function fieldGroups(
  t: Translate,
  { fields }: FormView,
  customFields: readonly CustomField[],
): FieldGroupView[] {
  const groupOf = ({ name }: FieldView): 'own' | 'profile' | 'custom' => {
    if (customFields.some(({ key }) => customFieldName(key) === name)) return 'custom';
    return profileFields.some((field) => field === name) ? 'profile' : 'own';
  };
  return [
    { title: '', fields: fields.filter((field) => groupOf(field) === 'own') },
    { title: t('customers.profile'), fields: fields.filter((field) => groupOf(field) === 'profile') },
    { title: t('customFields.title'), fields: fields.filter((field) => groupOf(field) === 'custom') },
  ];
}

/** What is stored, by the names of the form's fields; contact data never. */
export function storedValues(customer: CustomerRecord): FormValues {
  return {
    name: customer.name,
    kind: customer.kind,
    gender: customer.gender ?? '',
    birthDate: customer.birth_date ?? '',
    birthCalendar: customer.birth_calendar,
    city: customer.city ?? '',
    source: customer.source ?? '',
    firstVisitOn: customer.first_visit_on ?? '',
    ownerId: customer.owner_id ?? '',
    branchId: customer.branch_id ?? '',
    remark: customer.remark ?? '',
    habits: customer.habits ?? '',
    preferences: customer.preferences ?? '',
    needs: customer.needs ?? '',
    ...storedCustomValues(customer.custom_fields, customer.custom_values),
  };
}
