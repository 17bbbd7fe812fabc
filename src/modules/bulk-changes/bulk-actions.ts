import type { ViewerContext } from '../../core/context.js';
import { Forbidden } from '../../core/errors.js';
import type { FieldOption } from '../../core/form.js';
import { can, type Viewer } from '../../core/viewer.js';
import type { BulkAction, BulkSubject } from './bulk-subject.js';

/** The list's action that changes nothing: what is selected, as a file. */
export const exportAction = 'export';

/** True when the viewer may do it to some records; its rule says to which. */
export const mayBegin = (viewer: Viewer, { permissions }: BulkAction): boolean =>
  permissions.some((permission) => can(viewer, permission));

/** @throws Forbidden when the viewer may not do it to any record. */
export function requireAction(viewer: Viewer, action: BulkAction): void {
  if (!mayBegin(viewer, action)) throw new Forbidden(action.permissions[0]);
}

/** What the viewer can do with several records, as the list offers it. */
export const bulkActionOptions = (
  { t, viewer }: ViewerContext,
  { actions, exported }: BulkSubject,
): FieldOption[] => [
  ...actions
    .filter((action) => mayBegin(viewer, action))
    .map(({ name, label }) => ({ value: name, label: t(label) })),
  ...(can(viewer, exported.permission)
    ? [{ value: exportAction, label: t('bulkChanges.action.export') }]
    : []),
];

/** @throws Error for a name that the subject never had. */
export function actionNamed({ name: subject, actions }: BulkSubject, name: string): BulkAction {
  const action = actions.find((each) => each.name === name);
  if (!action) throw new Error(`${subject} know no change ${name}`);
  return action;
}
