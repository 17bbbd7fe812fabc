import type { ViewerContext } from '../../core/context.js';
import type { FieldSpec, FormValues } from '../../core/form.js';
import { orderedPage, usageCell, type OrderedPageView } from '../service-settings/ordered-page.js';
import { parentField, treeRows } from '../service-settings/tree-page.js';
import { causeName, causePath } from './cause-name.js';
import { causeNameLength, causeTree } from './complaint-cause.js';
import type { ComplaintCause, ListedCause } from './complaint-causes.queries.js';

export const complaintCausesPath = '/admin/complaint-causes';

/** The tree of causes, with how many complaints each has. */
export function complaintCausesView(context: ViewerContext, causes: readonly ListedCause[]): OrderedPageView {
  const { t } = context;
  return orderedPage(context, {
    path: complaintCausesPath,
    title: t('complaintCauses.title'),
    subtitle: t('complaintCauses.about'),
    newLabel: t('complaintCauses.new'),
    columns: [t('complaintCauses.complaints')],
    rows: treeRows(
      context,
      complaintCausesPath,
      causes,
      (path) => causeName(t, path),
      ({ complaintCount }) => [usageCell(context, complaintCount)],
    ),
    emptyHint: t('complaintCauses.emptyHint'),
    maximum: causeTree.maximumRecords,
  });
}

/** The fields of the form; `id` is that of the cause that changes, '' for a new one. */
export const complaintCauseSpecs = (
  context: ViewerContext,
  causes: readonly ComplaintCause[],
  id: string,
): readonly FieldSpec[] => [
  { name: 'name', label: 'serviceSettings.name', kind: 'text', required: true, maxLength: causeNameLength },
  parentField(context, causes, id, causeTree.maximumDepth, (path) => causePath(context.t, path)),
];

/** What is stored, by the names of the form's fields. */
export const complaintCauseValues = (cause: ComplaintCause | undefined): FormValues => ({
  name: cause?.name ?? '',
  parentId: cause?.parentId ?? '',
});
