import { v7 as newId } from 'uuid';
import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FieldView, FormValues } from '../../core/form.js';
import { formatRelative } from '../../core/format.js';
import { can } from '../../core/viewer.js';
import type { ChosenCustomer, OfferedCustomer } from './customer-picker.queries.js';

export interface OfferedCustomerView {
  readonly id: string;
  readonly label: string;
  readonly detail: string;
  readonly isChosen: boolean;
}

/** What a search for the customer found. */
export interface OfferedView {
  readonly offered: readonly OfferedCustomerView[];
  /** Said of a search; '' before the first one. */
  readonly found: string;
}

/** The part of the form that says whom the request is for. */
export interface CustomerPickerView extends OfferedView {
  /** Name and number of the one who was chosen before the form was opened; '' where the form finds them. */
  readonly chosen: string;
  readonly customerId: string;
  readonly query: FieldView | undefined;
  /** Name and phone of somebody new; none for those who may not create customers. */
  readonly newFields: readonly FieldView[];
  readonly newCustomerId: string;
}

interface PickerParts {
  readonly customer: ChosenCustomer | undefined;
  readonly offered: readonly OfferedCustomer[] | undefined;
  readonly values: FormValues;
  readonly fields: readonly FieldView[];
}

/** The part of the form that says whom the request is for. */
export function pickerView(
  context: ViewerContext,
  { customer, offered, values, fields }: PickerParts,
): CustomerPickerView {
  const chosenId = textOf(values['customerId']);
  return {
    chosen: customer ? `${customer.name} ${customer.customer_no}` : '',
    customerId: customer?.id ?? '',
    query: fields.find(({ name }) => name === 'customerQuery'),
    ...offeredView(context, offered, chosenId),
    newFields: fields.filter(({ name }) => name === 'newCustomerName' || name === 'newCustomerPhone'),
    newCustomerId: textOf(values['newCustomerId']) || newId(),
  };
}

/** Customers to choose from, as the form and its live search show them. */
export function offeredView(
  { t, locale, deps }: ViewerContext,
  offered: readonly OfferedCustomer[] | undefined,
  chosenId = '',
): OfferedView {
  if (!offered) return { offered: [], found: '' };
  const only = offered.length === 1 ? offered[0]?.id : undefined;
  return {
    found:
      offered.length === 0
        ? t('serviceRequests.customersNone')
        : t('serviceRequests.customersFound', { count: offered.length }),
    offered: offered.map(({ id, name, customer_no, city, last_contact_at }) => ({
      id,
      label: `${name} ${customer_no}`,
      detail: [
        city ?? '',
        last_contact_at === null ? '' : formatRelative(last_contact_at, deps.now(), locale),
      ]
        .filter((part) => part !== '')
        .join(' · '),
      isChosen: id === (chosenId === '' ? only : chosenId),
    })),
  };
}

/** The fields that find the customer, and those of a new one; none where one was chosen beforehand. */
export function customerSpecs({ viewer }: ViewerContext, customer: ChosenCustomer | undefined): FieldSpec[] {
  if (customer) return [];
  const query: FieldSpec = {
    name: 'customerQuery',
    label: 'serviceRequests.customerQuery',
    kind: 'text',
    maxLength: 200,
    help: 'serviceRequests.customerQueryHelp',
  };
  if (!can(viewer, 'customers:create')) return [query];
  return [
    query,
    { name: 'newCustomerName', label: 'customers.name', kind: 'text', maxLength: 100 },
    { name: 'newCustomerPhone', label: 'customers.phone', kind: 'tel', maxLength: 40, inputMode: 'tel' },
  ];
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');
