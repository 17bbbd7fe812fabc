import { sql } from '../../core/sql.js';
import { customerConditions } from '../customers/customer-conditions.js';
import { CustomerListQuery } from '../customers/customers.schemas.js';
import type { BulkSubject } from './bulk-subject.js';
import { customerActions } from './customer-actions.js';
import { readFilter } from './selection.js';

export const customerSubject: BulkSubject = {
  name: 'customers',
  path: '/bulk-changes',
  permission: 'customers:read',
  listPath: '/customers',
  listTitle: 'navigation.customers',
  exported: { path: '/customers.xlsx', permission: 'customers:export' },
  table: 'customers',
  title: sql`customers.name || ' (' || customers.customer_no || ')'`,
  titleOrder: sql`customers.name_pinyin, customers.id`,
  actions: customerActions,
  refusals: [{ name: 'isCompany', fact: 'bulkChanges.impossible', result: 'bulkChanges.result.impossible' }],
  texts: {
    names: 'bulkChanges.names',
    selected: 'bulkChanges.selected',
    forbidden: 'bulkChanges.forbidden',
    nothingSelected: 'bulkChanges.nothingSelected',
    notAllowedAnyMore: 'bulkChanges.notAllowedAnyMore',
    progress: 'bulkChanges.progress',
    progressLabel: 'bulkChanges.progressLabel',
    toList: 'bulkChanges.toList',
    undone: 'bulkChanges.undone',
  },
  notifications: { done: 'bulkChangeDone', failed: 'bulkChangeFailed' },
  conditions: (context, filter) => customerConditions(context, readFilter(CustomerListQuery, filter)),
};
