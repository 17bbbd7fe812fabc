import type { Context, ViewerContext } from '../../core/context.js';
import type { FieldOption } from '../../core/form.js';
import type { Permission } from '../../core/permissions.js';
import { sql, type Sql } from '../../core/sql.js';
import { can, type Viewer } from '../../core/viewer.js';
import { customerScope, unsharedCustomerScope } from '../customers/customers.scope.js';

/** What can be changed in many customers at once. A name, once used, lives for ever in the log of actions. */
export const bulkChangeNames = [
  'transfer',
  'release',
  'source',
  'city',
  'branch',
  'gender',
  'addTag',
  'removeTag',
  'deletion',
] as const;

export type BulkChangeName = (typeof bulkChangeNames)[number];

/** How the undo centre knows each of them; its sentence is `recentActions.<kind>`. */
export const undoKinds: Readonly<Record<BulkChangeName, string>> = {
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

/** The actions of the list: the changes, and the export of what is selected. */
export const bulkActionNames = [...bulkChangeNames, 'export'] as const;

export type BulkActionName = (typeof bulkActionNames)[number];

/** The permission that an action needs; its scope says in which customers. */
export function bulkPermission(action: BulkActionName): Permission {
  switch (action) {
    case 'deletion':
      return 'customers:delete';
    case 'export':
      return 'customers:export';
    default:
      return 'customers:edit';
  }
}

/** The customers in which the viewer may do it; those that are only shared with them they cannot give away. */
export const bulkScope = (viewer: Viewer, action: BulkActionName): Sql =>
  (action === 'transfer' ? unsharedCustomerScope : customerScope)(viewer, bulkPermission(action));

/** The customers in which it can be done at all, by whomever: companies have no gender. */
export const isBulkPossible = (action: BulkActionName): Sql =>
  action === 'gender' ? sql`customers.kind <> 'company'` : sql`TRUE`;

/** What the viewer can do with several customers, as the list offers it. */
export const bulkActionOptions = ({ t, viewer }: ViewerContext): FieldOption[] =>
  bulkActionNames
    .filter((action) => can(viewer, bulkPermission(action)))
    .map((action) => ({ value: action, label: bulkActionLabel(t, action) }));

export const bulkActionLabel = (t: Context['t'], action: BulkActionName): string =>
  t(`bulkChanges.action.${action}`);
