import type { MessageKey } from '../../core/i18n.js';

/** How the columns of `customers` are called on forms, lists, exports and in the history. */
export const customerLabels = {
  customer_no: 'customers.customerNo',
  name: 'customers.name',
  kind: 'customers.kind',
  gender: 'customers.gender',
  birth_date: 'customers.birthDate',
  birth_calendar: 'customers.birthCalendar',
  phone_encrypted: 'customers.phone',
  email_encrypted: 'customers.email',
  wechat_encrypted: 'customers.wechat',
  address_encrypted: 'customers.address',
  city: 'customers.city',
  source: 'customers.source',
  first_visit_on: 'customers.firstVisitOn',
  remark: 'customers.remark',
  habits: 'customers.habits',
  preferences: 'customers.preferences',
  needs: 'customers.needs',
  owner_id: 'customers.owner',
  collaborator_ids: 'collaborators.title',
  team_id: 'customers.team',
  branch_id: 'customers.branch',
  deleted_at: 'customers.deletedAt',
  deleted_by_id: 'customers.deletedBy',
} as const satisfies Readonly<Record<string, MessageKey>>;

/** The label of a column that people see, or undefined for what only the product uses. */
export function customerLabel(column: string): MessageKey | undefined {
  return Object.entries(customerLabels).find(([name]) => name === column)?.[1];
}
