import type { ViewerContext } from '../../core/context.js';
import { formView } from '../../core/form.js';
import type { CellView } from '../../core/lists/list-view.js';

/** The filter by whether something is in use; without a choice it is. */
export const stateFilter = ({ t }: ViewerContext, state: string | undefined) =>
  formView(
    t,
    [
      {
        name: 'state',
        label: 'serviceSettings.state',
        kind: 'select',
        options: [
          { value: '', label: t('serviceSettings.inUse') },
          { value: 'archived', label: t('serviceSettings.archived') },
          { value: 'all', label: t('cannedAnswers.all') },
        ],
      },
    ],
    { state: state ?? '' },
  ).fields;

/** Whether something is in use, as a badge. */
export const stateCell = (
  { t }: ViewerContext,
  { isArchived }: { readonly isArchived: boolean },
): CellView =>
  isArchived
    ? { text: t('serviceSettings.archived'), badge: 'secondary' }
    : { text: t('serviceSettings.inUse'), badge: 'green' };
