import type { ViewerContext } from '../../core/context.js';
import { InvalidInput, type Problem } from '../../core/errors.js';
import type { FormValues } from '../../core/form.js';
import { page, type Reply } from '../../core/reply.js';
import { requireAction } from './bulk-actions.js';
import { bulkChooseView } from './bulk-choose.views.js';
import { bulkConfirmView, type BulkSelection } from './bulk-confirm.views.js';
import { countSelected, previewBulkChange } from './bulk-preview.queries.js';
import { readValue, type BulkValue, type ValueField } from './bulk-value.js';

/**
 * The page before a change: the confirmation or, where the value decides what can be changed and is not known yet, the
 * choice of it.
 * @throws Forbidden, InvalidInput when the list would refuse the filter
 */
export async function showConfirmation(
  context: ViewerContext,
  selection: BulkSelection,
  values: FormValues,
  problems: readonly Problem[] = [],
): Promise<Reply> {
  const { subject, action, filter } = selection;
  requireAction(context.viewer, action);
  const field = await action.field?.(context);
  const status = problems.length > 0 ? 422 : 200;
  if (!action.choosesFirst || field === undefined) {
    const preview = await previewBulkChange(context, subject, action, { filter, value: '' });
    const confirmation = { preview, field, chosen: '', values, problems };
    return page('bulk-changes/new', bulkConfirmView(context, selection, confirmation), { status });
  }
  const read = readChosen(field, values['value']);
  if (!('value' in read)) {
    const count = await countSelected(context, subject, filter);
    const view = bulkChooseView(context, selection, count, field, read.problems);
    return page('bulk-changes/choose', view, { status: read.problems.length > 0 ? 422 : 200 });
  }
  const preview = await previewBulkChange(context, subject, action, { filter, value: read.value });
  const confirmation = { preview, field: undefined, chosen: read.label, values, problems };
  return page('bulk-changes/new', bulkConfirmView(context, selection, confirmation), { status });
}

/** The chosen value; problems, none of them before anybody chose, where there is none. */
function readChosen(
  field: ValueField,
  typed: unknown,
): BulkValue | { readonly problems: readonly Problem[] } {
  if (typeof typed !== 'string') return { problems: [] };
  try {
    return readValue(field, typed === '' ? null : typed);
  } catch (error) {
    if (error instanceof InvalidInput) return { problems: error.problems };
    throw error;
  }
}
