import type { Context } from '../../core/context.js';
import type { PageHeaderView } from '../../core/views/page-header-view.js';
import { pageHeader } from '../admin/admin-pages.js';
import type { BulkAction, BulkSubject } from './bulk-subject.js';

/** The head of the pages of a change: what is done, with the new value where it is known. */
export function bulkHeader(
  t: Context['t'],
  { listPath, listTitle }: BulkSubject,
  { label }: BulkAction,
  value: string,
): PageHeaderView {
  const action = t(label);
  const title = value === '' ? action : t('bulkChanges.titleWithValue', { action, value });
  return pageHeader(title, { trail: [{ label: t(listTitle), href: listPath }] });
}
