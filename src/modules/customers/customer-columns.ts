import { z } from 'zod';
import type { ListColumn } from '../../core/lists/list-builder.js';
import { CustomFieldKey, type CustomField } from '../custom-fields/custom-field.js';

/** The columns of the customer list in their order; an export with chosen columns knows them by the same names. */
export const customerColumns = [
  { name: 'name', label: 'customers.name', sort: 'name' },
  { name: 'customerNo', label: 'customers.customerNo', sort: 'customerNo' },
  { name: 'phone', label: 'customers.phone' },
  { name: 'kind', label: 'customers.kind', isShown: false },
  { name: 'gender', label: 'customers.gender', isShown: false },
  { name: 'age', label: 'customers.age', numeric: true, isShown: false },
  { name: 'birthDate', label: 'customers.birthDate', isShown: false },
  { name: 'city', label: 'customers.city' },
  { name: 'tier', label: 'tiers.tier' },
  { name: 'tags', label: 'tags.tags', isShown: false },
  { name: 'source', label: 'customers.source', isShown: false },
  { name: 'owner', label: 'customers.owner' },
  { name: 'team', label: 'customers.team', isShown: false },
  { name: 'branch', label: 'customers.branch', isShown: false },
  { name: 'firstVisitOn', label: 'customers.firstVisitOn', isShown: false },
  { name: 'purchaseCount', label: 'customers.purchaseCount', numeric: true, isShown: false },
  { name: 'totalAmount', label: 'customers.totalAmount', sort: 'totalAmount', numeric: true },
  { name: 'lastPurchaseOn', label: 'customers.lastPurchaseOn', sort: 'lastPurchaseOn', isShown: false },
  { name: 'nextFollowUp', label: 'customers.nextFollowUp', sort: 'nextFollowUp' },
  { name: 'lastContact', label: 'customers.lastContact', sort: 'lastContact' },
  { name: 'createdAt', label: 'customers.createdAt', sort: 'createdAt' },
] as const satisfies readonly ListColumn[];

export type CustomerColumn = (typeof customerColumns)[number]['name'];

export const customerColumnNames: readonly CustomerColumn[] = customerColumns.map(({ name }) => name);

const customPrefix = 'custom.';

export const isCustomColumn = (name: string): boolean => name.startsWith(customPrefix);

/** What the column of a custom field is called in an address: `custom.<key>`. */
export const CustomColumnName = z
  .string()
  .refine(isCustomColumn)
  .refine((name) => CustomFieldKey.safeParse(name.slice(customPrefix.length)).success);

/**
 * The list's columns with those of the custom fields in use, which nobody sees before choosing them. The column of a
 * field that is not in use any more is left out of the addresses that name it.
 */
export const columnsWith = (customFields: readonly CustomField[]): readonly ListColumn[] => [
  ...customerColumns,
  ...customFields.map(({ key, label, kind }) => ({
    name: `${customPrefix}${key}`,
    label: { text: label },
    numeric: kind === 'number',
    isShown: false,
  })),
];
