import type { ViewerContext } from '../../core/context.js';
import type { CellView } from '../../core/lists/list-view.js';

/** Who may read an article, as a badge. */
export const audienceCell = ({ t }: ViewerContext, { isPublic }: { readonly isPublic: boolean }): CellView =>
  isPublic
    ? { text: t('articles.audience.public'), badge: 'blue' }
    : { text: t('articles.audience.internal'), badge: 'secondary' };
