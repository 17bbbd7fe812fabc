import { v7 as newId } from 'uuid';
import type { ConfirmView } from '../../core/confirm-view.js';
import type { ConflictView } from '../../core/conflict-view.js';
import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FieldView, type FormValues } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import type { PageHeaderView } from '../../core/page-header-view.js';
import { contactFields } from './contact-details.js';
import { genderOptions } from './customers-list.views.js';
import type { Choice, CustomerRecord } from './customers.queries.js';
import { birthCalendars, customerLimits } from './customers.schemas.js';
import { maskedContact } from './masked-contact.js';
import type { SimilarCustomer } from './similar-customers.queries.js';
import {
  createAnywaySpec,
  similarCustomersView,
  type SimilarCustomersView,
} from './similar-customers.views.js';

export interface CustomerFormView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly editForm: EditFormView;
}

export interface NewCustomerView extends CustomerFormView {
  /** Customers that may be the same person. */
  readonly similar: SimilarCustomersView;
}

export interface FormChoices {
  readonly owners: readonly Choice[];
  readonly branches: readonly Choice[];
  readonly sources: readonly string[];
}

const asOptions = (choices: readonly Choice[]) => choices.map(({ id, name }) => ({ value: id, label: name }));

function fieldSpecs(
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
  ];
}

/** The page for a new customer; with values, problems and similar customers after a refusal. */
export function newCustomerView(
  context: ViewerContext,
  choices: FormChoices,
  values: FormValues = { id: newId(), ownerId: context.viewer.id, birthCalendar: 'solar' },
  problems: readonly Problem[] = [],
  similar: readonly SimilarCustomer[] = [],
): NewCustomerView {
  const { t } = context;
  const title = t('customers.new');
  const specs = [...fieldSpecs(context, choices), createAnywaySpec];
  const form = formView(t, specs, values, problems);
  const isAnyway = ({ name }: FieldView): boolean => name === createAnywaySpec.name;
  return {
    title,
    header: header(context, title),
    editForm: {
      action: '/customers',
      form: { ...form, fields: form.fields.filter((field) => !isAnyway(field)) },
      hidden: [{ name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() }],
      submitLabel: t('customers.create'),
      cancelHref: '/customers',
    },
    similar: similarCustomersView(context, similar, form.fields.find(isAnyway)),
  };
}

/** The page that changes a customer. Contact data is shown masked; an empty field keeps it. */
export function editCustomerView(
  context: ViewerContext,
  customer: CustomerRecord,
  choices: FormChoices,
  values: FormValues = storedValues(customer),
  problems: readonly Problem[] = [],
): CustomerFormView {
  const title = context.t('customers.edit', { name: customer.name });
  const trail = [{ label: `${customer.name} ${customer.customer_no}`, href: `/customers/${customer.id}` }];
  return {
    title,
    header: { ...header(context, title), trail: [...header(context, title).trail, ...trail] },
    editForm: editForm(context, customer, choices, values, problems),
  };
}

function editForm(
  context: ViewerContext,
  customer: CustomerRecord,
  choices: FormChoices,
  values: FormValues,
  problems: readonly Problem[],
): EditFormView {
  const { t } = context;
  return {
    action: `/customers/${customer.id}`,
    form: formView(t, fieldSpecs(context, choices, customer), values, problems),
    hidden: [
      {
        name: 'version',
        value: typeof values['version'] === 'string' ? values['version'] : String(customer.version),
      },
    ],
    submitLabel: t('form.save'),
    cancelHref: `/customers/${customer.id}`,
  };
}

/** Somebody saved first: what is stored now beside what was typed, and the form to send again over the new version. */
export function customerConflictView(
  context: ViewerContext,
  customer: CustomerRecord,
  choices: FormChoices,
  values: FormValues,
  savedBy: string,
): ConflictView {
  const { t, locale } = context;
  const stored = storedValues(customer);
  const masked = maskedContact(context, customer);
  const specs = fieldSpecs(context, choices, customer).filter(({ kind }) => kind !== 'checkboxes');
  const show = (spec: FieldSpec, value: unknown): string => {
    const text = typeof value === 'string' ? value : '';
    return spec.options?.find((option) => option.value === text)?.label ?? text;
  };
  return {
    title: t('conflict.title', { name: customer.name }),
    savedBy,
    savedAt: formatDateTime(customer.updated_at, locale),
    fields: specs.map((spec) => {
      const contact = contactFields.find((field) => field === spec.name);
      const theirs = contact ? masked[contact] : show(spec, stored[spec.name]);
      const typed = show(spec, values[spec.name]);
      const yours = contact && typed === '' ? theirs : typed;
      return { label: t(spec.label), theirs, yours, differs: theirs !== yours };
    }),
    editForm: editForm(context, customer, choices, { ...values, version: String(customer.version) }, []),
    recordHref: `/customers/${customer.id}`,
  };
}

export interface CustomerDeletionView {
  readonly title: string;
  readonly header: PageHeaderView;
  readonly confirm: ConfirmView;
}

/** The page before a deletion: it says what will happen. */
export function customerDeletionView(context: ViewerContext, customer: CustomerRecord): CustomerDeletionView {
  const { t } = context;
  const title = t('customers.delete', { name: customer.name });
  return {
    title,
    header: header(context, title),
    confirm: {
      action: `/customers/${customer.id}/deletion`,
      question: t('customers.deleteQuestion', { name: customer.name, customerNo: customer.customer_no }),
      consequences: [
        t('customers.deleteConsequence'),
        t('customers.deletePurchases', { count: customer.purchase_count + customer.refund_count }),
      ],
      hidden: [{ name: 'version', value: String(customer.version) }],
      confirmLabel: t('customers.deleteConfirm'),
      cancelHref: `/customers/${customer.id}`,
      isDestructive: true,
    },
  };
}

function storedValues(customer: CustomerRecord): FormValues {
  return {
    name: customer.name,
    gender: customer.gender ?? '',
    birthDate: customer.birth_date ?? '',
    birthCalendar: customer.birth_calendar,
    city: customer.city ?? '',
    source: customer.source ?? '',
    firstVisitOn: customer.first_visit_on ?? '',
    ownerId: customer.owner_id ?? '',
    branchId: customer.branch_id ?? '',
    remark: customer.remark ?? '',
  };
}

const header = ({ t }: ViewerContext, title: string): PageHeaderView => ({
  title,
  count: '',
  subtitle: '',
  trail: [{ label: t('navigation.customers'), href: '/customers' }],
  actions: [],
});
