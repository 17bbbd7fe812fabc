import { v7 as newId } from 'uuid';
import type { ConfirmView } from '../../core/views/confirm-view.js';
import type { ConflictView } from '../../core/views/conflict-view.js';
import type { ViewerContext } from '../../core/context.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import type { Problem } from '../../core/errors.js';
import type { FieldSpec, FieldView, FormValues } from '../../core/form.js';
import { formatDateTime } from '../../core/format.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import type { CustomField } from '../custom-fields/custom-field.js';
import { typedValueText } from '../custom-fields/custom-value-text.js';
import { customFieldName } from '../custom-fields/custom-values.js';
import { contactFields } from './contact-details.js';
import type { FormChoices } from './customer-choices.queries.js';
import {
  customerFieldSpecs,
  customerForm,
  fieldGroups,
  storedValues,
  type FieldGroupView,
} from './customer-form-fields.js';
import type { CustomerRecord } from './customers.queries.js';
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
  /** The form's fields as they stand together. */
  readonly groups: readonly FieldGroupView[];
  /** Customers that may be the same person; only for a new one. */
  readonly similar: SimilarCustomersView | undefined;
}

/** The page for a new customer; with values, problems and similar customers after a refusal. */
export function newCustomerView(
  context: ViewerContext,
  choices: FormChoices,
  values: FormValues = {
    id: newId(),
    kind: 'person',
    ownerId: context.viewer.id,
    birthCalendar: 'solar',
  },
  problems: readonly Problem[] = [],
  similar: readonly SimilarCustomer[] = [],
): CustomerFormView {
  const { t } = context;
  const title = t('customers.new');
  const specs = [...customerFieldSpecs(context, choices), createAnywaySpec];
  const whole = customerForm(context, specs, choices.customFields, values, problems);
  const isAnyway = ({ name }: FieldView): boolean => name === createAnywaySpec.name;
  const form = { ...whole, fields: whole.fields.filter((field) => !isAnyway(field)) };
  return {
    title,
    header: header(context, title),
    editForm: {
      action: '/customers',
      form,
      hidden: [{ name: 'id', value: typeof values['id'] === 'string' ? values['id'] : newId() }],
      submitLabel: t('customers.create'),
      cancelHref: '/customers',
    },
    groups: fieldGroups(t, form, choices.customFields),
    similar: similarCustomersView(context, similar, whole.fields.find(isAnyway)),
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
  const form = editForm(context, customer, choices, values, problems);
  return {
    title,
    header: { ...header(context, title), trail: [...header(context, title).trail, ...trail] },
    editForm: form,
    groups: fieldGroups(context.t, form.form, choices.customFields),
    similar: undefined,
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
    form: customerForm(
      context,
      customerFieldSpecs(context, choices, customer),
      choices.customFields,
      values,
      problems,
    ),
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
  const specs = customerFieldSpecs(context, choices, customer).filter(({ kind }) => kind !== 'checkboxes');
  const show = (spec: FieldSpec, value: unknown): string => {
    const text = typeof value === 'string' ? value : '';
    return spec.options?.find((option) => option.value === text)?.label ?? text;
  };
  return {
    title: t('conflict.title', { name: customer.name }),
    savedBy,
    savedAt: formatDateTime(customer.updated_at, locale),
    fields: [
      ...specs.map((spec) => {
        const contact = contactFields.find((field) => field === spec.name);
        const theirs = contact ? masked[contact] : show(spec, stored[spec.name]);
        const typed = show(spec, values[spec.name]);
        const yours = contact && typed === '' ? theirs : typed;
        return { label: t(spec.label), theirs, yours, differs: theirs !== yours };
      }),
      ...customDifferences(context, choices.customFields, stored, values),
    ],
    editForm: editForm(context, customer, choices, { ...values, version: String(customer.version) }, []),
    recordHref: `/customers/${customer.id}`,
  };
}

function customDifferences(
  { t, locale }: ViewerContext,
  fields: readonly CustomField[],
  stored: FormValues,
  typed: FormValues,
): ConflictView['fields'] {
  return fields.map((field) => {
    const shown = (value: unknown): string => typedValueText({ t, locale }, field, value);
    const name = customFieldName(field.key);
    const theirs = shown(stored[name]);
    const yours = shown(typed[name]);
    return { label: field.label, theirs, yours, differs: theirs !== yours };
  });
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

const header = ({ t }: ViewerContext, title: string): PageHeaderView => ({
  title,
  count: '',
  subtitle: '',
  trail: [{ label: t('navigation.customers'), href: '/customers' }],
  actions: [],
});
