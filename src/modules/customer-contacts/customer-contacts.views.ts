import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { Problem } from '../../core/errors.js';
import { formView, type FieldSpec, type FormValues } from '../../core/form.js';
import type { EditFormView } from '../../core/views/edit-form-view.js';
import { pageHeader, type AdminConfirmView, type AdminFormView } from '../admin/admin-pages.js';
import { customerContactLimits } from './customer-contact.js';
import type { CustomerContactRecord } from './customer-contacts.queries.js';
import { maskedReach, reachFields, type ReachField } from './sealed-reach.js';
import { customerTrail, type NamedCustomer } from '../customers/customer-trail.js';

/** The page for a new contact; with values and problems after a refusal. */
export function newContactView(
  context: ViewerContext,
  customer: NamedCustomer,
  values: FormValues = { id: newId() },
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('customerContacts.newFor', { name: customer.name });
  const { id } = values;
  return {
    title,
    header: pageHeader(title, { trail: customerTrail(context, customer) }),
    editForm: {
      action: `/customers/${customer.id}/contacts`,
      form: formView(t, contactSpecs(context), values, problems),
      hidden: [{ name: 'id', value: typeof id === 'string' ? id : newId() }],
      submitLabel: t('customerContacts.create'),
      cancelHref: `/customers/${customer.id}`,
    },
  };
}

/** The page that changes a contact. Phone and e-mail are shown masked; an empty field keeps them. */
export function editContactView(
  context: ViewerContext,
  contact: CustomerContactRecord,
  values: FormValues = storedContact(contact),
  problems: readonly Problem[] = [],
): AdminFormView {
  const { t } = context;
  const title = t('customerContacts.edit', { name: contact.name });
  const remove = {
    label: t('form.delete'),
    href: `/customer-contacts/${contact.id}/deletion`,
    icon: 'trash',
    emphasis: 'danger',
    shortcut: '',
  } as const;
  return {
    title,
    header: pageHeader(title, { trail: customerTrail(context, customerOf(contact)), actions: [remove] }),
    editForm: contactForm(context, contact, values, problems),
  };
}

/** The form itself; `version` in the values is what it was opened with. */
export function contactForm(
  context: ViewerContext,
  contact: CustomerContactRecord,
  values: FormValues,
  problems: readonly Problem[] = [],
): EditFormView {
  const { t, deps } = context;
  const { version } = values;
  const specs = contactSpecs(context, maskedReach(deps.cipher, contact));
  return {
    action: `/customer-contacts/${contact.id}`,
    form: formView(t, specs, values, problems),
    hidden: [{ name: 'version', value: typeof version === 'string' ? version : String(contact.version) }],
    submitLabel: t('form.save'),
    cancelHref: `/customers/${contact.customer_id}`,
  };
}

/** The fields of the form in their order. */
export function contactSpecs(
  { t }: ViewerContext,
  masked: Readonly<Record<ReachField, string>> = { phone: '', email: '' },
): readonly FieldSpec[] {
  const kept = reachFields.filter((field) => masked[field] !== '');
  const reach = (field: ReachField): Partial<FieldSpec> =>
    kept.includes(field) ? { placeholder: masked[field], help: 'customers.contactKeptHelp' } : {};
  const removal: FieldSpec = {
    name: 'clearReach',
    label: 'customers.clearContact',
    kind: 'checkboxes',
    options: kept.map((field) => ({ value: field, label: t(`customers.${field}`) })),
  };
  const { name, position, remark } = customerContactLimits;
  return [
    { name: 'name', label: 'customerContacts.name', kind: 'text', required: true, maxLength: name },
    { name: 'position', label: 'customerContacts.position', kind: 'text', maxLength: position },
    { name: 'phone', label: 'customers.phone', kind: 'tel', inputMode: 'tel', ...reach('phone') },
    { name: 'email', label: 'customers.email', kind: 'email', ...reach('email') },
    ...(kept.length > 0 ? [removal] : []),
    {
      name: 'isPrimary',
      label: 'customerContacts.isPrimary',
      kind: 'checkbox',
      help: 'customerContacts.isPrimaryHelp',
    },
    { name: 'remark', label: 'customers.remark', kind: 'textarea', maxLength: remark },
  ];
}

/** What is stored, by the names of the form's fields; contact data never. */
export const storedContact = (contact: CustomerContactRecord): FormValues => ({
  name: contact.name,
  position: contact.position ?? '',
  isPrimary: contact.is_primary,
  remark: contact.remark ?? '',
});

/** The page before a deletion. */
export function contactDeletionView(
  context: ViewerContext,
  contact: CustomerContactRecord,
): AdminConfirmView {
  const { t } = context;
  const title = t('customerContacts.delete', { name: contact.name });
  return {
    title,
    header: pageHeader(title, { trail: customerTrail(context, customerOf(contact)) }),
    confirm: {
      action: `/customer-contacts/${contact.id}/deletion`,
      question: t('customerContacts.deleteQuestion', {
        name: contact.name,
        customer: `${contact.customer_name} ${contact.customer_no}`,
      }),
      consequences: [t('customerContacts.deleteConsequence')],
      hidden: [{ name: 'version', value: String(contact.version) }],
      confirmLabel: t('customerContacts.deleteConfirm'),
      cancelHref: `/customer-contacts/${contact.id}/edit`,
      isDestructive: true,
    },
  };
}

const customerOf = (contact: CustomerContactRecord): NamedCustomer => ({
  id: contact.customer_id,
  name: contact.customer_name,
});
