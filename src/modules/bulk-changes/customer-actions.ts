import { sql } from '../../core/sql.js';
import { customerScope, unsharedCustomerScope } from '../customers/customers.scope.js';
import { takeFollowUpsAlong } from '../follow-ups/follow-ups-along.js';
import type { BulkAction } from './bulk-subject.js';
import { changeStatement, customerChangeNames, type CustomerChangeName } from './change-statement.js';
import { customerValueField } from './customer-values.js';

/** How the undo centre knows each of them. */
const undoKinds: Readonly<Record<CustomerChangeName, string>> = {
  transfer: 'bulkChanges.transfer',
  release: 'bulkChanges.release',
  source: 'bulkChanges.source',
  city: 'bulkChanges.city',
  branch: 'bulkChanges.branch',
  gender: 'bulkChanges.gender',
  addTag: 'bulkChanges.addTag',
  removeTag: 'bulkChanges.removeTag',
  deletion: 'bulkChanges.deletion',
};

/** What can be done to many customers; some 100 ms a batch. */
export const customerActions: readonly BulkAction[] = customerChangeNames.map(customerAction);

function customerAction(name: CustomerChangeName): BulkAction {
  const isDeletion = name === 'deletion';
  const permission = isDeletion ? 'customers:delete' : 'customers:edit';
  // Customers that are only shared with somebody they cannot give away.
  const scope = name === 'transfer' ? unsharedCustomerScope : customerScope;
  return {
    name,
    label: `bulkChanges.action.${name}`,
    confirm: `bulkChanges.confirm.${name}`,
    hint: isDeletion ? 'bulkChanges.toRecycleBin' : 'bulkChanges.undoHint',
    undoKind: undoKinds[name],
    permissions: [permission],
    batchSize: 500,
    isDestructive: isDeletion,
    choosesFirst: false,
    ...(name === 'release' || name === 'deletion'
      ? {}
      : { field: (context) => customerValueField(context, name) }),
    rule: (_, viewer) => ({
      scope: scope(viewer, permission),
      ...(name === 'gender' ? { refusal: sql`CASE customers.kind WHEN 'company' THEN 'isCompany' END` } : {}),
    }),
    async change(tx, { viewer }, { ids, value }) {
      if (name === 'transfer' && value !== '') {
        const chosen = sql`customers.id = ANY(${[...ids]}::uuid[])`;
        await tx.$executeRaw(takeFollowUpsAlong(chosen, sql`${value}::uuid`));
      }
      return tx.$executeRaw(changeStatement(name, value, ids, viewer.id));
    },
    ...(name === 'transfer' ? { received: { kind: 'customersReceived', href: '/customers?owner=me' } } : {}),
  };
}
