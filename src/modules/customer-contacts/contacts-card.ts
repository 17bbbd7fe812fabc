import type { ViewerContext } from '../../core/context.js';
import { customerContactLimits, type CustomerContact } from './customer-contact.js';
import { maskedReach, reachFields, type ReachField } from './sealed-reach.js';

export interface ReachView {
  readonly field: ReachField;
  readonly masked: string;
  /** Address that shows the value by POST; '' for those who may not see it. */
  readonly revealAction: string;
  readonly revealLabel: string;
}

export interface ContactView {
  readonly name: string;
  /** The form that changes it; '' for those who may not. */
  readonly href: string;
  readonly position: string;
  readonly isPrimary: boolean;
  /** Those that are there. */
  readonly reach: readonly ReachView[];
  readonly remark: string;
}

export interface ContactsCardView {
  readonly contacts: readonly ContactView[];
  /** '' for those who may not add one, and where there are as many as can be. */
  readonly newHref: string;
}

/** What the card needs to know of the customer. */
export interface ContactsCustomer {
  readonly id: string;
  readonly kind: 'person' | 'company';
  readonly contacts: readonly CustomerContact[];
  readonly can_edit: boolean;
  readonly can_reveal: boolean;
}

/** The contacts on a customer's record; undefined for a person who has none. */
export function contactsCardView(
  context: ViewerContext,
  customer: ContactsCustomer,
): ContactsCardView | undefined {
  const { contacts } = customer;
  if (customer.kind === 'person' && contacts.length === 0) return undefined;
  const mayAdd = customer.can_edit && contacts.length < customerContactLimits.contacts;
  return {
    contacts: contacts.map((contact) => contactView(context, customer, contact)),
    newHref: mayAdd ? `/customers/${customer.id}/contacts/new` : '',
  };
}

function contactView(
  { t, deps }: ViewerContext,
  customer: ContactsCustomer,
  contact: CustomerContact,
): ContactView {
  const path = `/customer-contacts/${contact.id}`;
  const masked = maskedReach(deps.cipher, contact);
  return {
    name: contact.name,
    href: customer.can_edit ? `${path}/edit` : '',
    position: contact.position ?? '',
    isPrimary: contact.is_primary,
    reach: reachFields
      .filter((field) => masked[field] !== '')
      .map((field) => ({
        field,
        masked: masked[field],
        revealAction: customer.can_reveal ? `${path}/reveals/${field}` : '',
        revealLabel: t('customerContacts.reveal', { field: t(`customers.${field}`), name: contact.name }),
      })),
    remark: contact.remark ?? '',
  };
}
